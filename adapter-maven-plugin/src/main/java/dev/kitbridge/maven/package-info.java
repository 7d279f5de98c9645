/** The plugin's goals: parameters in, one call out. */
@NullMarked
package dev.kitbridge.maven;

import org.jspecify.annotations.NullMarked;
