/** The JSON mapper of the plugin. */
@NullMarked
package dev.kitbridge.maven.json;

import org.jspecify.annotations.NullMarked;
