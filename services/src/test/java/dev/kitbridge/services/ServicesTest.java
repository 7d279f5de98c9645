package dev.kitbridge.services;

import static dev.kitbridge.server.Requests.await;
import static dev.kitbridge.server.TestApp.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.server.Await;
import dev.kitbridge.server.Headers;
import dev.kitbridge.server.Request;
import dev.kitbridge.server.RequestContext;
import dev.kitbridge.server.Requests;
import dev.kitbridge.server.RespondOptions;
import dev.kitbridge.server.Response;
import dev.kitbridge.server.Server;
import dev.kitbridge.server.ServiceLimits;
import dev.kitbridge.server.TestApp;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls from a real worker: the path {@code /run} evaluates its query with {@code platform}. */
class ServicesTest {

    @TempDir
    static Path folder;

    private static TestLab lab;
    private static TestApp app;
    private static Server server;

    @BeforeAll
    static void open() throws Exception {
        app = TestApp.in(folder);
        lab = new TestLab();
        ServiceLimits limits = ServiceLimits.DEFAULT.withCalls(4, 256).withSizes(10_000, 20_000);
        server = Server.open(
                app.folder(), app.init(), new ServiceConnections(() -> PlatformServices.of(Map.of(Lab.class, lab))
                        .withLimits(limits)));
    }

    @AfterAll
    static void close() {
        server.close();
        assertThat(lab.events).contains("close");
    }

    @BeforeEach
    void forget() {
        lab.events.clear();
        lab.made.set(0);
    }

    private static CompletableFuture<Response> send(String code, String... headers) {
        String target =
                "/run?" + URLEncoder.encode(code, StandardCharsets.UTF_8).replace("+", "%20");
        Request request = Request.get(Requests.ORIGIN, target, Headers.of(headers));
        return server.respond(request, RespondOptions.of("192.0.2.1").withPrincipal(() -> "anna"));
    }

    /** Returns the value of the code as {@code util.inspect} formats it. */
    private static String run(String code) {
        Response response = await(send(code));
        return text(response);
    }

    private static String lab(String call) {
        return run("await platform.services.lab." + call);
    }

    /** Returns the first two lines of the stack of a failed call. */
    private static String stack(String call) {
        return run("return await (async function visit() { try { await platform.services." + call
                + " } catch (e) { return e.stack.split('\\n').slice(0, 2).join('|') } })()");
    }

    @Test
    void anErrorBeginsAtTheAppsCall() {
        assertThat(stack("lab.broken()"))
                .containsPattern(
                        "ServiceFailed: lab\\.broken failed; the server's log has the details under \\w{12}\\|    at visit ");
        assertThat(stack("lab.missing('x')")).contains("ServiceException: there is no x|    at visit ");
        // fails before a frame is sent
        assertThat(stack("lab.add(Symbol())"))
                .contains("TypeError: lab.add was not called: a symbol cannot be sent to a Java service|    at visit ");
    }

    @Test
    void valuesSurviveBothWays() {
        String value = "{ big: 123456789012345678901234567890n, small: 5, huge: 9007199254740993n, ratio: 0.1,"
                + " none: NaN, instant: new Date(1700000000123), day: '2026-11-21', bytes: new Uint8Array([1, 2, 255]),"
                + " products: { a: [{ id: 1n, name: 'one', since: null, sizes: ['SMALL'] }] },"
                + " numbers: new Set([3]), tagged: '\\0n5' }";
        assertThat(lab("everything(" + value + ")"))
                .isEqualTo("{ big: 123456789012345678901234567890n, small: 5, huge: 9007199254740993n, ratio: 0.1,"
                        + " none: NaN, instant: 2023-11-14T22:13:20.123Z, day: '2026-11-21',"
                        + " bytes: Uint8Array(3) [ 1, 2, 255 ],"
                        + " products: { a: [ { id: 1, name: 'one', since: null, sizes: [ 'SMALL' ] } ] },"
                        + " numbers: [ 3 ], tagged: '\\x00n5' }");
    }

