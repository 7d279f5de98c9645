/**
 * The only package that uses Jetty's internal classes. {@code JettyContractTest} says what it relies on, so that one
 * test judges a new version of Jetty.
 */
@NullMarked
package dev.kitbridge.standalone.jetty;

import org.jspecify.annotations.NullMarked;
