package dev.kitbridge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The responses that clients get for all kinds of responses of an app. */
class AnswersTest extends RunningApp {

    @BeforeEach
    void open() throws Exception {
        start();
    }

    /** Reads to the end of the head, in lower case; the connection stays open. */
    private String head(String method, String target) throws Exception {
        try (RawClient client = client()) {
            String head = client.send(method + " " + target + " HTTP/1.1\r\nhost: a.test\r\n\r\n")
                    .until("\r\n\r\n");
            assertThat(client.get("/file.txt").response())
                    .startsWith("HTTP/1.1 200")
                    .endsWith("a file\n");
            return head.toLowerCase(Locale.ROOT);
        }
    }

    /** Reads until the server closes the connection. */
    private String broken(String target) throws Exception {
        try (RawClient client = client()) {
            return client.get(target).rest();
        }
    }

    @Test
    void fortyKilobytesOfHeadersAreSent() throws Exception {
        try (RawClient client = client()) {
            String response = client.get("/headers").response();
            assertThat(response).startsWith("HTTP/1.1 200").endsWith("large head");
            assertThat(response.split("Set-Cookie: c", -1)).hasSize(61);
        }
    }

    @Test
    void headAndResponsesWithoutContentHaveNoUntrueLength() throws Exception {
        for (String target : new String[] {"/status?200", "/status?404", "/events"}) {
            assertThat(head("HEAD", target)).as(target).doesNotContain("content-length");
        }
        for (String target : new String[] {"/status?204", "/status?304"}) {
            assertThat(head("GET", target)).as(target).doesNotContain("content-length");
        }
        assertThat(head("GET", "/status?200")).contains("content-length: 0");
        assertThat(head("HEAD", "/")).contains("content-length: 4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2147483647", "2147483648", "3000000000", "1000000000000"})
    void anAnswerMayAnnounceAnyLength(String length) throws Exception {
        try (RawClient client = client()) {
            String head = client.get("/announced?" + length).until("begun").toLowerCase(Locale.ROOT);
            assertThat(head).startsWith("http/1.1 200").contains("content-length: " + length + "\r\n");
        }
        assertThat(head("HEAD", "/announced?" + length)).contains("content-length: " + length + "\r\n");
    }

    @Test
    void anAnswerThatFailsIs500AndTheConnectionGoesOn() throws Exception {
        try (RawClient client = client()) {
            assertThat(client.get("/number").response())
                    .startsWith("HTTP/1.1 500")
                    .endsWith("Internal Error");
            assertThat(client.get("/length?abc").until("0\r\n\r\n")).contains("one ", "two");
            assertThat(client.get("/length?7").response()).endsWith("one two");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "connection=upgrade&upgrade=websocket",
                "connection=x-hop&x-hop=1",
                "keep-alive=timeout%3D77",
                "proxy-connection=close",
                "transfer-encoding=gzip,%20chunked",
                "transfer-encoding=identity&content-length=6",
                "trailer=x-trailer",
                "te=trailers",
                "content-length=6&content-length=6",
                "date=never",
                "server=lab&server=lab"
            })
    void headersOfAConnectionDoNotBreakIt(String fields) throws Exception {
        try (RawClient client = client()) {
            assertThat(client.get("/fields?" + fields).response())
                    .startsWith("HTTP/1.1 200")
                    .doesNotContain("Transfer-Encoding")
                    .endsWith("fields");
            assertThat(client.get("/file.txt").response()).endsWith("a file\n");
        }
    }

    @Test
    void aBodyThatBreaksOffOnAConnectionThatEndsIsNotTakenForWhole() throws Exception {
        try (RawClient client = client()) {
            String all = client.send("GET /length?late HTTP/1.1\r\nhost: a.test\r\nconnection: close\r\n\r\n")
                    .rest();
            assertThat(all).contains("Transfer-Encoding: chunked", "one ").doesNotContain("0\r\n\r\n");
        }
    }

    @Test
    void anAppMayEndTheConnection() throws Exception {
        assertThat(broken("/fields?connection=close"))
                .startsWith("HTTP/1.1 200")
                .endsWith("fields");
    }

    @Test
    void aBodyThatIsNotAsLongAsAnnouncedEndsTheConnection() throws Exception {
        assertThat(broken("/length?100")).contains("Content-Length: 100").endsWith("one two");
        assertThat(broken("/length?5")).contains("Content-Length: 5").endsWith("one ");
    }
}
