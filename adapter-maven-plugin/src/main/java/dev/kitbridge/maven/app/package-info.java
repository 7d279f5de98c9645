/** The app's folder and what its package.json says. */
@NullMarked
package dev.kitbridge.maven.app;

import org.jspecify.annotations.NullMarked;
