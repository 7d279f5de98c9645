package dev.kitbridge.cache.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.AsyncCloseable;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one replica: one for commands, one for messages. Lettuce connects them again if they are closed.
 * Connections that stay open without an answer are replaced.
 */
final class Connections implements AutoCloseable {

    private static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

    /** Limit of commands without an answer. */
    private static final int COMMANDS = 4000;

    /** How long a connection may be without any answer. */
    private static final long SILENT_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    /** Open connections. */
    private record Open(RedisClusterAsyncCommands<String, byte[]> commands, List<AsyncCloseable> connections) {}

    private final ClientResources resources = ClientResources.builder()
            .ioThreadPoolSize(2)
            .computationThreadPoolSize(2)
            .reconnectDelay(Delay.fullJitter(Duration.ofMillis(10), Duration.ofSeconds(1), 2, TimeUnit.MILLISECONDS))
            .build();

    private final AbstractRedisClient client;
    private final Address address;
    private final List<String> channels;
    private final BiConsumer<String, byte[]> messages;
    private volatile @Nullable Open open;
    private volatile long answered;

    private @Nullable CompletableFuture<?> connecting;
    private String failure = "not connected yet";
    private boolean closed;

    /**
     * @param channels to subscribe to
     * @param messages receives the channel and the message
     */
    Connections(Address address, List<String> channels, BiConsumer<String, byte[]> messages) {
        this.address = address;
        this.channels = channels;
        this.messages = messages;
        SocketOptions socket = SocketOptions.builder()
                .connectTimeout(CONNECT_TIMEOUT)
                .keepAlive(true)
                .build();
        if (address.cluster()) {
            RedisClusterClient cluster = RedisClusterClient.create(resources, address.uris());
            cluster.setOptions(ClusterClientOptions.builder()
                    .socketOptions(socket)
                    .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                    .requestQueueSize(COMMANDS)
                    .topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                            .enablePeriodicRefresh(Duration.ofSeconds(30))
                            .build())
                    .build());
            client = cluster;
        } else {
            RedisClient single = RedisClient.create(resources);
            single.setOptions(ClientOptions.builder()
                    .socketOptions(socket)
                    .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                    .requestQueueSize(COMMANDS)
                    .build());
            client = single;
        }
    }

    /**
     * Returns the commands of the open connection.
     *
     * @throws IOException without a connection
     */
    RedisClusterAsyncCommands<String, byte[]> commands() throws IOException {
        Open current = open;
        if (current == null) throw new IOException(failure());
        return current.commands();
    }

    private synchronized String failure() {
        return failure;
    }

    /** Called after an answer. */
    void answered() {
        answered = System.nanoTime();
    }

    /** Connects if that is necessary, in the background. */
    synchronized void keepOpen() {
        // an attempt may fail before it returns
        if (closed || (connecting != null && !connecting.isDone())) return;
        Open current = open;
        if (current != null && System.nanoTime() - answered < SILENT_NANOS) return;
        open = null;
        if (current != null) current.connections().forEach(AsyncCloseable::closeAsync);
        connecting = connect().whenComplete(this::connected);
    }

    private synchronized void connected(@Nullable Open opened, @Nullable Throwable reason) {
        if (opened == null) {
            Throwable cause = reason;
            while (cause != null && cause.getCause() != null) cause = cause.getCause();
            failure = cause == null ? "no connection" : String.valueOf(cause.getMessage());
        } else if (closed) {
            opened.connections().forEach(AsyncCloseable::closeAsync);
        } else {
            answered = System.nanoTime();
            open = opened;
        }
    }

    private CompletableFuture<Open> connect() {
        if (client instanceof RedisClusterClient cluster) {
            return cluster.refreshPartitionsAsync()
                    .toCompletableFuture()
                    .thenCompose(found -> cluster.connectAsync(CODEC))
                    .thenCompose(connection -> subscribed(
                            cluster.connectPubSubAsync(CODEC), new Open(connection.async(), list(connection))));
        }
        RedisClient single = (RedisClient) client;
        RedisURI uri = address.uris().get(0);
        return single.connectAsync(CODEC, uri)
                .toCompletableFuture()
                .thenCompose(connection -> subscribed(
                        single.connectPubSubAsync(CODEC, uri).toCompletableFuture(),
                        new Open(connection.async(), list(connection))));
    }

    private static List<AsyncCloseable> list(AsyncCloseable connection) {
        return new ArrayList<>(List.of(connection));
    }

    /** Subscribes before the first command, so that no message is missed after it. */
    private CompletableFuture<Open> subscribed(
            CompletableFuture<? extends StatefulRedisPubSubConnection<String, byte[]>> connecting, Open opening) {
        return connecting
                .thenCompose(connection -> {
                    opening.connections().add(connection);
                    connection.addListener(new RedisPubSubAdapter<>() {
                        @Override
                        public void message(String channel, byte[] message) {
                            messages.accept(channel, message);
                        }
                    });
                    return connection.async().subscribe(channels.toArray(String[]::new));
                })
                .thenApply(subscribed -> opening)
                .whenComplete((opened, reason) -> {
                    if (reason != null) opening.connections().forEach(AsyncCloseable::closeAsync);
                });
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            open = null;
        }
        client.shutdownAsync(0, 1, TimeUnit.SECONDS)
                .whenComplete((done, failed) -> resources.shutdown(0, 1, TimeUnit.SECONDS));
    }
}
