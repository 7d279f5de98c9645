/** Runs a module's Java services in a separate process while its app is built or served. */
@NullMarked
package dev.kitbridge.maven.services;

import org.jspecify.annotations.NullMarked;
