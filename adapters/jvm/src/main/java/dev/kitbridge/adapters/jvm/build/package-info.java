/** The build half: writes an app's folder and its executable jar. */
@NullMarked
package dev.kitbridge.adapters.jvm.build;

import org.jspecify.annotations.NullMarked;
