/** The npm adapter: runs an adapter from npm, and attaches or copies its output. */
@NullMarked
package dev.kitbridge.adapters.npm;

import org.jspecify.annotations.NullMarked;