    @Test
    void aStringThatBeginsWithNulIsUnchanged() {
        assertThat(lab("plain()"))
                .isEqualTo("{ string: '\\x00n5', builder: '\\x00d5', buffer: '\\x00b5', chars: '\\x00f5',"
                        + " character: '\\x00', array: [ '\\x00n5', 'x\\x00n5' ], list: [ '\\x00', '\\x00\\x00' ],"
                        + " optional: '\\x00z', tree: '\\x00n5', pattern: '\\x00x', '\\x00n5': 'key' }");
        assertThat(lab("builder()")).isEqualTo("'\\x00not a tag'");
        assertThat(lab("add('\\0n5')")).isEqualTo("'\\x00n5\\x00n5'");
        assertThat(lab("anything({ '\\0n5': ['\\0d5'] })")).isEqualTo("{ '\\x00n5': [ '\\x00d5' ] }");
    }

    @Test
    void aResultThatCannotBeReadFailsItsCallOnly() {
        assertThat(lab("raw()")).startsWith("SyntaxError: ");
        assertThat(lab("add(1, 2)")).isEqualTo("3");
    }

    @Test
    void aSparseArrayHasNulls() {
        assertThat(lab("anything([1, , undefined, 2])")).isEqualTo("[ 1, null, null, 2 ]");
    }

    @Test
    void optionalsVoidsOverloadsAndDefaultMethods() {
        assertThat(lab("byId(1)"))
                .isEqualTo("{ id: 1, name: 'product 1', since: 1970-01-01T00:00:01.000Z, sizes: [ 'LARGE' ] }");
        assertThat(lab("byId(-1)")).isEqualTo("null");
        assertThat(lab("nothing()")).isEqualTo("null");
        assertThat(lab("add(1, 2)")).isEqualTo("3");
        assertThat(lab("add('ab')")).isEqualTo("'abab'");
        assertThat(lab("greeting('anna')")).isEqualTo("'hello anna'");
        assertThat(lab("later('sooner or')")).isEqualTo("'sooner or later'");
    }

    @Test
    void aParameterOfTypeObjectCreatesNoOtherClasses() {
        assertThat(lab("anything({ '@class': 'java.io.File', path: '/' })"))
                .isEqualTo("{ '@class': 'java.io.File', path: '/' }");
        assertThat(lab("anything(['java.io.File', '/'])")).isEqualTo("[ 'java.io.File', '/' ]");
        assertThat(lab.events).containsExactly("java.util.LinkedHashMap", "java.util.ArrayList");
    }

    @Test
    void contextTravelsWithTheCall() {
        Response response = await(send(
                "await platform.services.lab.context()",
                "x-request-id",
                "r-1",
                "traceparent",
                "00-1-2-01",
                "accept-language",
                "de-CH,de;q=0.9"));
        assertThat(text(response))
                .isEqualTo("{ id: 'r-1', traceparent: '00-1-2-01', locale: 'de-CH', principal: 'anna' }");
        assertThat(text(await(send("(await platform.services.lab.context()).id", "x-request-id", "<script>"))))
                .matches("'[0-9a-f-]{36}'");
    }

    @Test
    void streamsArriveItemByItem() {
        assertThat(
                        run(
                                "const all = []; for await (const n of platform.services.lab.numbers(3)) all.push(n); return all"))
                .isEqualTo("[ 0, 1, 2 ]");
        assertThat(run("let n = 0; for await (const p of platform.services.lab.many(50000)) n += p.id; return n"))
                .isEqualTo("1249975000");
        assertThat(lab.made).hasValue(50_000);
        assertThat(lab.events).containsExactly("closed");
    }

    @Test
    void itemsAreProducedOnDemand() throws Exception {
        assertThat(run("for await (const row of platform.services.lab.rows(1000)) return row.length"))
                .isEqualTo("1000");
        Await.until("the stream's end", () -> lab.events.contains("closed"));
        assertThat(lab.made.get()).isLessThan(500);
    }

    @Test
    void anUnreadStreamEndsWithItsRequest() throws Exception {
        assertThat(run("await platform.services.lab.rows(1000); return 'done'")).isEqualTo("'done'");
        Await.until("the stream's end", () -> lab.events.contains("closed"));
        assertThat(lab.made.get()).isLessThan(500);
    }

    @Test
    void aStreamThatArrivesAfterItsRequestIsClosed() throws Exception {
        assertThat(run("platform.services.lab.laterRows(); return 'done'")).isEqualTo("'done'");
        Await.until("the call", () -> lab.events.contains("later rows"));
        lab.laterRows.complete(lab.rows(1000));
        Await.until("the stream's end", () -> lab.events.contains("closed"));
    }

