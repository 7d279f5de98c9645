/** The form in which server and workers talk to each other: frames over a socket that only the two know. */
@NullMarked
package dev.kitbridge.server.internal.link;

import org.jspecify.annotations.NullMarked;
