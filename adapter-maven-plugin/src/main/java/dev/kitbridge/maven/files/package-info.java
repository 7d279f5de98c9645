/** File trees, and digests of content. */
@NullMarked
package dev.kitbridge.maven.files;

import org.jspecify.annotations.NullMarked;
