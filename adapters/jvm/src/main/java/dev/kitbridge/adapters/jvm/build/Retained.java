package dev.kitbridge.adapters.jvm.build;

import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.Builder;
import dev.kitbridge.adapter.Downloads;
import dev.kitbridge.server.internal.site.SiteFile;
import dev.kitbridge.server.internal.site.SiteManifest;
import dev.kitbridge.server.packed.PackedApp;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/**
 * The hashed files of earlier releases, so that a page loaded before a deploy still finds its scripts. From each
 * release, only its own files are taken, not those that it retained.
 */
final class Retained {

    /** Folder within the app's folder. */
    private static final String FOLDER = "retained/";

    private static final String APP = PackedApp.FOLDER + "app/";

    private final Builder builder;
    private final Path app;

    Retained(Builder builder, Path app) {
        this.builder = builder;
        this.app = app;
    }

    void add(int releases, Assets assets) throws IOException {
        if (releases == 0) return;
        List<String> found = new ArrayList<>();
        for (Downloads.Release release : builder.previousReleases(releases, "jar", "app")) {
            String folder = FOLDER + release.version() + "/";
            List<SiteFile> own = extract(release, folder, assets);
            assets.addRetained(own, folder);
            found.add(release.version() + " (" + own.size() + (own.size() == 1 ? " file)" : " files)"));
        }
        builder.log()
                .info(
                        found.isEmpty()
                                ? "No earlier release was found, so no files are retained"
                                : "Retained the hashed files of " + String.join(", ", found));
    }

    /** Extracts the hashed files that this release does not have, and returns them. */
    private List<SiteFile> extract(Downloads.Release release, String folder, Assets assets) throws IOException {
        List<SiteFile> own = new ArrayList<>();
        try (JarFile jar = new JarFile(release.file().toFile())) {
            for (SiteFile file : manifest(jar, release).files()) {
                if (!file.immutable() || file.file().startsWith(FOLDER) || assets.has(file)) continue;
                extract(jar, file.file(), folder);
                for (SiteFile.Variant variant : file.variants()) {
                    extract(jar, file.file() + "." + variant.encoding().extension(), folder);
                }
                if (!Digest.base64(app.resolve(folder + file.file())).equals(file.digest())) {
                    throw new AdapterException(release.file() + ": the content of " + file.file()
                            + " differs from the digest in its site.bin; delete the jar from the local repository,"
                            + " so that it is fetched again");
                }
                own.add(file);
            }
        }
        return own;
    }

    private static SiteManifest manifest(JarFile jar, Downloads.Release release) throws IOException {
        @Nullable ZipEntry entry = jar.getEntry(APP + SiteManifest.FILE);
        if (entry == null) {
            throw new AdapterException(release.file() + " does not contain " + APP + SiteManifest.FILE
                    + ", so this adapter did not write it; set <retainReleases>0</retainReleases>");
        }
        try (InputStream in = jar.getInputStream(entry)) {
            return SiteManifest.parse(in.readAllBytes(), release.file() + "!/" + APP + SiteManifest.FILE);
        }
    }

    private void extract(JarFile jar, String name, String folder) throws IOException {
        Path root = app.resolve(folder).normalize();
        Path file = root.resolve(name).normalize();
        @Nullable ZipEntry entry = jar.getEntry(APP + name);
        if (entry == null || !file.startsWith(root)) {
            throw new AdapterException(
                    jar.getName() + " does not contain " + APP + name + ", which its site.bin lists");
        }
        Files.createDirectories(file.getParent());
        try (InputStream in = jar.getInputStream(entry)) {
            Files.copy(in, file);
        }
    }
}
