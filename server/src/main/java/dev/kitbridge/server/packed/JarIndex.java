package dev.kitbridge.server.packed;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The files of the jar that are unpacked, with their digests. Read once, so that replacing the jar at run time does not
 * change the expected digests.
 *
 * @param jar class loader of the content
 * @param name name of the app's folder, which changes with its content
 * @param app the app's files, by the files that they are unpacked to
 * @param runtime the runtime for this platform, or null
 */
record JarIndex(ClassLoader jar, String name, Map<String, List<PackedFile>> app, @Nullable PackedFile runtime) {

    static JarIndex read(ClassLoader jar, String platform) throws IOException {
        Map<String, List<PackedFile>> app = new LinkedHashMap<>();
        @Nullable PackedFile runtime = null;
        String own = "runtime/" + platform + "/";
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(open(jar, PackedApp.FILES), StandardCharsets.UTF_8))) {
            String name = String.valueOf(lines.readLine());
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                PackedFile file = PackedFile.of(line);
                if (file.name().startsWith("app/")) {
                    app.computeIfAbsent(file.file(), key -> new ArrayList<>(1)).add(file);
                } else if (file.name().startsWith(own)) {
                    runtime = file;
                }
            }
            return new JarIndex(jar, name, app, runtime);
        }
    }

    InputStream content(PackedFile file) throws IOException {
        return file.kind() == 'x'
                ? new GZIPInputStream(open(jar, PackedApp.FOLDER + file.name() + ".gz"), 1 << 16)
                : open(jar, PackedApp.FOLDER + file.name());
    }

    private static InputStream open(ClassLoader jar, String name) throws IOException {
        InputStream in = jar.getResourceAsStream(name);
        if (in == null) throw new IOException("the jar contains no " + name);
        return in;
    }
}
