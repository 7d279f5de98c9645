package dev.kitbridge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Metrics, probes and the access log. */
class WatchingTest extends RunningApp {

    private static final Predicate<String> COUNTS = line -> line.startsWith("kitbridge_requests_seconds_count");

    private static void await(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.call() && System.nanoTime() < end) Thread.sleep(5);
        assertThat(condition.call()).isTrue();
    }

    @Test
    void traceparentReachesTheAppAndTheLog() throws Exception {
        start("ACCESS_LOG", "json");
        String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

        assertThat(get(instance.address() + "/echo", "traceparent", trace).body())
                .contains(trace);
        instance.stop("SIGTERM");

        Map<String, Object> line = json(out.toString(StandardCharsets.UTF_8));
        assertThat(line)
                .containsEntry("traceparent", trace)
                .containsEntry("method", "GET")
                .containsEntry("target", "/echo")
                .containsEntry("source", "worker")
                .containsEntry("client", "127.0.0.1")
                .containsEntry("host", instance.address().substring(7));
        assertThat(((Number) line.get("status")).intValue()).isEqualTo(200);
    }

    @Test
    void theCombinedFormatQuotesWhatClientsSend() throws Exception {
        start("ACCESS_LOG", "combined");

        try (RawClient client = client()) {
            client.send("GET /file.txt?q HTTP/1.1\r\nhost: a.test\r\nuser-agent: a \"b\" \\c\r\n\r\n")
                    .response();
        }
        instance.stop("SIGTERM");

        assertThat(out.toString(StandardCharsets.UTF_8))
                .matches("127\\.0\\.0\\.1 - - \\[\\d\\d/\\w{3}/\\d{4}:\\d\\d:\\d\\d:\\d\\d \\+0000]"
                        + " \"GET /file\\.txt\\?q HTTP/1\\.1\" 200 7 \"-\" \"a \\\\\"b\\\\\" \\\\\\\\c\"\n");
    }

    /** Answered and rejected targets, in every form of RFC 9112, 3.2. */
    @Test
    void theLogHasTheTargetAsItWasSent() throws Exception {
        start("ACCESS_LOG", "combined");
        List<String> targets = List.of(
                "/any/%2e%2e/admin",
                "/any/a%2Fb",
                "/../../etc/passwd",
                "/a/./b//c/../d",
                "/%zz",
                "/a#b",
                "/any?q=%0a%22",
                "/a\"b",
                "/a\\b",
                "/gr\u00c3\u00b6\u00c3\u009fe",
                "http://a.test/any/%2e%2e/admin?x",
                "http://other.test/x",
                "*",
                "a.test:443",
                "any");
        for (String target : targets) {
            try (RawClient client = client()) {
                client.send("OPTIONS " + target + " HTTP/1.1\r\nhost: a.test\r\nconnection: close\r\n\r\n")
                        .rest();
            }
            // another thread writes the line, after the response
            long expected = targets.indexOf(target) + 1;
            await(() -> out.toString(StandardCharsets.UTF_8).lines().count() == expected);
        }
        try (RawClient client = client()) {
            client.send("nonsense\r\n\r\n").rest();
        }
        instance.stop("SIGTERM");

        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).hasSize(targets.size() + 1);
        for (int i = 0; i < targets.size(); i++) {
            String target = targets.get(i)
                    .replace("\\", "\\\\")
                    .replace("\"", "\\\"")
                    .replace("\u00c3", "\\xc3")
                    .replace("\u00b6", "\\xb6")
                    .replace("\u009f", "\\x9f");
            assertThat(lines.get(i)).contains("\"OPTIONS " + target + " HTTP/1.");
        }
        assertThat(lines.get(targets.size())).contains(" - HTTP/1.").doesNotContain("badMessage");
    }

    @Test
    void theManagementServerReportsTheState() throws Exception {
        start("MANAGEMENT_PORT", "0");
        String management = instance.managementAddress();
        get(instance.address() + "/echo");
        get(instance.address() + "/file.txt");

        assertThat(get(management + "/healthz").statusCode()).isEqualTo(200);
        assertThat(get(management + "/readyz").statusCode()).isEqualTo(200);
        assertThat(get(management + "/file.txt").statusCode()).isEqualTo(404);
        // a request is counted after its response
        await(() -> get(management + "/metrics").body().lines().filter(COUNTS).count() == 2);
        String metrics = get(management + "/metrics").body();
        assertThat(metrics)
                .contains(
                        "kitbridge_requests_seconds_count{source=\"worker\",status=\"200\"} 1",
                        "kitbridge_requests_seconds_count{source=\"asset\",status=\"200\"} 1",
                        "kitbridge_requests_seconds_bucket{source=\"asset\",status=\"200\",le=\"+Inf\"} 1",
                        "kitbridge_workers 1.0",
                        "kitbridge_workers_ready 1.0",
                        "kitbridge_worker_restarts_total 0.0",
                        "kitbridge_queue_requests 0.0",
                        "kitbridge_page_cache_requests_total{state=\"hit\"} 0.0",
                        "kitbridge_page_cache_revalidations_total 0.0",
                        "kitbridge_page_cache_bytes 0.0",
                        "jvm_memory_used_bytes");
        assertThat(get(instance.address() + "/metrics").statusCode()).isEqualTo(404);
    }
}
