/** Adapters: found, created from their options, asked what they support, run. */
@NullMarked
package dev.kitbridge.maven.adapters;

import org.jspecify.annotations.NullMarked;
