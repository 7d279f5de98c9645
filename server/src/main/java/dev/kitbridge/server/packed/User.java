package dev.kitbridge.server.packed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The user of this process; checks whether other users could have written a file.
 *
 * @param id effective user id
 */
record User(int id) {

    private static final int ROOT = 0;

    private static final Path STATUS = Path.of("/proc/self/status");

    /** Returns this process's user. Call it only if {@link FileStatus#SUPPORTED}. */
    static User current() throws IOException {
        if (Files.isReadable(STATUS)) {
            List<String> lines = Files.readAllLines(STATUS);
            for (String line : lines) {
                // real, effective, saved and file system's
                if (line.startsWith("Uid:")) return new User(Integer.parseInt(line.split("\t")[2]));
            }
        }
        Path probe = Files.createTempFile("kitbridge", "");
        try {
            return new User(FileStatus.of(probe).owner());
        } finally {
            Files.delete(probe);
        }
    }

    /**
     * Returns the reason why another user, root excepted, may have written to a file or folder; null if none may have.
     */
    @Nullable
    String objection(FileStatus status) {
        if (isForeign(status)) {
            return "it belongs to the user with id " + status.owner() + ", and this process runs as " + id;
        }
        return status.isWritableByOthers() ? "other users may write to it" : null;
    }

    private boolean isForeign(FileStatus status) {
        return status.owner() != id && status.owner() != ROOT;
    }

    /**
     * Rejects a path that another user could redirect with a symbolic link. Links of root, {@code /var/run} for
     * example, are part of the system; the last name must be no link at all.
     *
     * @throws IOException naming the link
     */
    void checkLinks(Path folder) throws IOException {
        for (Path path = folder; path != null; path = path.getParent()) {
            if (!Files.isSymbolicLink(path)) continue;
            FileStatus link = FileStatus.of(path);
            if (path.equals(folder)) throw new IOException("it is a symbolic link; expected a folder");
            if (isForeign(link)) {
                throw new IOException("the symbolic link " + path + " on the way belongs to the user with id "
                        + link.owner() + ", and this process runs as " + id);
            }
        }
    }
}
