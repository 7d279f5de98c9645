package dev.kitbridge.adapter.test.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.adapter.test.tck.TckResult.Verdict;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is broken on purpose gets the right failures. */
class TckTest {

    private static final String PAGE = "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\nset-cookie: a=1\r\n"
            + "set-cookie: b=2\r\ncontent-length: 5\r\n\r\nhello";

    private static final Demand DEMAND = new Demand("pages/greeting", "The page greets", "SvelteKit");

    private static final TckCase CASE =
            new TckCase(DEMAND, RawRequest.get("/hello").build());

    @TempDir
    Path folder;

    private TckReport run(TckCase one, Function<String, String> expected, Function<String, String> actual)
            throws Exception {
        return run(one, expected, actual, List.of(), List.of());
    }

    private TckReport run(
            TckCase one,
            Function<String, String> expected,
            Function<String, String> actual,
            List<Difference> differences,
            List<Tolerance> tolerances)
            throws Exception {
        try (ScriptedServer reference = new ScriptedServer(expected);
                ScriptedServer server = new ScriptedServer(actual)) {
            return new Tck(TckApp.KIT_3, folder)
                    .suite(TckSuite.FILES)
                    .cases(List.of(one))
                    .reference(reference.asServer())
                    .server("mine", server.asServer())
                    .differences(differences)
                    .tolerances(tolerances)
                    .logs(folder, "tck")
                    .run();
        }
    }

    @Test
    void theSameResponsePasses() throws Exception {
        TckReport report =
                run(CASE, head -> PAGE, head -> PAGE.replace("content-length: 5", "transfer-encoding: chunked")
                        .replace("hello", "2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n"));
        // framing is compared by its meaning, except that a known length is expected
        assertThat(report.failures())
                .singleElement()
                .extracting(TckResult::lines)
                .isEqualTo(List.of("content-length: 5 -> -"));
        assertThat(run(CASE, head -> PAGE, head -> PAGE).passed()).isTrue();
    }

    @Test
    void eachPartOfAResponseIsCompared() throws Exception {
        broken("200 OK", "201 OK", "status: 200 -> 201");
        broken("text/html", "text/plain", "content-type: text/html -> text/plain");
        broken("set-cookie: b=2", "x-b: 2", "set-cookie: a=1 | b=2 -> a=1");
        broken("set-cookie: b=2", "x-b: 2", "x-b: - -> 2");
        broken("hello", "hallo", "body: 5 bytes, from 1 'ello' -> 5 bytes, from 1 'allo'");
        broken("content-type", "connection: close\r\ncontent-type", "connection: keep -> close");
        broken("content-length: 5", "connection: close\r\ncontent-length: 9", "end: whole -> cut off");
        broken(PAGE, "", "status: 200 -> 0");
    }

    private void broken(String part, String other, String line) throws Exception {
        TckReport report = run(CASE, head -> PAGE, head -> PAGE.replace(part, other));
        assertThat(report.passed()).isFalse();
        assertThat(report.failures()).singleElement().satisfies(one -> assertThat(one.lines())
                .contains(line));
    }

    /** Such a server fails its cases, and does not stop the run. */
    @Test
    void aServerThatDoesNotSpeakHttpFails() throws Exception {
        broken("HTTP/1.1 200 OK", "SSH-2.0", "response: a response that is not HTTP, to GET /hello HTTP/1.1");
        broken("content-type: text/html", "no colon", "response: a response that is not HTTP, to GET /hello HTTP/1.1");
        broken(
                "content-length: 5\r\n\r\n",
                "transfer-encoding: chunked\r\n\r\nnone\r\n",
                "response: a response that is not HTTP, to GET /hello HTTP/1.1");
        String dated = PAGE.replace("content-type", "date: Thu, 01 Jan 1970 00:00:00 GMT\r\ncontent-type");
        TckReport report = run(CASE, head -> dated, head -> dated.replaceFirst("date: .*GMT", "date: today"));
        assertThat(report.failures()).singleElement().satisfies(one -> assertThat(one.lines())
                .containsExactly("date: Thu, 01 Jan 1970 00:00:00 GMT -> today"));
    }

