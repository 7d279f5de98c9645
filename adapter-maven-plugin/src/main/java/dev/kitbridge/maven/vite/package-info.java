/** Shared by building and serving: what adapters contribute to the app's Vite, and the JavaScript that runs it. */
@NullMarked
package dev.kitbridge.maven.vite;

import org.jspecify.annotations.NullMarked;
