/** JSON as plain Java values. */
@NullMarked
package dev.kitbridge.server.internal.json;

import org.jspecify.annotations.NullMarked;
