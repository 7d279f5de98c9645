/**
 * SvelteKit's adapter API in Java: an author implements {@link dev.kitbridge.adapter.AdapterFactory} and
 * {@link dev.kitbridge.adapter.Adapter}, and writes the output with {@link dev.kitbridge.adapter.Builder}.
 *
 * <p>Types and members have the names that SvelteKit ("kit") uses. Their Javadoc names the member of kit that they
 * stand for; a member without such a note is an addition for Maven. The API uses types of the JDK only. Parameters,
 * return values and record components are never null unless they are annotated with {@code @Nullable}.
 */
@NullMarked
package dev.kitbridge.adapter;

import org.jspecify.annotations.NullMarked;
