/** The run half: what the executable jar does. */
@NullMarked
package dev.kitbridge.adapters.jvm.run;

import org.jspecify.annotations.NullMarked;
