package dev.kitbridge.server.replicas;

/**
 * Opens shared caches of one kind. {@link java.util.ServiceLoader} finds it; {@code kitbridge-cache-redis} has one for
 * Redis.
 */
public interface SharedCacheProvider {

    /** Returns whether this provider opens URLs with that scheme, in lower case and without a colon. */
    boolean accepts(String scheme);

    /**
     * Opens a shared cache. Returns at once and never waits for the network: the cache connects in the background, and
     * connects again whenever the connection is lost.
     *
     * @throws IllegalArgumentException if the URL is invalid; the message says what is expected, without the password
     */
    SharedCache open(Options options, SharedCache.Listener listener);

    /**
     * How a shared cache is opened.
     *
     * @param url address and credentials, with a scheme that the provider accepts
     * @param prefix begins the name of each key and channel
     * @param replica name of this process, different from that of every other one
     */
    record Options(String url, String prefix, String replica) {

        /** Returns no password. */
        @Override
        public String toString() {
            return "Options[prefix=" + prefix + ", replica=" + replica + "]";
        }
    }
}
