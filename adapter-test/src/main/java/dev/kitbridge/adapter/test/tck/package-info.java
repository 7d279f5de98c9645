/**
 * A suite that compares a server of a SvelteKit app with adapter-node's: the same app, the same requests, the same
 * responses.
 */
@NullMarked
package dev.kitbridge.adapter.test.tck;

import org.jspecify.annotations.NullMarked;
