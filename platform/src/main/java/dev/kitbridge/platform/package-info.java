/**
 * The API of Java services that a SvelteKit app calls through {@code event.platform.services}: an interface with
 * {@link dev.kitbridge.platform.PlatformService}, and an implementation that {@link java.util.ServiceLoader} finds.
 *
 * <p>The API uses types of the JDK only. Parameters, return values and record components are never null unless they are
 * annotated with {@code @Nullable}.
 */
@NullMarked
package dev.kitbridge.platform;

import org.jspecify.annotations.NullMarked;
