/** What the environment and the command line say, checked. */
@NullMarked
package dev.kitbridge.standalone.settings;

import org.jspecify.annotations.NullMarked;
