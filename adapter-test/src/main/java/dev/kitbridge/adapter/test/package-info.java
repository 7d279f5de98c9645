/** Tests of an adapter on recorded builds of SvelteKit apps, without Node, npm and Vite. */
@NullMarked
package dev.kitbridge.adapter.test;

import org.jspecify.annotations.NullMarked;
