package dev.kitbridge.adapters.statics;

import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.Builder;
import dev.kitbridge.adapter.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The site among the resources of the module's own jar, from where Spring Boot, Quarkus and Servlet 3 containers serve
 * it.
 */
final class Resources {

    private static final String ROOT = "META-INF/resources";

    private Resources() {}

    /** @throws AdapterException if the jar has been made, and would not hold the site */
    static void check(Project project) {
        if (project.mainArtifact() == null) return;
        throw new AdapterException("<target>resources</target> puts the site into the module's "
                + project.packaging() + ", but " + project.mainArtifact().getFileName()
                + " has already been made; bind the goal to an earlier phase:"
                + " <execution><phase>prepare-package</phase><goals><goal>adapt</goal></goals></execution>");
    }

    /**
     * Copies the site to where the jar takes its content from, and removes files of the previous site: they have other
     * hashes in their names.
     *
     * @return where the site is now
     */
    static Path write(Builder builder, Path site) throws IOException {
        Path resources = builder.project().classesDirectory().resolve(ROOT);
        Path list = builder.buildDirectory("resources.txt");
        if (Files.isRegularFile(list)) {
            for (String name : Files.readAllLines(list)) {
                Path old = resources.resolve(name).normalize();
                if (old.startsWith(resources)) Files.deleteIfExists(old);
            }
        }
        String base = builder.config().base();
        Path root = base.isEmpty() ? resources : resources.resolve(base.substring(1));
        List<String> files = builder.copy(site, root);
        Files.createDirectories(list.getParent());
        Files.write(
                list,
                files.stream()
                        .map(file -> resources.relativize(root.resolve(file)).toString())
                        .toList());
        return root;
    }
}
