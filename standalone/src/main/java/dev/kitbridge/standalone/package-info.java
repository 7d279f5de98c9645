/** The executable jar: reads the command line and the settings, and starts and stops the server. */
@NullMarked
package dev.kitbridge.standalone;

import org.jspecify.annotations.NullMarked;
