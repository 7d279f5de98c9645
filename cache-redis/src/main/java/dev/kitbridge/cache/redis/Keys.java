package dev.kitbridge.cache.redis;

/**
 * Names of keys and channels. Those of the generations share a hash tag, so that a cluster keeps them on one node, as
 * scripts require.
 */
final class Keys {

    private final String prefix;

    Keys(String prefix) {
        this.prefix = prefix;
    }

    String value(String key) {
        return prefix + ":" + key;
    }

    /** A hash: epoch, number, floor. */
    String generation() {
        return "{" + prefix + "}:generation";
    }

    /** A sorted set: marks by the number of their last revalidation. */
    String marks() {
        return "{" + prefix + "}:marks";
    }

    /** A sorted set: replicas by the time of their last report. */
    String replicas() {
        return "{" + prefix + "}:replicas";
    }

    /** Receives revalidations. */
    String channel() {
        return "{" + prefix + "}:revalidated";
    }

    /** Receives the confirmations for a replica. */
    String confirmations(String replica) {
        return "{" + prefix + "}:confirmed:" + replica;
    }
}
