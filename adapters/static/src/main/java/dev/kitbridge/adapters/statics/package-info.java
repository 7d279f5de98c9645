/** The static adapter: writes a prerendered app to a folder, or into the module's own jar or WAR. */
@NullMarked
package dev.kitbridge.adapters.statics;

import org.jspecify.annotations.NullMarked;
