/** The run half, what the executable jar does: starts and stops what the rooms below have. */
@NullMarked
package dev.kitbridge.adapters.jvm.run;

import org.jspecify.annotations.NullMarked;
