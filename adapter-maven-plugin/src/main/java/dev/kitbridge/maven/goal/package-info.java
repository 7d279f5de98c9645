/** What the goals do, without Maven: each takes one request. */
@NullMarked
package dev.kitbridge.maven.goal;

import org.jspecify.annotations.NullMarked;