    @Test
    void publishersAreSubscribedTo() throws Exception {
        CompletableFuture<Response> response =
                send("const all = []; for await (const t of platform.services.lab.ticks()) all.push(t); return all");
        Await.until("the subscription", lab.ticks::hasSubscribers);
        lab.ticks.submit("tick");
        lab.ticks.submit("tock");
        CompletableFuture<Response> other =
                send("for await (const t of platform.services.lab.ticks()) throw new Error(t)");
        Await.until("two subscriptions", () -> lab.ticks.getNumberOfSubscribers() == 2);
        lab.ticks.submit("bang");
        assertThat(text(await(other))).isEqualTo("Error: bang");
        Await.until("one subscription", () -> lab.ticks.getNumberOfSubscribers() == 1);
        lab.ticks.close();
        assertThat(text(await(response))).isEqualTo("[ 'tick', 'tock', 'bang' ]");
    }

    @Test
    void exceptionsWithAStatusAreKitsOwn() {
        assertThat(lab("sold()")).isEqualTo("HttpError 409 SoldOut: the last one is gone");
        assertThat(lab("missing('chair')")).isEqualTo("HttpError 404 ServiceException: there is no chair");
    }

    @Test
    void otherExceptionsStayInTheLog() {
        assertThat(lab("broken()"))
                .matches("ServiceFailed: lab.broken failed; the server's log has the details under [0-9a-f]{12}");
        assertThat(lab("error()")).startsWith("ServiceFailed: lab.error failed");
        assertThat(run("platform.services.lab.broken(); return 'nobody waits'")).isEqualTo("'nobody waits'");
        assertThat(lab("add(1, 1)")).isEqualTo("2");
    }

    @Test
    void errorsForUnknownNamesListTheKnownOnes() {
        assertThat(run("await platform.services.labs.add(1)"))
                .isEqualTo("UnknownService: There is no service labs; there are lab");
        assertThat(lab("ad(1)"))
                .startsWith(
                        "UnknownService: The service lab has no method ad; it has add, anything, broken, builder, byId,");
        String labs = "; there are lab";
        assertThat(run("await platform.services['x'.repeat(300)].add(1)"))
                .isEqualTo("UnknownService: There is no service " + "x".repeat(50) + "\u2026" + labs);
        assertThat(run("await platform.services['\u20ac'.repeat(70)].add(1)")).endsWith("\u2026" + labs);
        assertThat(run("await platform.services['lab\\0add'].add(1, 2)"))
                .isEqualTo("UnknownService: There is no service lab\ufffdadd" + labs);
        assertThat(run("await platform.services[''].add(1)")).endsWith(labs);
        assertThat(run("await platform.services.lab['add\\0[1,2]'](1, 2)"))
                .startsWith("UnknownService: The service lab has no method add\ufffd[1,2]; it has add,");
        assertThat(run("await platform.services.lab['y'.repeat(5000)](1)"))
                .startsWith("UnknownService: The service lab has no method " + "y".repeat(50) + "\u2026; it has add,");
        for (String name : List.of("notReachable", "close", "toString", "hashCode", "getClass", "wait")) {
            assertThat(lab(name + "()")).startsWith("UnknownService: The service lab has no method " + name);
        }
    }

    @Test
    void errorsForWrongArgumentsShowTheSignature() {
        assertThat(lab("add(1, 2, 3)"))
                .startsWith("WrongArguments: lab.add does not take 3 arguments; there are lab.add(String ");
        assertThat(lab("byId()"))
                .matches(
                        "WrongArguments: lab.byId\\(long \\w+\\) was not called: it takes 1 argument, and the call has 0");
        assertThat(lab("byId(1, 2)")).endsWith("it takes 1 argument, and the call has 2");
        assertThat(lab("byId('1')")).startsWith("WrongArguments: lab.byId(long").contains("argument 1: ");
        assertThat(lab("byId(1.5)")).startsWith("WrongArguments: ");
        assertThat(lab("byId(null)")).startsWith("WrongArguments: ");
        assertThat(lab("byId(123456789012345678901234567890n)")).startsWith("WrongArguments: ");
        assertThat(lab("everything({ products: { a: [{ id: 'x' }] } })")).contains("products.a[0].id");
        assertThat(lab("byId(() => 1)"))
                .isEqualTo("TypeError: lab.byId was not called: a function cannot be sent to a Java service");
        assertThat(run("const a = []; a.push(a); await platform.services.lab.anything(a)"))
                .startsWith("TypeError: lab.anything was not called: a value that contains itself");
    }

