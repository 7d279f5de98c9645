/**
 * The connections of both protocols, and the only package that uses Jetty's internal classes.
 * {@code JettyContractTest}, {@code Http2ConnectionFactoryTest} and {@code Http2ParserTest} check every assumption
 * about Jetty, so that a new version that breaks one fails there.
 */
@NullMarked
package dev.kitbridge.standalone.jetty;

import org.jspecify.annotations.NullMarked;
