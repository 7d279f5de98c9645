/** A SvelteKit app inside a Spring Boot application with a servlet container. */
@NullMarked
package dev.kitbridge.spring;

import org.jspecify.annotations.NullMarked;
