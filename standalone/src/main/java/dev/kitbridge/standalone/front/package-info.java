/** The HTTP server on Jetty: sockets, TLS, connections, and the way of a request to the app and back. */
@NullMarked
package dev.kitbridge.standalone.front;

import org.jspecify.annotations.NullMarked;
