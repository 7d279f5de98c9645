package dev.kitbridge.adapters.jvm.build;

import dev.kitbridge.adapter.Builder;
import dev.kitbridge.adapter.JavaScriptRuntime;
import dev.kitbridge.server.internal.site.SiteManifest;
import dev.kitbridge.server.internal.site.SitePack;
import dev.kitbridge.server.packed.PackedApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Writes the files that {@link PackedApp} unpacks, and the list of their digests. */
final class PackedFiles {

    private final Builder builder;
    private final JvmOptions options;
    private final Entries out;
    private final List<String> index = new ArrayList<>();

    PackedFiles(Builder builder, JvmOptions options, Entries out) {
        this.builder = builder;
        this.options = options;
        this.out = out;
    }

    /** Writes the runtime and the lowest version that the app runs on. */
    void writeProperties() throws IOException {
        StringBuilder text = new StringBuilder();
        text.append("runtime=")
                .append(options.runtime().name().toLowerCase(Locale.ROOT))
                .append('\n');
        if (options.runtime() == JavaScriptRuntime.NODE) {
            // engines.node in kit's package.json; checked if the machine's own Node runs the app
            boolean kit2 = builder.config().kitVersion().startsWith("2.");
            text.append("runtime.least=").append(kit2 ? "18.13.0" : "22.17.0").append('\n');
        }
        out.write(PackedApp.PROPERTIES, text.toString());
    }

    /**
     * Writes the app's files, the runtimes and the list.
     *
     * @param app the folder with the app's files
     */
    void write(Path app, List<Background<PackedRuntime>> runtimes) throws IOException {
        writeApp(app);
        for (Background<PackedRuntime> runtime : runtimes) writeRuntime(runtime.await());
        String files = String.join("\n", index) + "\n";
        out.write(PackedApp.FILES, Digest.hex(files).substring(0, 32) + "\n" + files);
    }

    private void writeRuntime(PackedRuntime packed) throws IOException {
        Path executable = packed.runtime().executable();
        String folder = "runtime/" + packed.platform() + "/";
        out.store(PackedApp.FOLDER + folder + packed.file().getFileName(), packed.file());
        index.add(packed.digest() + " x " + Files.size(executable) + " " + folder + executable.getFileName());
        builder.log()
                .info("Contains " + packed.runtime().runtime().name().toLowerCase(Locale.ROOT) + " "
                        + packed.runtime().version() + " for " + packed.platform());
    }

    /** Writes the app's files, served ones last: {@link PackedApp} unpacks those into one file. */
    private void writeApp(Path app) throws IOException {
        Set<String> served = SitePack.layout(SiteManifest.read(app)).parts().keySet();
        List<Path> files;
        try (Stream<Path> walk = Files.walk(app)) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        List<String> names = files.stream()
                .map(file -> app.relativize(file).toString().replace('\\', '/'))
                .filter(name -> !served.contains(name))
                .sorted()
                .toList();
        for (String name : names) add(app.resolve(name), Files.isExecutable(app.resolve(name)) ? 'e' : '-', name);
        for (String name : served) add(app.resolve(name), 'p', name);
    }

    private void add(Path file, char kind, String name) throws IOException {
        index.add(Digest.hex(file) + " " + kind + " " + Files.size(file) + " app/" + name);
        out.write(PackedApp.FOLDER + "app/" + name, file);
    }
}
