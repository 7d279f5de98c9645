package dev.kitbridge.adapter.test.tck;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** A server that sends given bytes. It closes the connection after an answer that says so, or that is empty. */
final class ScriptedServer implements AutoCloseable {

    private final ServerSocket socket;
    private final Function<String, String> script;

    /** @param script returns the whole response for the head of a request */
    ScriptedServer(Function<String, String> script) throws IOException {
        this.script = script;
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::accept, "scripted-server");
        thread.setDaemon(true);
        thread.start();
    }

    TckServer asServer() {
        return TckServer.at(URI.create("http://127.0.0.1:" + socket.getLocalPort()));
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                Thread thread = new Thread(() -> serve(client), "scripted-server");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                // closed
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
            OutputStream out = client.getOutputStream();
            while (true) {
                StringBuilder head = new StringBuilder();
                for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                    head.append(line).append('\n');
                }
                if (head.isEmpty()) return;
                String response = script.apply(head.toString());
                out.write(response.getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
                if (response.isEmpty() || response.contains("\r\nconnection: close\r\n")) return;
            }
        } catch (IOException e) {
            // the client has gone
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
