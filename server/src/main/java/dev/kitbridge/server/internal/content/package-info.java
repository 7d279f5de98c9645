/** The forms of a content: negotiation, conditional requests and ranges. */
@NullMarked
package dev.kitbridge.server.internal.content;

import org.jspecify.annotations.NullMarked;
