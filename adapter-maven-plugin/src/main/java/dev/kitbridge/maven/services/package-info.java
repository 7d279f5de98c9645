/** Runs a module's Java services in a process of their own while an app is developed or built. */
@NullMarked
package dev.kitbridge.maven.services;

import org.jspecify.annotations.NullMarked;
