package dev.kitbridge.server.internal.cache;

import dev.kitbridge.server.Body;
import dev.kitbridge.server.Headers;
import dev.kitbridge.server.Init;
import dev.kitbridge.server.Request;
import dev.kitbridge.server.Response;
import dev.kitbridge.server.internal.Answer;
import dev.kitbridge.server.internal.Handler;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Has workers render pages, and keeps those that may be kept. */
final class Rendering {

    private static final System.Logger LOG = System.getLogger(Rendering.class.getName());

    /** How long a response may stream and still be kept; the client waits for that time at most. */
    private static final long STREAM_SECONDS = 2;

    /** How long a stale page is served before the next look at the other replica that renders it. */
    private static final long LOOK_MILLIS = 100;

    /** More rules than an app has routes. */
    private static final int MAX_RULES = 10_000;

    private static final int LARGEST_PAGE = 4 * 1024 * 1024;

    /**
     * The result of a flight.
     *
     * @param response to pass on if the page is not kept
     * @param entry the kept page, or nothing
     * @param found whether another replica has rendered the page
     * @param state for {@code Cache-Status}, why and how the app was asked
     */
    record Result(Response response, Optional<Entry> entry, boolean found, String state) {}

    private final Handler workers;
    private final Store store;
    private final boolean declared;
    private final int limit;
    private final boolean states;
    private final Counters counters;
    private final LongSupplier nanos;
    private final InstantSource wall;
    private final @Nullable Sharing sharing;
    private final @Nullable Search search;
    private final Map<String, Optional<Rule>> rules = new ConcurrentHashMap<>();

    /** @param shared pages of other replicas */
    Rendering(
            Handler workers,
            Store store,
            @Nullable SharedLevel shared,
            Init.PageCache settings,
            Counters counters,
            LongSupplier nanos,
            InstantSource wall) {
        this.workers = workers;
        this.store = store;
        this.declared = settings.mode() == Init.PageCache.Mode.DECLARED;
        this.limit = (int) Math.min(LARGEST_PAGE, settings.size() / 8);
        this.states = settings.cacheStatus();
        this.counters = counters;
        this.nanos = nanos;
        this.wall = wall;
        this.sharing = shared == null ? null : shared.pages(store, limit, nanos);
        this.search = sharing == null ? null : new Search(sharing, nanos, declared);
    }

    /** Returns whether pages of routes without a rule are not kept. */
    boolean keepsDeclaredOnly() {
        return declared;
    }

    /**
     * Starts a flight.
     *
     * @param result called once, on a thread that must not block, before the requests that wait for the flight
     *     continue; not called if the flight is cancelled
     */
    void start(Flight flight, Consumer<Result> result) {
        store.begin(flight);
        Landing landing = new Landing(flight, result);
        flight.render.whenComplete((response, cancelled) -> {
            if (response != null) landing.attempt(() -> landing.head(response));
            else landing.end(Optional.empty());
        });
        if (search == null) {
            render(flight);
            return;
        }
        search.run(flight).whenComplete((found, never) -> {
            // the client has disconnected
            if (flight.render.isDone()) return;
            flight.render.attempt(() -> {
                if (found != null && found.entry().isPresent())
                    landing.found(found.entry().get());
                else if (found != null && found.step() == Search.Step.LEAVE) landing.leave();
                else render(flight);
            });
        });
    }

    private void render(Flight flight) {
        if (flight.search != Flight.Search.BACKGROUND) counters.misses.increment();
        if (sharing != null) flight.shared = sharing.generation();
        flight.render.attempt(() -> {
            Entry old = flight.old;
            Request request = old == null ? flight.rendered : Validation.conditional(flight.rendered, old);
            if (!workers.handle(request, flight.options, flight.render)) {
                throw new IllegalStateException("no worker takes the request");
            }
        });
    }

    /** Handles the response of one flight. */
    private final class Landing {

        private final Flight flight;
        private final Consumer<Result> result;
        private Rule rule = Rule.NONE;
        private long received;

        /** The kept page that the app has confirmed, if it has. */
        private @Nullable Entry confirmed;

        Landing(Flight flight, Consumer<Result> result) {
            this.flight = flight;
            this.result = result;
        }

        /** Runs a step of the landing. If it fails, the client gets an error page, and others do not wait any more. */
        void attempt(Runnable step) {
            try {
                step.run();
            } catch (RuntimeException | Error e) {
                flight.answer.fail(e);
                end(Optional.empty());
            }
        }

