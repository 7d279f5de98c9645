/** Answers kit's questions to an adapter outside production, {@code event.platform} for example. */
@NullMarked
package dev.kitbridge.maven.emulator;

import org.jspecify.annotations.NullMarked;
