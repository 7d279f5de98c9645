/** Reads and validates the environment variables and the command line. */
@NullMarked
package dev.kitbridge.standalone.settings;

import org.jspecify.annotations.NullMarked;
