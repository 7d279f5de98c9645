/** The second level of the page cache in Redis or Valkey. */
@NullMarked
package dev.kitbridge.cache.redis;

import org.jspecify.annotations.NullMarked;
