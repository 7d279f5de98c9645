package dev.kitbridge.cache.redis;

import dev.kitbridge.server.replicas.SharedCache;
import dev.kitbridge.server.replicas.SharedCacheProvider;
import io.lettuce.core.RedisBusyException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisLoadingException;
import io.lettuce.core.RedisReadOnlyException;
import io.lettuce.core.SetArgs;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A shared cache in Redis: see {@code docs/formats/shared-cache.md}. */
final class RedisCache implements SharedCache {

    private static final System.Logger LOG = System.getLogger(RedisCache.class.getName());

    /** Limit of the marks whose generation is kept. */
    private static final int MARKS = 100_000;

    /** Limit of the marks that a replica fetches after it has missed them. */
    private static final int MISSED = 10_000;

    /** How long a replica that does not report is named as one that may not know of a revalidation. */
    private static final Duration FORGOTTEN = Duration.ofHours(1);

    private final SecureRandom random = new SecureRandom();
    private final String replica;
    private final Keys keys;
    private final Listener listener;
    private final Confirmations confirmations = new Confirmations();
    private final Connections connections;

    RedisCache(Address address, SharedCacheProvider.Options options, Listener listener) {
        this.replica = options.replica();
        this.keys = new Keys(options.prefix());
        this.listener = listener;
        this.connections =
                new Connections(address, List.of(keys.channel(), keys.confirmations(replica)), this::received);
        connections.keepOpen();
    }

    private interface Command<T> {
        CompletionStage<T> send(RedisClusterAsyncCommands<String, byte[]> commands);
    }

    /** Sends a command. The stage fails with an {@link IOException} if Redis is unavailable. */
    private <T> CompletionStage<T> send(Command<T> command) {
        CompletionStage<T> sent;
        try {
            sent = command.send(connections.commands());
        } catch (IOException | RuntimeException e) {
            sent = CompletableFuture.failedFuture(e);
        }
        return sent.whenComplete((result, failure) -> {
                    if (failure == null) connections.answered();
                })
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(translated(cause(failure))));
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private static Exception translated(Throwable failure) {
        boolean refused = failure instanceof RedisCommandExecutionException
                && !(failure instanceof RedisLoadingException)
                && !(failure instanceof RedisReadOnlyException)
                && !(failure instanceof RedisBusyException);
        if (refused) return new IllegalStateException(failure.getMessage(), failure);
        return failure instanceof IOException already ? already : new IOException(failure.getMessage(), failure);
    }

    @Override
    public CompletionStage<Optional<ByteBuffer>> get(String key, int limit) {
        String name = keys.value(key);
        return this.<byte[]>send(commands -> commands.getrange(name, 0, limit))
                .thenApply(RedisCache::present)
                .exceptionallyCompose(failure -> {
                    if (!String.valueOf(cause(failure).getMessage()).startsWith("WRONGTYPE")) {
                        return CompletableFuture.failedFuture(cause(failure));
                    }
                    return send(commands -> commands.unlink(name)).thenApply(removed -> Optional.empty());
                });
    }

    /** GETRANGE returns no bytes for a missing key. */
    private static Optional<ByteBuffer> present(byte[] value) {
        return value.length == 0 ? Optional.empty() : Optional.of(ByteBuffer.wrap(value));
    }

    @Override
    public CompletionStage<?> put(String key, ByteBuffer value, Duration lifetime) {
        byte[] bytes = new byte[value.remaining()];
        value.duplicate().get(bytes);
        return send(commands -> commands.set(keys.value(key), bytes, SetArgs.Builder.px(lifetime.toMillis())));
    }

    @Override
    public CompletionStage<?> remove(String key) {
        return send(commands -> commands.unlink(keys.value(key)));
    }

    @Override
    public CompletionStage<Boolean> lock(String key, Duration lease, boolean force) {
        SetArgs expiring = SetArgs.Builder.px(lease.toMillis());
        SetArgs how = force ? expiring : expiring.nx();
        return send(commands -> commands.set(keys.value(key), bytes(replica), how))
                .thenApply("OK"::equals);
    }

    @Override
    public CompletionStage<?> unlock(String key) {
        return send(commands -> Scripts.UNLOCK.run(commands, List.of(keys.value(key)), List.of(bytes(replica))));
    }

