/** JSON, read and written in one way. */
@NullMarked
package dev.kitbridge.maven.json;

import org.jspecify.annotations.NullMarked;
