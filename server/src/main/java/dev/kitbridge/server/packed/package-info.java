/** Unpacks an app from a jar or a class path, checks its files, and finds its JavaScript runtime. */
@NullMarked
package dev.kitbridge.server.packed;

import org.jspecify.annotations.NullMarked;