    @Override
    public CompletionStage<Generations> generations(List<String> marks) {
        byte[][] members = marks.stream().map(RedisCache::bytes).toArray(byte[][]::new);
        CompletionStage<List<String>> state =
                send(commands -> commands.hmget(keys.generation(), "epoch", "number", "floor")
                        .thenApply(values -> values.stream()
                                .map(value -> value.hasValue() ? text(value.getValue()) : "")
                                .toList()));
        CompletionStage<List<Double>> scores = send(commands -> commands.zmscore(keys.marks(), members));
        return state.thenCombine(scores, (values, numbers) -> {
            // without an epoch no value is valid
            if (values.contains("")) return new Generations(new Generation("", 0), 0, List.of());
            List<Long> generations = new ArrayList<>();
            for (Double number : numbers) generations.add(number == null ? 0 : number.longValue());
            return new Generations(
                    new Generation(values.get(0), Long.parseLong(values.get(1))),
                    Long.parseLong(values.get(2)),
                    generations);
        });
    }

    @Override
    public CompletionStage<Revalidated> revalidate(List<String> marks, Duration limit) {
        String id = limit.isZero() ? "" : id();
        CompletableFuture<?> all = confirmations.expect(id);
        List<byte[]> arguments = new ArrayList<>(List.of(
                bytes(id()),
                bytes(replica),
                bytes(String.valueOf(MARKS)),
                bytes(id),
                bytes(keys.channel()),
                Message.encode(marks)));
        marks.forEach(mark -> arguments.add(bytes(mark)));
        return send(commands -> Scripts.REVALIDATE.run(commands, state(), arguments))
                .thenCompose(result -> {
                    Generation generation = new Generation(text(result.get(0)), Long.parseLong(text(result.get(1))));
                    List<?> replicas = (List<?>) result.get(3);
                    confirmations.await(id, replica, Long.parseLong(text(result.get(2))), pairs(replicas));
                    return all.copy()
                            .completeOnTimeout(null, limit.toMillis(), TimeUnit.MILLISECONDS)
                            .thenApply(done -> new Revalidated(generation, confirmations.end(id)));
                })
                .whenComplete((done, failure) -> confirmations.end(id));
    }

    private static List<Confirmations.Seen> pairs(List<?> replicas) {
        List<Confirmations.Seen> pairs = new ArrayList<>();
        for (int i = 0; i + 1 < replicas.size(); i += 2) {
            pairs.add(new Confirmations.Seen(
                    text(replicas.get(i)), (long) Double.parseDouble(text(replicas.get(i + 1)))));
        }
        return pairs;
    }

    @Override
    public CompletionStage<Changes> changes(@Nullable Generation known) {
        connections.keepOpen();
        List<byte[]> arguments = List.of(
                bytes(id()),
                bytes(replica),
                bytes(String.valueOf(FORGOTTEN.toMillis())),
                bytes(known == null ? "" : known.epoch()),
                bytes(known == null ? "0" : String.valueOf(known.number())),
                bytes(String.valueOf(MISSED)));
        return send(commands -> Scripts.CHANGES.run(commands, state(), arguments))
                .thenApply(result -> new Changes(
                        new Generation(text(result.get(0)), Long.parseLong(text(result.get(1)))),
                        text(result.get(2)).equals("1"),
                        ((List<?>) result.get(3)).stream().map(RedisCache::text).toList()));
    }

    private List<String> state() {
        return List.of(keys.generation(), keys.marks(), keys.replicas());
    }

    /** Receives a message, on a thread of Lettuce. */
    private void received(String channel, byte[] bytes) {
        try {
            if (!channel.equals(keys.channel())) {
                String[] parts = text(bytes).split(" ", 2);
                confirmations.confirm(parts[0], parts.length < 2 ? "" : parts[1]);
                return;
            }
            Message message = Message.parse(bytes);
            listener.revalidated(message.generation(), message.marks());
            if (message.id().isEmpty() || message.replica().equals(replica)) return;
            send(commands ->
                    commands.publish(keys.confirmations(message.replica()), bytes(message.id() + " " + replica)));
        } catch (IllegalArgumentException e) {
            LOG.log(System.Logger.Level.DEBUG, "An invalid message is ignored", e);
        }
    }

    private String id() {
        byte[] bytes = new byte[8];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Object bytes) {
        return new String((byte[]) bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            send(commands -> commands.zrem(keys.replicas(), bytes(replica)))
                    .toCompletableFuture()
                    .get(200, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.log(System.Logger.Level.DEBUG, "Redis is not told that this replica ends", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connections.close();
    }
}
