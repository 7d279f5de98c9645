/** What the author of an adapter sees: SvelteKit's adapter API, in Java. */
@NullMarked
package dev.kitbridge.adapter;

import org.jspecify.annotations.NullMarked;
