package dev.kitbridge.server;

import dev.kitbridge.server.packed.PackedApp;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** An app, packed as adapter-jvm packs it. */
public final class PackedTestApp {

    private PackedTestApp() {}

    /** Returns a class loader with an app. */
    public static ClassLoader loader(Path temp) throws Exception {
        Path classes = temp.resolve("classes");
        write(TestApp.in(temp.resolve("app")).folder(), classes);
        return new URLClassLoader(new URL[] {classes.toUri().toURL()}, PackedTestApp.class.getClassLoader());
    }

    /** Packs an app into a folder of classes. */
    public static void write(Path app, Path classes) throws Exception {
        Path packed = classes.resolve(PackedApp.FOLDER);
        StringBuilder index = new StringBuilder("test-app\n");
        for (Path file : files(app)) {
            byte[] content = Files.readAllBytes(file);
            String name = "app/" + app.relativize(file).toString().replace('\\', '/');
            String digest = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
            char kind = name.startsWith("app/client/") ? 'p' : '-';
            index.append(digest + " " + kind + " " + content.length + " " + name + "\n");
            Path copy = packed.resolve(name);
            Files.createDirectories(copy.getParent());
            Files.write(copy, content);
        }
        Files.writeString(classes.resolve(PackedApp.FILES), index);
        Files.writeString(classes.resolve(PackedApp.PROPERTIES), "runtime=node\n");
    }

    private static List<Path> files(Path app) throws IOException {
        try (Stream<Path> files = Files.walk(app)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
