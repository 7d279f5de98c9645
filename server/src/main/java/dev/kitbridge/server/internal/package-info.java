/** The chain of handlers that answer a request. For Kitbridge's own modules, like all packages below it. */
@NullMarked
package dev.kitbridge.server.internal;

import org.jspecify.annotations.NullMarked;
