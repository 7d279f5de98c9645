/** Finds services on a class path, for Kitbridge's own modules at build time. */
@NullMarked
package dev.kitbridge.services.internal;

import org.jspecify.annotations.NullMarked;
