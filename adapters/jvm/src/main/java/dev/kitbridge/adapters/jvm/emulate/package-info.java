/** The product's HTTP server in front of the app's own Vite, for development and previews. */
@NullMarked
package dev.kitbridge.adapters.jvm.emulate;

import org.jspecify.annotations.NullMarked;
