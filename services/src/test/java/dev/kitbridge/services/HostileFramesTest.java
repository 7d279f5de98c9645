package dev.kitbridge.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.kitbridge.server.Await;
import dev.kitbridge.server.RequestContexts;
import dev.kitbridge.server.TestApp;
import dev.kitbridge.server.internal.link.Frame;
import dev.kitbridge.server.internal.link.Link;
import dev.kitbridge.server.internal.link.SocketPair;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A worker that sends invalid frames: only its own connection is closed. */
class HostileFramesTest {

    private final TestLab lab = new TestLab();

    private ServiceConnections connections;
    private SocketPair hostile;
    private SocketPair other;

    /** A received frame. */
    private record Answer(byte type, int id, String text) {}

    @BeforeEach
    void open() throws IOException {
        connections = new ServiceConnections(() -> PlatformServices.of(Map.of(Lab.class, lab)));
        hostile = SocketPair.open();
        other = SocketPair.open();
        connections.connect(hostile.ours(), new RequestContexts());
        connections.connect(other.ours(), new RequestContexts());
        write(hostile, Frame.number(ServiceFrame.HELLO, 0, ServiceFrame.VERSION));
        write(other, Frame.number(ServiceFrame.HELLO, 0, ServiceFrame.VERSION));
        send(other, ServiceFrame.OPEN, 1, "{}");
    }

    @AfterEach
    void otherConnectionsStayOpen() throws Exception {
        call(other, 9, "lab", "add", "[20,22]");
        assertThat(answer(other)).isEqualTo(new Answer(ServiceFrame.RESULT, 9, "42"));
        connections.close();
        hostile.close();
        other.close();
    }

