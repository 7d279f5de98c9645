package dev.kitbridge.maven.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * A file of the client.
 *
 * @param name path below the site's root
 * @param bytes uncompressed size
 * @param gzip size with gzip; -1 if gzip does not make it smaller
 * @param brotli size with Brotli; -1 if no adapter has written that variant
 */
public record ClientFile(String name, long bytes, long gzip, long brotli) {

    /**
     * Lists the built client with the variants that adapters have written.
     *
     * @param outputs folders of adapters
     */
    static List<ClientFile> list(Path client, List<Path> outputs) throws IOException {
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(client)) {
            // .vite holds data that Vite passes from one of its builds to the next
            paths = walk.filter(file -> !client.relativize(file).startsWith(".vite") && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        }
        List<ClientFile> files = new ArrayList<>();
        for (Path path : paths) {
            String name = client.relativize(path).toString().replace('\\', '/');
            long bytes = Files.size(path);
            long gzip = variant(name + ".gz", outputs);
            if (gzip < 0 && isText(name)) gzip = gzip(path);
            files.add(new ClientFile(name, bytes, gzip < bytes ? gzip : -1, variant(name + ".br", outputs)));
        }
        return List.copyOf(files);
    }

    private static long variant(String name, List<Path> outputs) throws IOException {
        for (Path output : outputs) {
            for (Path file :
                    List.of(output.resolve(name), output.resolve("client").resolve(name))) {
                if (Files.isRegularFile(file)) return Files.size(file);
            }
        }
        return -1;
    }

    private static long gzip(Path file) throws IOException {
        long[] size = new long[1];
        try (OutputStream out = new GZIPOutputStream(new OutputStream() {
            @Override
            public void write(int b) {
                size[0]++;
            }

            @Override
            public void write(byte[] b, int offset, int length) {
                size[0] += length;
            }
        })) {
            Files.copy(file, out);
        }
        return size[0];
    }

    private static boolean isText(String name) {
        return name.matches(".*\\.(m?js|css|html|json|svg|txt|xml|webmanifest)");
    }

    boolean isScript() {
        return name.endsWith(".js") || name.endsWith(".mjs");
    }

    long gzipOrRaw() {
        return gzip < 0 ? bytes : gzip;
    }
}
