package dev.kitbridge.adapters.statics;

import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.Builder;
import dev.kitbridge.adapter.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Copies the site into the module's own artifact. In a jar its folder is {@code META-INF/resources}, which Spring Boot,
 * Quarkus and Servlet 3 containers serve. In a WAR it is the root: containers serve {@code META-INF/resources} of the
 * jars in {@code WEB-INF/lib}, but not of {@code WEB-INF/classes} (Servlet 6.0, 4.6).
 */
final class Resources {

    private static final List<String> PACKAGINGS = List.of("jar", "war");

    private Resources() {}

    /** @throws AdapterException if the artifact cannot contain the site */
    static void check(Project project) {
        if (!PACKAGINGS.contains(project.packaging())) {
            throw new AdapterException("<target>resources</target> puts the site into a jar or a WAR, but the"
                    + " module's packaging is " + project.packaging() + "; remove <target> to write a folder");
        }
        if (project.mainArtifact() == null) return;
        throw new AdapterException("<target>resources</target> puts the site into the module's "
                + project.packaging() + ", but " + project.mainArtifact().getFileName()
                + " has already been packaged; bind the goal to an earlier phase:"
                + " <execution><phase>prepare-package</phase><goals><goal>adapt</goal></goals></execution>");
    }

    /**
     * Copies the site to the folder that the artifact is packaged from, and deletes the files of the previous site,
     * whose names have other hashes.
     *
     * @return the root of the copied site
     */
    static Path write(Builder builder, Path site) throws IOException {
        Path resources = folder(builder.project());
        Path list = builder.buildDirectory("resources.txt");
        if (Files.isRegularFile(list)) {
            for (String name : Files.readAllLines(list)) {
                Path old = resources.resolve(name).normalize();
                if (old.startsWith(resources)) Files.deleteIfExists(old);
            }
        }
        // a container serves a WAR at its context path, which is the base
        String base = isWar(builder.project()) ? "" : builder.config().base();
        Path root = base.isEmpty() ? resources : resources.resolve(base.substring(1));
        List<String> files = new ArrayList<>();
        for (Path entry : entries(site)) {
            String name = entry.getFileName().toString();
            List<String> copied = builder.copy(entry, root.resolve(name));
            if (Files.isDirectory(entry)) copied.forEach(file -> files.add(name + "/" + file));
            else files.add(name);
        }
        Files.createDirectories(list.getParent());
        Files.write(
                list,
                files.stream()
                        .map(file -> resources.relativize(root.resolve(file)).toString())
                        .toList());
        return root;
    }

    /** Returns the folder; for a WAR, the one that maven-war-plugin packages, unless its webappDirectory is set. */
    private static Path folder(Project project) {
        return isWar(project)
                ? project.buildDirectory().resolve(project.finalName())
                : project.classesDirectory().resolve("META-INF/resources");
    }

    private static boolean isWar(Project project) {
        return project.packaging().equals("war");
    }

    /**
     * Returns the site's top-level entries. They are copied one by one, since the destination has files of other
     * plugins too.
     */
    private static List<Path> entries(Path site) throws IOException {
        try (Stream<Path> entries = Files.list(site)) {
            return entries.sorted().toList();
        }
    }
}
