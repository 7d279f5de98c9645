/** Java services that the app's server code calls, as {@code event.platform.services}. */
@NullMarked
package dev.kitbridge.services;

import org.jspecify.annotations.NullMarked;
