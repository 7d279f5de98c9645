/** Child processes that end with Maven. */
@NullMarked
package dev.kitbridge.maven.process;

import org.jspecify.annotations.NullMarked;
