/** What the user can mend, and how it is said. */
@NullMarked
package dev.kitbridge.maven.failure;

import org.jspecify.annotations.NullMarked;
