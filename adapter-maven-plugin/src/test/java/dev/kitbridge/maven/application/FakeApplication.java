package dev.kitbridge.maven.application;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** An application as the starter runs it: answers with the content of a file that it has read at its start. */
public final class FakeApplication {

    private FakeApplication() {}

    /** @param arguments the file; the application fails if it is empty */
    public static void main(String[] arguments) throws IOException {
        String text = Files.readString(Path.of(arguments[0]));
        System.out.println("\u001eApplication wants http 0 127.0.0.1");
        if (text.isEmpty()) throw new IllegalStateException("the file is empty & <small>");
        System.err.println(System.getProperty("kitbridge.dev.vite") + " "
                + System.getenv("KITBRIDGE_DEV_SECRET").length());
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] answer = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        System.out.println("\u001eApplication listens on " + server.getAddress().getPort());
    }
}
