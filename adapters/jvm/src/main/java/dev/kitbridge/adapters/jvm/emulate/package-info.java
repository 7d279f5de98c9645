/** The HTTP server of the product before the app's own Vite, for development and previews. */
@NullMarked
package dev.kitbridge.adapters.jvm.emulate;

import org.jspecify.annotations.NullMarked;
