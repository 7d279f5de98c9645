/** What the environment and the command line say, checked. */
@NullMarked
package dev.kitbridge.adapters.jvm.run.settings;

import org.jspecify.annotations.NullMarked;
