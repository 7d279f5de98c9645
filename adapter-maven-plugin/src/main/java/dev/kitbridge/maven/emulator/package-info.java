/** Answers what kit asks an adapter outside production, for example for {@code event.platform}. */
@NullMarked
package dev.kitbridge.maven.emulator;

import org.jspecify.annotations.NullMarked;
