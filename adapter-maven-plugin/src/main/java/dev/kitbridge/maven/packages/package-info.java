/** The app's npm packages: which package manager, and when it has to run. */
@NullMarked
package dev.kitbridge.maven.packages;

import org.jspecify.annotations.NullMarked;
