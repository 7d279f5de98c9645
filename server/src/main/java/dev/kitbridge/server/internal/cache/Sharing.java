package dev.kitbridge.server.internal.cache;

import dev.kitbridge.server.Request;
import dev.kitbridge.server.internal.cache.EntryFormat.Page;
import dev.kitbridge.server.replicas.SharedCache;
import dev.kitbridge.server.replicas.SharedCache.Generation;
import dev.kitbridge.server.replicas.SharedCache.Generations;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Finds pages of other replicas in a shared cache, and keeps pages there. */
final class Sharing {

    private static final System.Logger LOG = System.getLogger(PageCache.class.getName());

    /** Limit of a selector in bytes. */
    private static final int SELECTOR = 64 * 1024;

    /** Room for the headers of a page, in bytes. */
    private static final int HEAD = 512 * 1024;

    /** A selector has to outlive the pages that are found with it. */
    private static final Duration SELECTOR_LIFETIME = Duration.ofDays(1);

    private static final Duration LONGEST = Duration.ofDays(365);

    private final SharedCache cache;
    private final Guard guard;
    private final SharedRevalidations revalidations;
    private final Store store;
    private final SharedKeys keys;
    private final int limit;
    private final LongSupplier nanos;
    private final LongSupplier millis;
    private final AtomicBoolean damaged = new AtomicBoolean();

    /**
     * @param limit of a page's content in bytes
     * @param nanos as {@link System#nanoTime}
     * @param millis as {@link System#currentTimeMillis}
     */
    Sharing(
            SharedCache cache,
            Guard guard,
            SharedRevalidations revalidations,
            Store store,
            SharedKeys keys,
            int limit,
            LongSupplier nanos,
            LongSupplier millis) {
        this.cache = cache;
        this.guard = guard;
        this.revalidations = revalidations;
        this.store = store;
        this.keys = keys;
        this.limit = limit;
        this.nanos = nanos;
        this.millis = millis;
    }

    boolean isAvailable() {
        return guard.isAvailable() && revalidations.known() != null;
    }

    Guard.Budget budget() {
        return guard.budget();
    }

    /** Returns the generation of pages whose rendering begins now; null if they cannot be shared. */
    @Nullable
    Generation generation() {
        return isAvailable() ? revalidations.known() : null;
    }

    /**
     * Looks for the rule of a path, and adds it to the store.
     *
     * @return a stage that fails if the shared cache does not answer in time
     */
    CompletableFuture<Optional<Selector>> selector(Path path, Guard.Budget budget) {
        SharedKeys.Key key = keys.selector(path);
        return budget.call(() -> cache.get(key.name(), SELECTOR)).thenApply(value -> value.flatMap(
                        bytes -> checked(key, bytes, () -> SelectorFormat.read(bytes, key.text())))
                .map(selector -> store.adopt(path, selector)));
    }

    /**
     * Looks for a page, and adds it to the store if it is valid.
     *
     * @param request from which the page is rendered
     * @return a stage that fails if the shared cache does not answer in time
     */
    CompletableFuture<Optional<Entry>> page(Path path, Selector selector, Request request, Guard.Budget budget) {
        SharedKeys.Key key = keys.page(path, selector, request);
        if (key == null) return CompletableFuture.completedFuture(Optional.empty());
        CompletableFuture<Optional<ByteBuffer>> value = budget.call(() -> cache.get(key.name(), limit + HEAD));
        // as soon as this replica hears of a revalidation, its generation changes
        long local = store.generation();
        List<String> marks = List.of(Names.ALL, Names.path(path.path()));
        CompletableFuture<Generations> generations = budget.call(() -> cache.generations(marks));
        return value.thenCombine(generations, (bytes, now) -> bytes.flatMap(found -> checked(key, found, () -> {
                            Page page = EntryFormat.read(found, key.text(), limit, millis.getAsLong());
                            RecordReader.check(page.names().get(0).equals(marks.get(1)), "another path");
                            return page;
                        }))
                        .filter(page -> isValid(page, now))
                        .map(page -> tagged(page, now, budget)
                                .thenApply(valid -> valid ? adopt(path, selector, request, page, local) : null)))
                .thenCompose(found -> found.isPresent()
                        ? found.get().thenApply(Optional::ofNullable)
                        : CompletableFuture.completedFuture(Optional.empty()));
    }

