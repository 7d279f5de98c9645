/** The module's own Spring Boot application in development: started, restarted, and reachable at one port. */
@NullMarked
package dev.kitbridge.maven.application;

import org.jspecify.annotations.NullMarked;
