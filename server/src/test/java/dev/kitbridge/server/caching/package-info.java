/** Cases of HTTP caching in a table, and what runs them: against the page cache in a test, or against any server. */
@org.jspecify.annotations.NullMarked
package dev.kitbridge.server.caching;