    @Test
    void aServerThatDoesNotRespondFailsSoon() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        List<TckCase> many = Collections.nCopies(50, CASE);
        try (ScriptedServer reference = new ScriptedServer(head -> PAGE);
                ScriptedServer server = new ScriptedServer(head -> waiting(end))) {
            TckReport report = new Tck(TckApp.KIT_3, folder)
                    .suite(TckSuite.FILES)
                    .cases(many)
                    .reference(reference.asServer())
                    .server("mine", server.asServer())
                    .logs(folder, "tck")
                    .timeout(1)
                    .run();
            assertThat(report.failures()).hasSize(50);
            assertThat(report.failures().get(0).lines())
                    .containsExactly("response: no response, or not all of it, to GET /hello HTTP/1.1");
            assertThat(report.failures().get(49).lines())
                    .containsExactly("response: not sent, since 10 requests had no response");
        } finally {
            end.countDown();
        }
    }

    private static String waiting(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return "";
    }

    @Test
    void aServerThatIsGoneFails() throws Exception {
        TckServer gone;
        try (ScriptedServer server = new ScriptedServer(head -> PAGE)) {
            gone = server.asServer();
        }
        try (ScriptedServer reference = new ScriptedServer(head -> PAGE)) {
            TckReport report = new Tck(TckApp.KIT_3, folder)
                    .suite(TckSuite.FILES)
                    .cases(List.of(CASE))
                    .reference(reference.asServer())
                    .server("mine", gone)
                    .logs(folder, "tck")
                    .run();
            assertThat(report.failures())
                    .singleElement()
                    .satisfies(one -> assertThat(one.lines().get(0)).startsWith("response: Connection refused"));
        }
    }

    @Test
    void requestsOnOneConnectionAreAllAnswered() throws Exception {
        TckCase two = new TckCase(DEMAND, RawRequest.pipelined(RawRequest.get("/a"), RawRequest.get("/b")));
        assertThat(run(two, head -> PAGE, head -> PAGE).passed()).isTrue();
        TckReport report = run(two, head -> PAGE, head -> head.startsWith("GET /b ") ? "" : PAGE);
        assertThat(report.failures()).singleElement().satisfies(one -> assertThat(one.lines())
                .contains("status: 200 -> 0"));
    }

    /** RFC 9110, 14.2: a range is defined for GET only. */
    @Test
    void aStandardResponseIsPermittedInPlaceOfAdapterNodes() throws Exception {
        TckCase range = new TckCase(
                DEMAND,
                RawRequest.request("HEAD", "/hello").with("range", "bytes=0-1").build());
        String whole = "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n";
        String part = "HTTP/1.1 206 Partial Content\r\ncontent-range: bytes 0-1/5\r\ncontent-length: 2\r\n\r\n";
        Function<String, String> node = head -> head.contains("range: ") ? part : whole;
        TckReport report = run(range, node, head -> whole);
        assertThat(report.passed()).isTrue();
        assertThat(report.results()).singleElement().satisfies(one -> {
            assertThat(one.verdict()).isEqualTo(Verdict.PERMITTED);
            assertThat(one.differences()).containsExactly("no-range-of-head");
        });
        assertThat(report.toMarkdown()).contains("| no-range-of-head | 1 |");
        // an author who intends all of them gets no choice
        List<Difference> all = StandardDifferences.all();
        assertThat(run(range, node, head -> whole, all, List.of()).found()).containsExactly("no-range-of-head");
        assertThat(run(range, node, node, all, List.of()).passed()).isFalse();
        assertThat(run(range, node, node).passed()).isTrue();
    }

    @Test
    void anIntendedDifferenceMustOccur() throws Exception {
        List<Difference> teapot =
                List.of(new Difference("teapot", one -> one.path().equals("/hello"), one -> one.withStatus(418)));
        TckReport report = run(CASE, head -> PAGE, head -> PAGE.replace("200 OK", "418 Teapot"), teapot, List.of());
        assertThat(report.passed()).isTrue();
        assertThat(report.found()).containsExactly("teapot");
        report = run(CASE, head -> PAGE, head -> PAGE, teapot, List.of());
        assertThat(report.failures()).singleElement().satisfies(one -> assertThat(one.lines())
                .containsExactly("status: 418 -> 200 (expected by teapot)"));
    }

    @Test
    void aToleranceCoversADifferenceAndMustBeNeeded() throws Exception {
        List<Tolerance> slow = List.of(Tolerance.of("pages/.*", "GET /hello", "the platform greets in German"));
        TckReport report = run(CASE, head -> PAGE, head -> PAGE.replace("hello", "hallo"), List.of(), slow);
        assertThat(report.passed()).isTrue();
        assertThat(report.toMarkdown()).contains("| the platform greets in German | 1 |");
        report = run(CASE, head -> PAGE, head -> PAGE, List.of(), slow);
        assertThat(report.passed()).isFalse();
        assertThat(report.unused()).isEqualTo(slow);
        assertThat(report.toMarkdown()).contains("## Tolerances without a difference");
    }

    @Test
    void theReportNamesTheDemandAndTheDifference() throws Exception {
        TckReport report = run(CASE, head -> PAGE, head -> PAGE.replace("200 OK", "500 Error"));
        assertThat(report.toMarkdown())
                .startsWith("# Kitbridge TCK\n\nFailed. 1 cases, 1 failed\n")
                .contains(
                        "| pages/greeting | 1 | 0 | 0 | 0 | 1 |",
                        "The page greets (SvelteKit).",
                        "mine: GET /hello HTTP/1.1\n    status: 200 -> 500\n");
        assertThat(report.toTable()).containsPattern("pages/greeting +1 +0 +0 +0 +1\n");
    }

    @Test
    void aRunWithoutCasesHasNotPassed() throws Exception {
        TckReport report = new TckReport(List.of(), List.of());
        assertThat(report.passed()).isFalse();
        assertThat(TckTests.of(report)).hasSize(1);
    }

    @Test
    void aFailedCaseIsAFailedTest() throws Exception {
        TckReport report = run(CASE, head -> PAGE, head -> PAGE.replace("200 OK", "500 Error"));
        DynamicContainer demand =
                (DynamicContainer) TckTests.of(report).toList().get(0);
        assertThat(demand.getDisplayName()).isEqualTo("pages/greeting");
        Stream<? extends DynamicNode> tests = demand.getChildren();
        DynamicTest test = (DynamicTest) tests.toList().get(0);
        assertThatThrownBy(() -> test.getExecutable().execute())
                .hasMessage("The page greets (SvelteKit)\nstatus: 200 -> 500");
    }

    @Test
    void aServerThatDoesNotStartIsNamedWithItsOutput() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        try (ScriptedServer reference = new ScriptedServer(head -> PAGE)) {
            Tck tck = new Tck(TckApp.KIT_3, folder)
                    .suite(TckSuite.FILES)
                    .reference(reference.asServer())
                    .server("mine", TckServer.command(List.of(java, "-version")))
                    .logs(folder, "tck");
            assertThatThrownBy(tck::run)
                    .hasMessageContainingAll("-version ended with exit code 0", "Runtime Environment");
        }
        assertThatThrownBy(() -> TckServer.at(URI.create("http://127.0.0.1:3000/lab")))
                .hasMessageContaining("expected scheme, host and port");
    }
}