    private static boolean isValid(Page page, Generations now) {
        Generation generation = page.generation();
        return generation.epoch().equals(now.current().epoch())
                && generation.number() >= now.floor()
                && now.marks().stream().allMatch(number -> number <= generation.number());
    }

    /** Checks the tags, which are known only when the page is. */
    private CompletableFuture<Boolean> tagged(Page page, Generations now, Guard.Budget budget) {
        if (revalidations.isUnsent(page.names())) return CompletableFuture.completedFuture(false);
        List<String> tags = page.names().subList(1, page.names().size());
        // nothing was revalidated since
        if (tags.isEmpty() || page.generation().number() >= now.current().number()) {
            return CompletableFuture.completedFuture(true);
        }
        return budget.call(() -> cache.generations(tags)).thenApply(later -> isValid(page, later));
    }

    private @Nullable Entry adopt(Path path, Selector selector, Request request, Page page, long local) {
        long age = Math.max(0, millis.getAsLong() - page.received());
        Entry entry = new Entry(page, nanos.getAsLong() - Duration.ofMillis(age).toNanos());
        return store.adopt(path, selector, request, entry, local) ? entry : null;
    }

    private interface Parsing<T> {
        T read();
    }

    /** Returns a value if it is valid, and removes it otherwise. */
    private <T> Optional<T> checked(SharedKeys.Key key, ByteBuffer bytes, Parsing<T> parsing) {
        try {
            return Optional.of(parsing.read());
        } catch (IllegalArgumentException e) {
            if (damaged.compareAndSet(false, true)) {
                LOG.log(
                        Level.WARNING,
                        "The shared page cache has an invalid value of {0} bytes at {1} ({2}); it is removed."
                                + " Further ones are not logged",
                        bytes.remaining(),
                        key.name(),
                        String.valueOf(e.getMessage()));
            }
            guard.call(() -> cache.remove(key.name()), Duration.ofSeconds(1));
            return Optional.empty();
        }
    }

    /** Keeps a page that this replica has rendered. */
    void keep(Path path, Request rendered, Generation generation, Entry entry) {
        Selector selector = store.selector(path);
        SharedKeys.Key key = selector == null ? null : keys.page(path, selector, rendered);
        long seconds = entry.useful(nanos.getAsLong());
        if (selector == null || key == null || seconds < 1 || !isAvailable()) return;
        Duration lifetime = min(Duration.ofSeconds(seconds), LONGEST);
        SharedKeys.Key selectorKey = keys.selector(path);
        Guard.Budget budget = budget();
        Duration longer = lifetime.compareTo(SELECTOR_LIFETIME) > 0 ? lifetime : SELECTOR_LIFETIME;
        // without waiting for the first, so that both are there when the lock is released
        budget.call(
                () -> done(cache.put(selectorKey.name(), SelectorFormat.write(selectorKey.text(), selector), longer)));
        budget.call(() -> done(cache.put(
                        key.name(),
                        EntryFormat.write(key.text(), entry.page(generation, millis.getAsLong())),
                        lifetime)))
                .thenRun(guard::accepted);
    }

    private static CompletionStage<Boolean> done(CompletionStage<?> stage) {
        return stage.thenApply(result -> true);
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Acquires the lock of a page. */
    CompletableFuture<Boolean> lock(String name, Duration lease, boolean force, Guard.Budget budget) {
        return budget.call(() -> cache.lock(name, lease, force));
    }

    void unlock(String name) {
        guard.call(() -> done(cache.unlock(name)), Duration.ofSeconds(1));
    }

    SharedKeys keys() {
        return keys;
    }
}
