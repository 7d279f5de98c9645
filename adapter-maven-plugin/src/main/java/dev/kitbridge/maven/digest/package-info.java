/** Digests, by which one content is told from another. */
@NullMarked
package dev.kitbridge.maven.digest;

import org.jspecify.annotations.NullMarked;
