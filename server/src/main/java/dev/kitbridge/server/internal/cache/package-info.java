/** Rendered pages that may be shared: which ones, for how long, and how they are served without a worker. */
@NullMarked
package dev.kitbridge.server.internal.cache;

import org.jspecify.annotations.NullMarked;
