/** Finds the Node that builds the app and the JavaScript runtimes for adapters, or fetches and checks them. */
@NullMarked
package dev.kitbridge.maven.node;

import org.jspecify.annotations.NullMarked;
