/** Files and redirects that were decided at build time. */
@NullMarked
package dev.kitbridge.server.internal.assets;

import org.jspecify.annotations.NullMarked;
