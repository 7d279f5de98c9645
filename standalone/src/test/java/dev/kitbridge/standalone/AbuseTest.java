package dev.kitbridge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.standalone.abuse.AbuseCase;
import dev.kitbridge.standalone.abuse.Http1;
import dev.kitbridge.standalone.abuse.Http2;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Requests that no browser sends, as raw HTTP/1.1 and as HTTP/2 frames, in the tables {@code http1.txt} and
 * {@code http2.txt}. One server answers all of them: no case may affect the next ones.
 */
class AbuseTest extends RunningApp {

    private static final Map<String, String> PATHS = Map.of("file", "/file.txt", "body", "/body");

    /** Sends a request and returns the outcome. */
    private interface Dialogue {
        String outcome(String request) throws IOException;
    }

    @TestFactory
    Stream<DynamicTest> http1() throws Exception {
        start();
        return tests("http1.txt", new Http1(instance.socket(), PATHS)::outcome);
    }

    @TestFactory
    Stream<DynamicTest> http2() throws Exception {
        start();
        return tests("http2.txt", new Http2(instance.socket(), PATHS)::outcome);
    }

    @Test
    void theSuiteHasAtLeastThreeHundredCasesWithDifferentNames() throws Exception {
        List<String> http1 = names("http1.txt");
        List<String> http2 = names("http2.txt");

        assertThat(http1).doesNotHaveDuplicates();
        assertThat(http2).doesNotHaveDuplicates();
        assertThat(http1.size() + http2.size()).isGreaterThanOrEqualTo(300);
    }

    private static List<String> names(String table) throws IOException {
        return AbuseCase.read(table).stream().map(AbuseCase::toString).toList();
    }

    private static Stream<DynamicTest> tests(String table, Dialogue dialogue) throws IOException {
        return AbuseCase.read(table).stream()
                .map(each -> DynamicTest.dynamicTest(each.toString(), () -> assertThat(dialogue.outcome(each.request()))
                        .as(each.toString())
                        .isIn(each.outcomes(AbuseCase.KITBRIDGE))));
    }
}