        void end(Optional<Entry> entry) {
            store.end(flight);
            flight.kept.complete(entry);
        }

        /** Another replica has the page. */
        void found(Entry entry) {
            if (flight.search != Flight.Search.BACKGROUND) counters.shared.increment();
            Response response = entry.respond(flight.rendered, nanos.getAsLong(), "hit", store.copies());
            result.accept(new Result(response, Optional.of(entry), true, state()));
            end(Optional.of(entry));
        }

        /** Another replica renders the page. */
        void leave() {
            CompletableFuture.delayedExecutor(LOOK_MILLIS, TimeUnit.MILLISECONDS)
                    .execute(() -> end(Optional.empty()));
        }

        void head(Response answer) {
            Entry old = flight.old;
            boolean unchanged = answer.status() == 304 && answer.source() == Response.Source.WORKER;
            if (old == null || !unchanged) {
                land(answer);
            } else {
                answer.discard();
                if (Validation.confirms(answer, old)) {
                    confirmed = old;
                    land(Validation.confirmed(answer, old));
                } else {
                    renderWhole();
                }
            }
        }

        /** The app has confirmed another page than the kept one: asks without conditions. */
        private void renderWhole() {
            Answer whole = flight.render.instead(flight.rendered, flight.report);
            whole.thenAccept(response -> attempt(() -> land(response)));
            whole.attempt(() -> workers.handle(flight.rendered, flight.options, whole));
        }

        private void land(Response response) {
            Storing storing;
            try {
                received = nanos.getAsLong();
                storing = judge(response);
            } catch (RuntimeException | Error e) {
                // the client gets its page in any case
                LOG.log(Level.ERROR, flight.path.path() + " cannot be kept", e);
                counters.failures.increment();
                storing = Storing.no("error");
            }
            if (storing == null) {
                refuse(response, "");
            } else if (!storing.refusal().isEmpty()) {
                if (Storing.replaces(storing.refusal(), response)) store.drop(flight);
                refuse(response, storing.refusal());
            } else if (response.body() instanceof Body.Bytes bytes) {
                keep(response, storing, bytes.buffer());
            } else {
                collect(response, storing);
            }
        }

        /** Decides from the head; returns null for a file of Vite's, and if the route has no rule and needs one. */
        private @Nullable Storing judge(Response response) {
            if (response.source() == Response.Source.ASSET) return null;
            Optional<Rule> found = rule(flight);
            if (found.isEmpty()) return Storing.no("rule");
            rule = found.get();
            if (declared && !rule.declared()) return null;
            Instant now = wall.instant();
            Instant asked = now.minusNanos(received - flight.since);
            Storing storing = Storing.of(flight.rendered, response, rule, asked, now);
            if (!storing.refusal().isEmpty()) return storing;
            Selector next = Selector.next(flight.selector, rule, storing.vary(), () -> 0);
            return next.covers(flight.rendered) ? storing : Storing.no("unnamed");
        }

        private void collect(Response response, Storing storing) {
            Collecting collecting = new Collecting(limit, new Collecting.Outcome() {
                @Override
                public void whole(ByteBuffer body) {
                    attempt(() -> keep(response, storing, body));
                }

                @Override
                public void unfinished(Flow.Publisher<ByteBuffer> body) {
                    attempt(() -> refuse(
                            with(response, new Body.Stream(body, response.body().length())), "limit"));
                }

                @Override
                public void failed(Throwable failure) {
                    Flow.Publisher<ByteBuffer> body =
                            subscriber -> subscriber.onSubscribe(new Failed(subscriber, failure));
                    attempt(() -> refuse(
                            with(response, new Body.Stream(body, response.body().length())), "incomplete"));
                }
            });
            response.body().publisher().subscribe(collecting);
            collecting.stopAfter(STREAM_SECONDS);
        }

