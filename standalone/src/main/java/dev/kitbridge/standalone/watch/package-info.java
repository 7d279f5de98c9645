/** Monitoring: the management server, the metrics and the access log. */
@NullMarked
package dev.kitbridge.standalone.watch;

import org.jspecify.annotations.NullMarked;
