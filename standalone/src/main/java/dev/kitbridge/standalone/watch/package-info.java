/** What those who watch see: the management server, figures, the access log. */
@NullMarked
package dev.kitbridge.standalone.watch;

import org.jspecify.annotations.NullMarked;