    private static void write(SocketPair pair, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) pair.theirs().write(bytes);
    }

    private static void send(SocketPair pair, int type, int id, String payload) throws IOException {
        write(pair, ServiceFrame.json((byte) type, id, payload));
    }

    private static void call(SocketPair pair, int id, String service, String method, String arguments)
            throws IOException {
        byte[] text = (service + "\0" + method + "\0" + arguments).getBytes(StandardCharsets.UTF_8);
        write(
                pair,
                ByteBuffer.allocate(Frame.HEADER + 4 + text.length)
                        .putInt(4 + text.length)
                        .put(ServiceFrame.CALL)
                        .putInt(id)
                        .putInt(1)
                        .put(text)
                        .flip());
    }

    private static Answer answer(SocketPair pair) throws Exception {
        return CompletableFuture.supplyAsync(() -> {
                    try {
                        DataInputStream in = new DataInputStream(Channels.newInputStream(pair.theirs()));
                        int length = in.readInt();
                        byte type = in.readByte();
                        int id = in.readInt();
                        return new Answer(type, id, new String(in.readNBytes(length), StandardCharsets.UTF_8));
                    } catch (EOFException e) {
                        return new Answer((byte) 0, 0, "end");
                    } catch (IOException e) {
                        return new Answer((byte) 0, 0, "end");
                    }
                })
                .get(TestApp.LONG.toSeconds(), TimeUnit.SECONDS);
    }

    private void opened() throws IOException {
        send(hostile, ServiceFrame.OPEN, 1, "{}");
    }

    private void isCutOff() throws Exception {
        assertThat(answer(hostile).text()).isEqualTo("end");
    }

    @Test
    void aClientOfAnotherVersion() throws Exception {
        assertThat(rejection(Frame.number(ServiceFrame.HELLO, 0, 1)))
                .isEqualTo("it uses version 1 of the services protocol, expected 2; build the app with the version of"
                        + " Kitbridge that the server has");
    }

    @Test
    void aClientThatSendsNoVersion() throws Exception {
        assertThat(rejection(ServiceFrame.json(ServiceFrame.OPEN, 1, "{}"))).startsWith("it uses version 0 of");
        assertThat(rejection(Frame.empty(ServiceFrame.HELLO, 0))).startsWith("it uses version 0 of");
    }

    private String rejection(ByteBuffer first) throws IOException {
        try (SocketPair pair = SocketPair.open();
                Link link = new Link(pair.ours())) {
            write(pair, first);
            return catchThrowable(() -> new Connection(link, connections, new RequestContexts()).run())
                    .getMessage();
        }
    }

    @Test
    void frameOfAnUnknownType() throws Exception {
        send(hostile, 77, 1, "{}");
        isCutOff();
    }

    @Test
    void aFrameThatOnlyTheServerSends() throws Exception {
        opened();
        send(hostile, ServiceFrame.RESULT, 1, "1");
        isCutOff();
    }

    @Test
    void aRevalidationByAClientWithoutAPageCache() throws Exception {
        send(hostile, ServiceFrame.REVALIDATED, 1, "{\"unreached\":[]}");
        isCutOff();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"unreached\":1}", "{\"unreached\":[", "null"})
    void anInvalidResultOfARevalidation(String json) throws Exception {
        try (SocketPair pair = SocketPair.open()) {
            connections.connect(pair.ours(), new RequestContexts());
            write(pair, PageCacheClientTest.hello());
            send(pair, ServiceFrame.REVALIDATED, 1, "{\"unreached\":[]}");
            send(pair, ServiceFrame.REVALIDATED, 1, json);
            assertThat(answer(pair).text()).isEqualTo("end");
        }
    }

    @Test
    void negativeAndEnormousLengths() throws Exception {
        write(
                hostile,
                ByteBuffer.allocate(9)
                        .putInt(-5)
                        .put(ServiceFrame.CALL)
                        .putInt(1)
                        .flip());
        isCutOff();
    }

    @Test
    void anEnormousContext() throws Exception {
        write(
                hostile,
                ByteBuffer.allocate(9)
                        .putInt(Integer.MAX_VALUE)
                        .put(ServiceFrame.OPEN)
                        .putInt(1)
                        .flip());
        isCutOff();
    }

    @Test
    void enormousArgumentsAreNotBuffered() throws Exception {
        opened();
        call(hostile, 5, "lab", "add", "[\"" + "x".repeat(5 << 20) + "\"]");
        assertThat(answer(hostile).text()).contains("LimitExceeded").contains("expected 1048576 at most");
        call(hostile, 6, "lab", "add", "[\"a\"]");
        assertThat(answer(hostile)).isEqualTo(new Answer(ServiceFrame.RESULT, 6, "\"aa\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "no JSON", "[1]", "{\"principal\":{\"name\":\"root\"}}", "{\"id\":1", "\0\0\0", "1e999999999"
            })
    void anInvalidContext(String context) throws Exception {
        send(hostile, ServiceFrame.OPEN, 1, context);
        isCutOff();
    }

    @Test
    void theSameRequestTwice() throws Exception {
        opened();
        opened();
        isCutOff();
    }

    @Test
    void theSameCallTwice() throws Exception {
        opened();
        call(hostile, 5, "lab", "hang", "[]");
        call(hostile, 5, "lab", "add", "[1,2]");
        isCutOff();
        Await.until("the call's end", () -> lab.events.contains("interrupted") || !lab.events.contains("hangs"));
    }

    @Test
    void aCallOfNoRequest() throws Exception {
        call(hostile, 5, "lab", "add", "[1,2]");
        isCutOff();
    }

    @Test
    void tooShortFrames() throws Exception {
        opened();
        send(hostile, ServiceFrame.CALL, 5, "");
        isCutOff();
    }

    @Test
    void aCallWithoutNames() throws Exception {
        opened();
        send(hostile, ServiceFrame.CALL, 5, "\0\0\0\1lab");
        isCutOff();
    }

    @Test
    void creditForBytesThatWereNotSent() throws Exception {
        opened();
        call(hostile, 5, "lab", "rows", "[100000]");
        assertThat(answer(hostile).type()).isEqualTo(ServiceFrame.STREAM);
        write(hostile, Frame.number(ServiceFrame.CREDIT, 5, Integer.MAX_VALUE));
        Await.until("the stream's end", () -> lab.events.contains("closed"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "getClass",
                "wait",
                "notify",
                "hashCode",
                "toString",
                "close",
                "notReachable",
                "<init>",
                "Add",
                "add ",
                "__proto__",
                "access$000"
            })
    void otherMethodsThanThoseOfTheInterface(String method) throws Exception {
        opened();
        call(hostile, 5, "lab", method, "[]");
        assertThat(answer(hostile).text()).contains("UnknownService").contains("has no method");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev.kitbridge.services.Lab", "java.lang.Runtime", "../lab", "", "LAB"})
    void unknownServices(String service) throws Exception {
        opened();
        call(hostile, 5, service, "add", "[1,2]");
        assertThat(answer(hostile).text()).contains("There is no service").contains("there are lab");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "1",
                "null",
                "[",
                "[1",
                "[1,",
                "[1,2]]",
                "[1,2] [3]",
                "[1,,2]",
                "['1',2]",
                "[1e400,2]",
                "[\"\\ud800\",1]",
                "\u0000",
                "[1,2",
            })
    void argumentsThatAreNoArray(String arguments) throws Exception {
        opened();
        call(hostile, 5, "lab", "add", arguments);
        assertThat(answer(hostile).text()).contains("WrongArguments");
        call(hostile, 6, "lab", "add", "[1,2]");
        assertThat(answer(hostile)).isEqualTo(new Answer(ServiceFrame.RESULT, 6, "3"));
    }

    @Test
    void deepNestingAndEndlessNumbers() throws Exception {
        opened();
        call(hostile, 5, "lab", "anything", "[" + "[".repeat(400_000) + "]".repeat(400_000) + "]");
        assertThat(answer(hostile).text()).contains("WrongArguments");
        call(hostile, 6, "lab", "anything", "[" + "9".repeat(500_000) + "]");
        assertThat(answer(hostile).text()).contains("WrongArguments");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"@class\":\"java.net.URL\",\"url\":\"http://192.0.2.1\"}]",
                "[[\"java.net.URL\",\"http://192.0.2.1\"]]",
                "[{\"@type\":\"javax.sql.DataSource\"}]"
            })
    void inputCannotNameClasses(String arguments) throws Exception {
        opened();
        call(hostile, 5, "lab", "anything", arguments);
        assertThat(answer(hostile).type()).isEqualTo(ServiceFrame.RESULT);
        assertThat(lab.events).allMatch(event -> event.matches("java.util.(LinkedHashMap|ArrayList)"));
    }

    @Test
    void noise() throws Exception {
        Random random = new Random(4);
        for (int i = 0; i < 50; i++) {
            try (SocketPair pair = SocketPair.open()) {
                connections.connect(pair.ours(), new RequestContexts());
                byte[] bytes = new byte[random.nextInt(2000)];
                random.nextBytes(bytes);
                try {
                    write(pair, ByteBuffer.wrap(bytes));
                } catch (IOException e) {
                    // the connection is closed already
                }
            }
        }
    }

    @Test
    void moreCallsAtOnceThanTheLimit() throws Exception {
        opened();
        for (int i = 0; i < 70; i++) call(hostile, 100 + i, "lab", "hang", "[]");
        for (int i = 0; i < 6; i++) assertThat(answer(hostile).text()).contains("64 calls of this request");
        send(hostile, ServiceFrame.CLOSE, 1, "cancelled");
        Await.until("their end", () -> connections.runningCalls() == 0);
    }
}
