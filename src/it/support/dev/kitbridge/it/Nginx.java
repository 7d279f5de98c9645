package dev.kitbridge.it;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** An {@code nginx} on a free loopback port, with the configuration of a page of the docs. */
public final class Nginx implements AutoCloseable {

    private final LoopbackServer server;

    private Nginx(LoopbackServer server) {
        this.server = server;
    }

    /** Returns whether tests need it: it is installed, or {@code KITBRIDGE_NGINX} names it. */
    public static boolean isWanted() {
        return program() != null;
    }

    private static String program() {
        String named = System.getenv("KITBRIDGE_NGINX");
        if (named != null) return named;
        String path = System.getenv("PATH") + File.pathSeparator + "/usr/sbin";
        return Stream.of(path.split(File.pathSeparator))
                .map(folder -> Path.of(folder, "nginx"))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElse(null);
    }

    /**
     * Starts nginx and waits until it listens.
     *
     * @param folder for its files
     * @param configuration content of the block {@code http}, with the line {@code listen 80;}
     */
    public static Nginx start(File folder, String configuration) throws IOException, InterruptedException {
        String program = program();
        return new Nginx(LoopbackServer.start(port -> {
            try {
                Path files = Files.createDirectories(folder.toPath());
                StringBuilder temporary = new StringBuilder();
                for (String kind : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
                    temporary.append(kind + "_temp_path " + files.resolve(kind) + ";\n");
                }
                Path file = files.resolve("nginx.conf");
                Files.writeString(
                        file,
                        "daemon off;\nmaster_process off;\nworker_processes 1;\nerror_log stderr;\npid "
                                + files.resolve("nginx.pid") + ";\nevents {}\nhttp {\naccess_log off;\n" + temporary
                                + configuration.replace("listen 80;", "listen 127.0.0.1:" + port + ";") + "\n}\n");
                return List.of(program, "-p", files.toString(), "-e", "stderr", "-c", file.toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
    }

    public String url() {
        return "http://127.0.0.1:" + server.port();
    }

    @Override
    public void close() {
        server.close();
    }
}
