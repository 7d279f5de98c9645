/** Why the app does not start, and how it is said. */
@NullMarked
package dev.kitbridge.adapters.jvm.run.failure;

import org.jspecify.annotations.NullMarked;
