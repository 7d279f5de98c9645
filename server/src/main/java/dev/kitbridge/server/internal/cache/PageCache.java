package dev.kitbridge.server.internal.cache;

import dev.kitbridge.server.Body;
import dev.kitbridge.server.Headers;
import dev.kitbridge.server.Init;
import dev.kitbridge.server.PageCacheFigures;
import dev.kitbridge.server.Request;
import dev.kitbridge.server.RespondOptions;
import dev.kitbridge.server.Response;
import dev.kitbridge.server.Revalidation;
import dev.kitbridge.server.internal.Answer;
import dev.kitbridge.server.internal.Handler;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Serves rendered pages that may be shared, without a worker, and has workers render each of them once. */
public final class PageCache implements Handler, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(PageCache.class.getName());

    /** How long a request waits for a page that is rendered for another one. */
    private static final long WAIT_SECONDS = 10;

    /** How long a request waits for a new page if there is a stale one. */
    private static final long STALE_SECONDS = 3;

    /** Limit of the stale pages that are rendered in the background at the same time. */
    private static final int BACKGROUND = 16;

    private static final String RENEW = "x-prerender-revalidate";

    private final Handler workers;
    private final Store store;
    private final Rendering rendering;
    private final boolean states;
    private final Counters counters = new Counters();
    private final LongSupplier nanos;
    private final Semaphore background = new Semaphore(BACKGROUND);
    private final AtomicBoolean failing = new AtomicBoolean();
    private final Invalidation invalidation;
    private final Changes changes;
    private final @Nullable SharedLevel shared;

    /**
     * @param workers answer what is not kept
     * @param replicas are told what is revalidated
     */
    public PageCache(Handler workers, Init.PageCache settings, Replicas replicas) {
        this(workers, settings, replicas, System::nanoTime, InstantSource.system());
    }

    /**
     * @param nanos measures time
     * @param wall dates responses
     */
    PageCache(Handler workers, Init.PageCache settings, Replicas replicas, LongSupplier nanos, InstantSource wall) {
        this(workers, settings, replicas, null, nanos, wall);
    }

    /**
     * @param workers answer what is not kept
     * @param shared pages of other replicas; closed with this cache
     */
    public PageCache(Handler workers, Init.PageCache settings, SharedLevel shared) {
        this(workers, settings, shared.replicas(), shared, System::nanoTime, InstantSource.system());
    }

    private PageCache(
            Handler workers,
            Init.PageCache settings,
            Replicas replicas,
            @Nullable SharedLevel shared,
            LongSupplier nanos,
            InstantSource wall) {
        this.workers = workers;
        this.nanos = nanos;
        this.states = settings.cacheStatus();
        this.store = new Store(settings.size(), counters);
        this.shared = shared;
        this.rendering = new Rendering(workers, store, shared, settings, counters, nanos, wall);
        this.invalidation = new Invalidation(store, replicas);
        this.changes = new Changes(workers, invalidation, states);
    }

    /**
     * Forgets pages, on this replica before this method returns. When the stage completes, no other replica serves them
     * either, except those that the result names.
     */
    public CompletionStage<Revalidation.Result> revalidate(Revalidation revalidation) {
        return invalidation.everywhere(revalidation, true);
    }

    /**
     * The key of the requests that wait for a page of an unknown path: they are equal in all that a page may depend on
     * without {@code Vary}.
     */
    record Unknown(Path path, String target) {}

    /** Returns the current figures. */
    public PageCacheFigures figures() {
        return counters.figures(store.entries(), store.size());
    }

    /** Returns the number of names by which kept pages can be revalidated. */
    int names() {
        return store.names();
    }

    /** Returns the memory that kept pages use, in bytes. */
    long bytes() {
        return store.size();
    }

    @Override
    public boolean handle(Request request, RespondOptions options, Answer answer) {
        return handle(request, options, answer, false);
    }

    /** @param again whether the request has waited for a page that was revalidated meanwhile */
    private boolean handle(Request request, RespondOptions options, Answer answer, boolean again) {
        boolean head = request.method().equals("HEAD");
        if (!head && !request.method().equals("GET")) return changes.pass(request, options, answer);
        Headers headers = request.headers();
        if (request.body() != null || request.origin().isEmpty()) return false;
        if (headers.first("authorization") != null || Selector.isInternal(headers)) return false;
        Path path = Path.of(request);
        Wishes wishes = Wishes.of(headers);
        Selector selector = store.selector(path);
        if (selector == null && wishes.onlyIfCached()) return unsatisfied(answer);
        if (selector == null) return !head && first(request, options, answer, path, again);
        if (rendering.keepsDeclaredOnly() && !selector.rule().declared()) return false;
        Selector.Key key = selector.key(request);
        if (key == null || selector.rule().isBypassedBy(headers)) return false;
        Entry entry = store.entry(key);
        if (entry != null && Storing.isPersonal(entry.used(), options)) return false;
        long now = nanos.getAsLong();
        // a route with a rule says itself how old its pages may be
        boolean unwanted = entry != null && !selector.rule().declared() && !entry.satisfies(wishes, now);
        Visit visit = new Visit(request, options, answer, path, selector, key, entry, again, unwanted);
        if (!again && selector.rule().hasToken(headers.first(RENEW))) {
            renew(visit);
            return true;
        }
        Entry.State state = entry == null || unwanted ? Entry.State.USELESS : entry.state(now);
        if (entry != null && (state == Entry.State.FRESH || state == Entry.State.STALE)) {
            (state == Entry.State.FRESH ? counters.hits : counters.stale).increment();
            answer.complete(respond(entry, request, "hit"));
            if (state == Entry.State.STALE) refresh(visit);
            return true;
        }
        return wishes.onlyIfCached() ? unsatisfied(answer) : !wishes.noStore() && miss(visit);
    }

    private boolean unsatisfied(Answer answer) {
        Headers fields = states
                ? Headers.of("content-length", "0", "cache-status", "kitbridge; detail=only-if-cached")
                : Headers.of("content-length", "0");
        return answer.complete(new Response(504, fields, Body.EMPTY, Response.Source.SERVER));
    }

    /**
     * A request for a known path.
     *
     * @param entry a kept page, possibly stale
     * @param again whether it has waited for a page that was revalidated meanwhile
     * @param unwanted whether the client does not want the kept page
     */
    private record Visit(
            Request request,
            RespondOptions options,
            Answer answer,
            Path path,
            Selector selector,
            Selector.Key key,
            @Nullable Entry entry,
            boolean again,
            boolean unwanted) {

        /** Returns the kept page that may be served if no new one can be rendered, or null. */
        @Nullable
        Entry stale() {
            return unwanted ? null : entry;
        }

        /** Returns why no kept page is served (RFC 9211, 2.2). */
        String forwarded() {
            if (unwanted) return "request";
            if (entry != null) return "stale";
            return selector.vary().isEmpty() ? "uri-miss" : "miss";
        }
    }

    /** Renders a page of an unknown path. Its rule is not known yet, so the worker gets the request unchanged. */
    private boolean first(Request request, RespondOptions options, Answer answer, Path path, boolean again) {
        boolean kept = !Wishes.of(request.headers()).noStore();
        boolean shared = request.headers().first("cookie") == null && kept;
        Object key = shared ? new Unknown(path, request.target()) : new Object();
        Flight running = store.flight(key);
        if (running != null && isRecent(running)) {
            await(running, WAIT_SECONDS, request, options, answer, again);
            return true;
        }
        Flight.Search search = kept ? Flight.Search.WAIT : Flight.Search.NONE;
        Flight flight = new Flight(key, path, null, request, options, search, answer, nanos.getAsLong());
        lead(flight, request, answer, null);
        return true;
    }

    /** Vercel's revalidation on demand: forgets the path on all replicas, then renders the page. */
    private void renew(Visit visit) {
        revalidate(Revalidation.ofPaths(visit.path().path()))
                .thenRun(() -> proceed(visit.request(), visit.options(), visit.answer()));
    }

    /** Continues a request that has waited. */
    private void proceed(Request request, RespondOptions options, Answer answer) {
        answer.attempt(() -> {
            if (!handle(request, options, answer, true)) workers.handle(request, options, answer);
        });
    }

    private boolean miss(Visit visit) {
        Request request = visit.request();
        Flight running = store.flight(visit.key());
        if (running != null && isRecent(running)) {
            Entry old = visit.stale();
            boolean useful = old != null && old.state(nanos.getAsLong()) != Entry.State.USELESS;
            long seconds = useful ? STALE_SECONDS : WAIT_SECONDS;
            await(running, seconds, request, visit.options(), visit.answer(), visit.again());
            return true;
        }
        // if no page was kept, requests must not wait for each other
        Object key = visit.selector().kept() ? visit.key() : new Object();
        // other replicas may have the page that the client does not want
        Flight.Search search = visit.unwanted() ? Flight.Search.NONE : Flight.Search.WAIT;
        lead(flight(visit, key, visit.options(), search), request, visit.answer(), visit.stale());
        return true;
    }

    private Flight flight(Visit visit, Object key, RespondOptions options, Flight.Search search) {
        Request rendered = visit.selector().selected(visit.request());
        long now = nanos.getAsLong();
        Flight flight = new Flight(key, visit.path(), visit.selector(), rendered, options, search, visit.answer(), now);
        flight.forwarded = visit.forwarded();
        Entry entry = visit.entry();
        if (entry != null && Validation.isPossible(entry)) flight.old = entry;
        return flight;
    }

    /** @param stale served if the workers fail or take too long, and it is not too old; or null */
    private void lead(Flight flight, Request request, Answer answer, @Nullable Entry stale) {
        answer.whenComplete((response, disconnected) -> {
            if (disconnected != null) flight.abandoned();
        });
        rendering.start(flight, result -> {
            if (result.entry().isPresent()) {
                failing.set(false);
                String how = result.found() ? "hit; detail=shared" : result.state() + "; stored";
                Response stored = respond(result.entry().get(), request, how);
                if (flight.selector == null && asksToRenew(request))
                    invalidation
                            .elsewhere(Revalidation.ofPaths(flight.path.path()), true)
                            .thenRun(() -> answer.complete(stored));
                else answer.complete(stored);
            } else if (isFailure(result.response()) && serveStale(stale, request, answer, failed(result.response()))) {
                result.response().discard();
            } else {
                answer.complete(result.response());
            }
        });
        if (stale == null || answer.isDone()) return;
        // the copy's timer ends with the answer
        answer.copy().orTimeout(STALE_SECONDS, TimeUnit.SECONDS).exceptionallyAsync(late -> {
            serveStale(stale, request, answer, "; detail=timeout");
            return null;
        });
    }

    /** Returns the status of the app's error for {@code Cache-Status}, if it is the app's. */
    private static String failed(Response response) {
        return response.source() == Response.Source.WORKER ? "; fwd-status=" + response.status() : "";
    }

    /** Returns whether other replicas have to forget a page whose rule was not known before it was rendered. */
    private boolean asksToRenew(Request request) {
        String token = request.headers().first(RENEW);
        if (token == null) return false;
        Selector known = store.selector(Path.of(request));
        return known != null && known.rule().hasToken(token);
    }

    private static boolean isFailure(Response response) {
        return response.status() >= 500 || response.source() == Response.Source.SERVER;
    }

    private Response respond(Entry entry, Request request, String state) {
        return entry.respond(request, nanos.getAsLong(), states ? state : "", store.copies());
    }

    /**
     * Answers with a stale page if that is allowed.
     *
     * @param why parameters for {@code Cache-Status}
     */
    private boolean serveStale(@Nullable Entry stale, Request request, Answer answer, String why) {
        if (stale == null || stale.state(nanos.getAsLong()) == Entry.State.USELESS) return false;
        if (answer.isDone()) return true;
        if (failing.compareAndSet(false, true)) {
            LOG.log(Level.WARNING, "Workers fail or take too long: the page cache serves stale pages");
        }
        counters.stale.increment();
        answer.complete(respond(stale, request, "fwd=stale" + why));
        return true;
    }

    /** Waits for a page that is rendered for another request, without being the reason for the rendering. */
    private void await(
            Flight flight, long seconds, Request request, RespondOptions options, Answer answer, boolean again) {
        flight.waiting.incrementAndGet();
        flight.kept
                .copy()
                .completeOnTimeout(Optional.empty(), seconds, TimeUnit.SECONDS)
                .thenAccept(kept -> answer.attempt(() -> {
                    if (answer.isDone() || serveKept(flight, request, options, answer)) return;
                    // the next rendering is one for all of them, too; a request that waits twice would wait too long
                    if (flight.outdated && !again) proceed(request, options, answer);
                    // the page was for one visitor: each gets a rendering of its own
                    else workers.handle(request, options, answer);
                }));
    }

    /** Answers with a kept page, or with a stale one, after the flight that the request waited for. */
    private boolean serveKept(Flight flight, Request request, RespondOptions options, Answer answer) {
        Selector selector = store.selector(Path.of(request));
        Selector.Key key = selector == null ? null : selector.key(request);
        Entry entry = key == null ? null : store.entry(key);
        if (entry == null || Storing.isPersonal(entry.used(), options)) return false;
        Entry.State state = entry.state(nanos.getAsLong());
        if (state == Entry.State.EXPIRED || state == Entry.State.STALE)
            return serveStale(entry, request, answer, "; collapsed");
        if (state == Entry.State.USELESS) return false;
        counters.collapsed.increment();
        return answer.complete(respond(entry, request, "fwd=" + flight.forwarded + "; collapsed"));
    }

    /** Renders a stale page in the background, unless it is being rendered or too many are. */
    private void refresh(Visit visit) {
        Flight running = store.flight(visit.key());
        if ((running != null && isRecent(running)) || !background.tryAcquire()) return;
        Flight flight = flight(visit, visit.key(), later(visit.options()), Flight.Search.BACKGROUND);
        flight.abandoned();
        flight.kept.whenComplete((kept, failure) -> background.release());
        rendering.start(flight, result -> {
            if (result.entry().isPresent()) failing.set(false);
            else result.response().discard();
        });
    }

    /** Returns options that do not ask the front for the client's address, whose request may have ended. */
    private static RespondOptions later(RespondOptions options) {
        return new RespondOptions(
                () -> {
                    throw new IllegalStateException("the page is rendered in the background, for no client");
                },
                options.protocol(),
                options.principal(),
                options.attributes(),
                options.platform(),
                options.context(),
                options.loopback());
    }

    private boolean isRecent(Flight flight) {
        return nanos.getAsLong() - flight.since < TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
    }

    @Override
    public void close() {
        if (shared != null) shared.close();
    }
}