    @Test
    void headersLongerThanTheArgumentsLimitAreAccepted() {
        String long16k = "en-US,".repeat(2500);
        assertThat(text(await(send("await platform.services.lab.add(1, 2)", "accept-language", long16k))))
                .isEqualTo("3");
    }

    @Test
    void eachLimitHasItsError() throws Exception {
        assertThat(lab("large(30000)")).startsWith("LimitExceeded: the result of lab.large has more than 20000 bytes");
        assertThat(lab("large(19000).then((text) => text.length)")).isEqualTo("19000");
        assertThat(lab("add('x'.repeat(10000))"))
                .isEqualTo("LimitExceeded: lab.add was not called: its arguments have 10004 bytes as JSON;"
                        + " expected 10000 at most");
        assertThat(lab("add('x'.repeat(2000000))"))
                .matches(
                        "LimitExceeded: lab.add: It was not called: its arguments have about 20000\\d\\d bytes as JSON;"
                                + " expected 10000 at most");
        assertThat(lab("slow()")).startsWith("TimedOut: lab.slow took longer than 300 ms");
        Await.until("the interruption", () -> lab.events.contains("interrupted"));
        assertThat(run("const five = [1, 2, 3, 4, 5].map(() => platform.services.lab.slow().catch((e) => e.name));"
                        + " return await Promise.all(five)"))
                .isEqualTo("[ 'TimedOut', 'TimedOut', 'TimedOut', 'TimedOut', 'LimitExceeded' ]");
    }

    @Test
    void aCallIsCancelledWithItsRequest() throws Exception {
        CompletableFuture<Response> response = send("await platform.services.lab.hang()");
        Await.until("the call", () -> lab.events.contains("hangs"));
        response.cancel(false);
        Await.until("its end", () -> lab.events.contains("interrupted"));
        CompletableFuture<Response> later = send("await platform.services.lab.neverLater()");
        Await.until("the call", () -> lab.events.contains("never"));
        later.cancel(false);
        Await.until("its end", lab.never::isCancelled);
    }

    @Test
    void slowFailingAndOversizedCallsDoNotAffectOthers() throws Exception {
        List<CompletableFuture<Response>> busy = new ArrayList<>();
        for (int i = 0; i < 40; i++) busy.add(send("await platform.services.lab.hang()"));
        for (int i = 0; i < 20; i++) {
            busy.add(send("for await (const row of platform.services.lab.rows(9000)) await new Promise((f) => f)"));
        }
        Await.until("all of them", () -> lab.events.size() == 40 && lab.made.get() >= 20);
        for (int i = 0; i < 50; i++) {
            assertThat(lab("broken()")).startsWith("ServiceFailed");
            assertThat(lab("large(1000000)")).startsWith("LimitExceeded");
            assertThat(lab("add(20, 22)")).isEqualTo("42");
        }
        assertThat(busy).noneMatch(CompletableFuture::isDone);
        assertThat(lab.made.get()).as("items for readers that do not read").isLessThan(20 * 40);
        busy.forEach(response -> response.cancel(false));
        Await.until(
                "their end",
                () -> lab.events.stream()
                                .filter(event -> event.equals("interrupted") || event.equals("closed"))
                                .count()
                        == 60);
        assertThat(lab("add(20, 22)")).isEqualTo("42");
    }

    @Test
    void proxiesCanBeAwaitedAndInspected() {
        assertThat(run("(await platform.services, await platform.services.lab, 'fine')"))
                .isEqualTo("'fine'");
        assertThat(run("JSON.stringify([platform.services, platform.services.lab])"))
                .isEqualTo("'[{},{}]'");
    }

    @Test
    void aCallRunsInTheContextOfItsRequest() {
        List<String> entered = new CopyOnWriteArrayList<>();
        RequestContext context = new RequestContext() {
            @Override
            public <T> T call(Callable<T> task) throws Exception {
                entered.add(Thread.currentThread().getName());
                return task.call();
            }
        };
        RespondOptions options = RespondOptions.of("192.0.2.1").withContext(context);
        Request request = Request.get(Requests.ORIGIN, "/run?await%20platform.services.lab.add(1,2)", Headers.EMPTY);
        assertThat(text(await(server.respond(request, options)))).isEqualTo("3");
        assertThat(entered).singleElement().asString().startsWith("kitbridge-call-");
        assertThat(lab("add(1, 2)")).isEqualTo("3");
        assertThat(entered).hasSize(1);
    }
}
