/** Derives the origin and the client's address of a request from the headers that are trusted. */
@NullMarked
package dev.kitbridge.standalone.origin;

import org.jspecify.annotations.NullMarked;
