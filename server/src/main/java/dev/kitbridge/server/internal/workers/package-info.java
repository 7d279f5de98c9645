/** JavaScript workers: supervised processes that run the app's server code. */
@NullMarked
package dev.kitbridge.server.internal.workers;

import org.jspecify.annotations.NullMarked;
