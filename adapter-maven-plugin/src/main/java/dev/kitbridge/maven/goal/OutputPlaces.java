package dev.kitbridge.maven.goal;

import dev.kitbridge.maven.failure.UserFailure;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Checks the paths of folders that a build creates, before npm and Vite run. */
final class OutputPlaces {

    private OutputPlaces() {}

    /**
     * Checks that a folder exists or can be created.
     *
     * @throws UserFailure if it, or a folder above it, is a file or a link without a target
     */
    static void require(Path folder) {
        for (Path path = folder.toAbsolutePath(); path != null; path = path.getParent()) {
            if (Files.isDirectory(path)) return;
            if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) continue;
            String kind = Files.isSymbolicLink(path) && !Files.exists(path) ? "a link to a missing file" : "a file";
            throw new UserFailure(path + " is " + kind + ", and the build needs a folder there; delete it, or move it");
        }
    }
}
