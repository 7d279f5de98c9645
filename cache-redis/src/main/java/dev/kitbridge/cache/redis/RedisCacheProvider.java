package dev.kitbridge.cache.redis;

import dev.kitbridge.server.replicas.SharedCache;
import dev.kitbridge.server.replicas.SharedCacheProvider;

/** Opens shared caches in Redis or Valkey; found by {@link java.util.ServiceLoader}. */
public final class RedisCacheProvider implements SharedCacheProvider {

    /** For {@link java.util.ServiceLoader}. */
    public RedisCacheProvider() {}

    @Override
    public boolean accepts(String scheme) {
        return Address.SCHEMES.contains(scheme);
    }

    @Override
    public SharedCache open(Options options, SharedCache.Listener listener) {
        return new RedisCache(Address.parse(options.url()), options, listener);
    }
}
