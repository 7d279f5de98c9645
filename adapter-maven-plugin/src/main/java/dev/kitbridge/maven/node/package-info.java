/** The Node that builds the app, and JavaScript runtimes for adapters: found, or fetched and checked. */
@NullMarked
package dev.kitbridge.maven.node;

import org.jspecify.annotations.NullMarked;
