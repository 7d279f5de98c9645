package dev.kitbridge.server.packed;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The result of {@code lstat}: links are not followed.
 *
 * @param owner user id
 * @param mode type and permissions
 * @param inode identity within the file system
 * @param changed {@code ctime} in nanoseconds: every change of content, name, owner or mode sets it, and no call sets
 *     it to a chosen value
 */
record FileStatus(int owner, int mode, long inode, long changed) {

    /** Whether the system has owners and modes; Windows does not. */
    static final boolean SUPPORTED =
            FileSystems.getDefault().supportedFileAttributeViews().contains("unix");

    private static final int TYPE = 0170000;
    private static final int FOLDER = 0040000;
    private static final int FILE = 0100000;
    private static final int LINK = 0120000;
    private static final int WRITABLE_BY_OTHERS = 0022;

    static FileStatus of(Path file) throws IOException {
        Map<String, Object> values = Files.readAttributes(file, "unix:uid,mode,ino,ctime", LinkOption.NOFOLLOW_LINKS);
        return new FileStatus(
                ((Number) get(values, "uid")).intValue(),
                ((Number) get(values, "mode")).intValue(),
                ((Number) get(values, "ino")).longValue(),
                ((FileTime) get(values, "ctime")).to(TimeUnit.NANOSECONDS));
    }

    private static Object get(Map<String, Object> values, String name) throws IOException {
        Object value = values.get(name);
        if (value == null) throw new IOException("the file system reports no " + name);
        return value;
    }

    boolean isFolder() {
        return (mode & TYPE) == FOLDER;
    }

    boolean isFile() {
        return (mode & TYPE) == FILE;
    }

    boolean isLink() {
        return (mode & TYPE) == LINK;
    }

    boolean isWritableByOthers() {
        return (mode & WRITABLE_BY_OTHERS) != 0;
    }
}
