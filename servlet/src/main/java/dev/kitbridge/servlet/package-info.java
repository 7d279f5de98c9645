/** A SvelteKit app inside a servlet container. */
@NullMarked
package dev.kitbridge.servlet;

import org.jspecify.annotations.NullMarked;
