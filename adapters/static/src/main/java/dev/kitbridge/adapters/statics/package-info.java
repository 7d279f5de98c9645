/** The static adapter: a prerendered app as a folder of files, or as resources of the module's own jar. */
@NullMarked
package dev.kitbridge.adapters.statics;

import org.jspecify.annotations.NullMarked;