        private void keep(Response response, Storing storing, ByteBuffer body) {
            // the entry may share the bytes
            Response whole = with(response, new Body.Bytes(body.asReadOnlyBuffer()));
            if (body.remaining() > limit) {
                refuse(whole, "limit");
                return;
            }
            Entry entry = null;
            String refusal;
            try {
                byte[] content = content(body);
                refusal = Storing.refusal(response.headers(), content, flight.report.used(), flight.options);
                Set<String> tags = Tags.of(rule, response.headers(), flight.report.tags());
                if (refusal.isEmpty() && tags == null) refusal = "tags";
                Freshness freshness = storing.freshness();
                if (refusal.isEmpty() && freshness != null && tags != null) {
                    Entry same = confirmed;
                    // the app may confirm a page without looking at what it was rendered from
                    Set<String> used = new HashSet<>(flight.report.used());
                    if (same != null) used.addAll(same.used());
                    Headers fields = StoredFields.of(response.headers(), storing.omitted(), wall.instant());
                    Response kept = new Response(response.status(), fields, response.body(), response.source());
                    entry = new Entry(kept, content, freshness, used, names(tags), received, same);
                    if (flight.search == Flight.Search.BACKGROUND) entry.expect();
                    if (!store.keep(flight, rule, storing.vary(), entry)) entry = null;
                    else share(entry);
                }
            } catch (RuntimeException | Error e) {
                LOG.log(Level.ERROR, flight.path.path() + " cannot be kept", e);
                counters.failures.increment();
                refusal = "error";
                entry = null;
            }
            if (!refusal.isEmpty()) {
                refuse(whole, refusal);
                return;
            }
            Optional<Entry> shared = Optional.ofNullable(entry);
            boolean complete = entry == null || storing.omitted().isEmpty();
            result.accept(
                    complete
                            ? new Result(whole, shared, false, state())
                            : new Result(stored(whole), Optional.empty(), false, state()));
            end(shared);
        }

        /** Returns the bytes, without a copy if they are a whole array. */
        private static byte[] content(ByteBuffer body) {
            boolean isArray = body.hasArray() && body.arrayOffset() == 0;
            if (isArray && body.array().length == body.remaining()) return body.array();
            byte[] content = new byte[body.remaining()];
            body.duplicate().get(content);
            return content;
        }

        private void share(Entry entry) {
            if (sharing != null && flight.shared != null) {
                sharing.keep(flight.path, flight.rendered, flight.shared, entry);
            }
        }

        private List<String> names(Set<String> tags) {
            List<String> names = new ArrayList<>();
            names.add(Names.path(flight.path.path()));
            for (String tag : tags) names.add(Names.tag(tag));
            for (String name : confirmed == null ? List.<String>of() : confirmed.names()) {
                if (!names.contains(name)) names.add(name);
            }
            return names;
        }

        /** Returns the state of the flight's response, for {@code Cache-Status}. */
        private String state() {
            return "fwd=" + flight.forwarded + (confirmed == null ? "" : "; fwd-status=304");
        }

        private Response stored(Response response) {
            return states ? with(response, state() + "; stored") : response;
        }

        private void refuse(Response response, String refusal) {
            // kit rejects some requests, of which each client can send one, before it looks for the rule of the route
            boolean fromRoute = response.status() < 400 || (rule.declared() && response.status() < 500);
            if (fromRoute && response.source() == Response.Source.WORKER) store.remember(flight.path, rule);
            Response passed = refusal.isEmpty() || !states ? response : with(response, state() + "; detail=" + refusal);
            result.accept(new Result(passed, Optional.empty(), false, state()));
            end(Optional.empty());
        }
    }

    /** Adds a state to {@code Cache-Status} (RFC 9211). */
    static Response with(Response response, String state) {
        return new Response(
                response.status(),
                response.headers().toBuilder()
                        .add("cache-status", "kitbridge; " + state)
                        .build(),
                response.body(),
                response.source());
    }

    private static Response with(Response response, Body body) {
        return new Response(response.status(), response.headers(), body, response.source());
    }

    /** Returns the rule of the route, or nothing if it is invalid. */
    private Optional<Rule> rule(Flight flight) {
        String json = flight.report.rule();
        if (json.isEmpty()) return Optional.of(Rule.NONE);
        if (rules.size() >= MAX_RULES) rules.clear();
        return rules.computeIfAbsent(json, text -> {
            try {
                return Optional.of(Rule.parse(text));
            } catch (IllegalArgumentException e) {
                LOG.log(
                        Level.WARNING,
                        "The route of " + flight.path.path() + " is not kept in the page cache: " + e.getMessage());
                return Optional.empty();
            }
        });
    }

    /** A body that failed before anything of it was sent. */
    private record Failed(Flow.Subscriber<? super ByteBuffer> subscriber, Throwable failure)
            implements Flow.Subscription {
        @Override
        public void request(long n) {
            subscriber.onError(failure);
        }

        @Override
        public void cancel() {}
    }
}
