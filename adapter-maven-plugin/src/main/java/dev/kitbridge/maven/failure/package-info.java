/** Failures: those that the user can fix, and those of the plugin, an adapter or the machine. */
@NullMarked
package dev.kitbridge.maven.failure;

import org.jspecify.annotations.NullMarked;
