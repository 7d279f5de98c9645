/** Declares a module's Java services in TypeScript. */
@NullMarked
package dev.kitbridge.maven.types;

import org.jspecify.annotations.NullMarked;
