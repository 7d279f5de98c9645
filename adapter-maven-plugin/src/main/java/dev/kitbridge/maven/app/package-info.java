/** The app's folder and its package.json. */
@NullMarked
package dev.kitbridge.maven.app;

import org.jspecify.annotations.NullMarked;
