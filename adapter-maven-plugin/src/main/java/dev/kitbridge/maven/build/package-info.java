/** Builds an app with its own Vite if an input changed, and reads the record of the build. */
@NullMarked
package dev.kitbridge.maven.build;

import org.jspecify.annotations.NullMarked;
