/** The interface to a store that the replicas of an app share: the second level of the page cache. */
@NullMarked
package dev.kitbridge.server.replicas;

import org.jspecify.annotations.NullMarked;
