package dev.kitbridge.cache.redis;

import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterURIUtil;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where Redis is.
 *
 * @param uris one, or several nodes of a cluster
 * @param cluster whether it is a cluster
 */
record Address(List<RedisURI> uris, boolean cluster) {

    /** Schemes of Lettuce's {@link RedisURI}: plain, TLS, and the same through Sentinel. */
    static final Set<String> SCHEMES = Set.of("redis", "rediss", "redis-sentinel", "rediss-sentinel");

    private static final String CLUSTER = "cluster=true";

    /** A name or an address; Lettuce takes an invalid port for a part of the name. */
    private static final Pattern HOST = Pattern.compile("[^:]+|\\[?[0-9A-Fa-f:.]+\\]?");

    /**
     * Parses a URL: {@code redis://user:password@host:6379/0}, several hosts or {@code cluster=true} in the query for a
     * cluster, or {@code redis-sentinel://host1,host2/0#master}.
     *
     * @throws IllegalArgumentException if it is invalid; the message does not contain the password
     */
    static Address parse(String url) {
        boolean sentinel = url.substring(0, Math.max(0, url.indexOf(':')))
                .toLowerCase(Locale.ROOT)
                .endsWith("-sentinel");
        String authority = url.replaceFirst("^[^:]*://", "").replaceFirst("[/?#].*$", "");
        String hosts = authority.substring(authority.lastIndexOf('@') + 1);
        boolean marked = List.of(query(url).split("&")).contains(CLUSTER);
        boolean cluster = !sentinel && (marked || hosts.indexOf(',') >= 0);
        try {
            String plain = marked ? url.replaceFirst("([?&])" + CLUSTER + "(&|$)", "$1") : url;
            List<RedisURI> uris = cluster
                    ? RedisClusterURIUtil.toRedisURIs(URI.create(plain))
                    : List.of(RedisURI.create(URI.create(plain)));
            for (RedisURI uri : uris) check(uri);
            return new Address(uris, cluster);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("it has the host '" + hosts
                    + "'; expected redis://user:password@host:6379, rediss:// for TLS, several hosts separated by commas"
                    + " for a cluster, or redis-sentinel://host1,host2#name-of-master");
        }
    }

    /** Lettuce itself would fail only when it connects. */
    private static void check(RedisURI uri) {
        boolean complete = uri.getSentinels().isEmpty()
                ? uri.getHost() != null && HOST.matcher(uri.getHost()).matches()
                : uri.getSentinelMasterId() != null
                        && !uri.getSentinelMasterId().isEmpty();
        if (!complete) throw new IllegalArgumentException("incomplete");
    }

    private static String query(String url) {
        int question = url.indexOf('?');
        if (question < 0) return "";
        int hash = url.indexOf('#', question);
        return url.substring(question + 1, hash < 0 ? url.length() : hash);
    }
}
