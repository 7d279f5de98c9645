/** Installs the app's npm packages with its package manager, and reads its scripts. */
@NullMarked
package dev.kitbridge.maven.packages;

import org.jspecify.annotations.NullMarked;
