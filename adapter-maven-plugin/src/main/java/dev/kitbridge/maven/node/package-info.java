/** The Node that builds the app: found, or fetched and checked. */
@NullMarked
package dev.kitbridge.maven.node;

import org.jspecify.annotations.NullMarked;
