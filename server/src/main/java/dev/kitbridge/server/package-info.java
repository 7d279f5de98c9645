/** The SvelteKit server as a Java object. */
@NullMarked
package dev.kitbridge.server;

import org.jspecify.annotations.NullMarked;
