/** Finds adapters, creates them from their options, asks what they support, and runs them. */
@NullMarked
package dev.kitbridge.maven.adapters;

import org.jspecify.annotations.NullMarked;
