/** Kit's Builder on a recorded build. */
@NullMarked
package dev.kitbridge.maven.builder;

import org.jspecify.annotations.NullMarked;
