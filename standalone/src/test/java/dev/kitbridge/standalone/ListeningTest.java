package dev.kitbridge.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.server.StartException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Listening sockets, and addresses that cannot be used. */
class ListeningTest extends RunningApp {

    @Test
    void aUnixSocketTakesThePlaceOfAStaleOne() throws Exception {
        Path socket = temp.resolve("s");
        Files.createFile(socket);

        start("SOCKET_PATH", socket.toString());

        assertThat(instance.address()).isEqualTo(socket.toString());
        try (RawClient client = new RawClient(UnixDomainSocketAddress.of(socket))) {
            assertThat(client.get("/file.txt").response()).endsWith("a file\n");
            assertThat(client.get("/echo").response()).contains("\"address\":\"\"");
        }
        instance.stop("SIGTERM");
        assertThat(socket).doesNotExist();
    }

    @Test
    void aFileWithContentIsNoSocket() throws Exception {
        Path file = Files.writeString(temp.resolve("precious"), "x");

        assertThatThrownBy(() -> start("SOCKET_PATH", file.toString()))
                .isInstanceOf(StartException.class)
                .hasMessage("The environment variable SOCKET_PATH is '" + file
                        + "', which is a file with content; it accepts a path where a socket can be made");
        assertThat(file).hasContent("x");
    }

    @Test
    void aSocketThatIsInUseIsLeftAlone() throws Exception {
        Path socket = temp.resolve("s");
        start("SOCKET_PATH", socket.toString());
        Instance first = instance;

        assertThatThrownBy(() -> start("SOCKET_PATH", socket.toString()))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("another process listens on it");
        assertThat(first.address()).isEqualTo(socket.toString());
        assertThat(socket).exists();
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress("127.0.0.1", 0));
            String port = String.valueOf(taken.getLocalPort());

            assertThatThrownBy(() -> start("PORT", port))
                    .isInstanceOf(StartException.class)
                    .hasMessage(
                            "Port " + port
                                    + " of 127.0.0.1 is in use; stop the process that listens on it, or set PORT to another port");
            assertThatThrownBy(() -> start("MANAGEMENT_PORT", port))
                    .isInstanceOf(StartException.class)
                    .hasMessage(
                            "Port " + port
                                    + " of 127.0.0.1 is in use; stop the process that listens on it, or set MANAGEMENT_PORT to another port");
        }
    }

    @Test
    void anAddressOfAnotherMachineIsNamed() {
        assertThatThrownBy(() -> start("HOST", "192.0.2.1"))
                .isInstanceOf(StartException.class)
                .hasMessage("The environment variable HOST is '192.0.2.1', which is no address of this machine;"
                        + " it accepts one that is: 0.0.0.0, 127.0.0.1, ::");
    }
}
