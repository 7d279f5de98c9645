package dev.kitbridge.cache.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.server.Await;
import dev.kitbridge.server.Headers;
import dev.kitbridge.server.Revalidation;
import dev.kitbridge.server.TestCertificate;
import io.lettuce.core.Range;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster, Sentinel, TLS, and a user of Redis's ACL. */
class RedisKindsTest {

    private static final String TRUSTED = "javax.net.ssl.trustStore";

    @TempDir
    Path folder;

    /** Two replicas share a page and a revalidation. */
    private static void share(RedisServer redis, String url) throws Exception {
        try (Replica one = new Replica("one", url).ready();
                Replica two = new Replica("two", url).ready()) {
            Headers tagged = Headers.of("cache-control", "s-maxage=60", "cache-tag", "kind");
            one.headers.put("/page", tagged);
            redis.keeping(() -> assertThat(one.author("/page")).isEqualTo("one"));
            assertThat(two.author("/page")).isEqualTo("one");
            assertThat(two.revalidate(Revalidation.ofTags("kind"))).isEqualTo(Revalidation.Result.COMPLETE);
            one.author("/page");
            assertThat(one.renderings).hasValue(2);
            Await.until("the locks", () -> redis.commands().keys("*:lock:*").isEmpty());
        }
        // both have said that they end
        assertThat(redis.commands().zcount("{test}:replicas", Range.unbounded()))
                .isZero();
    }

    private static void dispatch(RedisServer redis, CommandType command, List<String> arguments) {
        RedisCodec<String, byte[]> codec = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);
        CommandArgs<String, byte[]> list = new CommandArgs<>(codec);
        arguments.forEach(list::add);
        redis.commands().dispatch(command, new StatusOutput<>(codec), list);
    }

    @Test
    void cluster() throws Exception {
        String bus = String.valueOf(RedisServer.freePort());
        try (RedisServer redis = RedisServer.start(folder, "--cluster-enabled", "yes", "--cluster-port", bus)) {
            dispatch(redis, CommandType.CLUSTER, List.of("ADDSLOTSRANGE", "0", "16383"));
            Await.until("the cluster", () -> redis.commands().clusterInfo().contains("cluster_state:ok"));
            share(redis, redis.url() + "?cluster=true");
        }
    }

    @Test
    void sentinel() throws Exception {
        try (RedisServer redis = RedisServer.start(folder)) {
            Path configuration =
                    Files.createDirectories(folder.resolve("sentinel")).resolve("sentinel.conf");
            Files.writeString(configuration, "sentinel monitor main 127.0.0.1 " + redis.port() + " 1\n");
            try (RedisServer sentinel =
                    RedisServer.start(configuration.getParent(), configuration.toString(), "--sentinel")) {
                share(redis, "redis-sentinel://127.0.0.1:" + sentinel.port() + "/0#main");
            }
        }
    }

    @Test
    void tls() throws Exception {
        TestCertificate made = TestCertificate.make(folder, "EC");
        made.writeCertificate(folder.resolve("certificate.pem"));
        made.writeKey(folder.resolve("key.pem"));
        int port = RedisServer.freePort();
        List<String> options = new ArrayList<>(List.of("--tls-port", String.valueOf(port), "--tls-auth-clients", "no"));
        options.addAll(List.of("--tls-cert-file", "certificate.pem", "--tls-key-file", "key.pem"));
        try (RedisServer redis = RedisServer.start(folder, options.toArray(String[]::new))) {
            String url = "rediss://localhost:" + port;
            try (Replica one = new Replica("one", url)) {
                Await.until("the failure", () -> !one.shared.isAvailable());
                // the certificate is not one of Java's
                assertThat(one.author("/early")).isEqualTo("one");
                assertThat(one.shared.isAvailable()).isFalse();
            }
            System.setProperty(TRUSTED, made.store().toString());
            System.setProperty(TRUSTED + "Password", TestCertificate.PASSWORD);
            share(redis, url);
        } finally {
            System.clearProperty(TRUSTED);
            System.clearProperty(TRUSTED + "Password");
        }
    }

    /** With the rights that {@code docs/page-cache.md} names. */
    @Test
    void userWithoutFurtherRights() throws Exception {
        List<String> commands =
                List.of(("getrange set unlink hmget zmscore eval evalsha publish subscribe zrem ping hello client"
                                + " type del get hget hset time zadd zcard zcount zrange zrangebyscore zremrangebyscore")
                        .split(" "));
        try (RedisServer redis = RedisServer.start(folder)) {
            List<String> rules = new ArrayList<>(List.of(
                    "SETUSER",
                    "shop",
                    "on",
                    ">secret",
                    "resetkeys",
                    "~test:*",
                    "~{test}:*",
                    "resetchannels",
                    "&{test}:*"));
            commands.forEach(command -> rules.add("+" + command));
            dispatch(redis, CommandType.ACL, rules);
            share(redis, redis.url().replace("redis://", "redis://shop:secret@"));
        }
    }
}
