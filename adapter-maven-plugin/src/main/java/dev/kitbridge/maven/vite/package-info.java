/** Runs the app's own Vite through the bridge, when something changed, and reads the record that it leaves. */
@NullMarked
package dev.kitbridge.maven.vite;

import org.jspecify.annotations.NullMarked;
