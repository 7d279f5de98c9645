/** JSON as plain Java values. */
@NullMarked
package dev.kitbridge.server.json;

import org.jspecify.annotations.NullMarked;
