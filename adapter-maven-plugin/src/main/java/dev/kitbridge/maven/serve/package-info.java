/** Serves an app with its own Vite: the sources in development, or the last build. */
@NullMarked
package dev.kitbridge.maven.serve;

import org.jspecify.annotations.NullMarked;
