package dev.kitbridge.server.packed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks the jar's files into folders that are named by their content, and checks existing files: at each start of the
 * server and of a worker, since a cache may be deleted, copied or damaged at any time.
 *
 * <p>The digests in the jar decide. Computing them takes a tenth of a second or more. Therefore a stamp in the folder
 * records the inodes and ctimes of the files whose digests were right. The stamp is as safe as the folder: owner, mode
 * and links are checked on each way to a file, so that only this user and root can have written any of it, and both
 * could replace the jar as well. Within one user's files a change that the stamp misses would need the same inode and
 * {@code ctime}, which no call sets. Files whose inode or {@code ctime} differs, as in a copied folder, are digested
 * again.
 */
final class Unpacking {

    static final FileAttribute<?>[] PRIVATE = FileStatus.SUPPORTED
            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
            }
            : new FileAttribute<?>[0];

    private final JarIndex index;
    private final Path cache;
    private final @Nullable User user;

    /**
     * @param cache a folder for this user alone
     * @param user null on a system that has no owners of files
     */
    Unpacking(JarIndex index, Path cache, @Nullable User user) {
        this.index = index;
        this.cache = cache;
        this.user = user;
    }

    /**
     * Unpacks missing and damaged files.
     *
     * @throws IOException if the disk is full, another user may write to the folder, or the runtime cannot be executed
     */
    synchronized Unpacked unpack() throws IOException {
        boolean readOnly = makePrivate();
        Path folder = cache.resolve(index.name());
        check(new UnpackedFolder(folder, user, readOnly), index.app());
        PackedFile runtime = index.runtime();
        if (runtime == null) return new Unpacked(folder.resolve("app"), null, this::unpack);
        Path programs = cache.resolve(runtime.digest().substring(0, 32));
        check(new UnpackedFolder(programs, user, readOnly), Map.of(runtime.file(), List.of(runtime)));
        Path program = programs.resolve(runtime.name());
        if (!Files.isExecutable(program)) {
            Mount mount = Mount.of(program);
            throw new IOException(
                    mount != null && mount.isNoexec()
                            ? "programs cannot run there: " + mount.point() + " is mounted noexec"
                            : program + " is not executable; delete it");
        }
        return new Unpacked(folder.resolve("app"), program, this::unpack);
    }

    /** Returns whether the folder belongs to another user on a read-only file system. */
    private boolean makePrivate() throws IOException {
        if (user == null) {
            Files.createDirectories(cache);
            return false;
        }
        user.checkLinks(cache);
        if (!Files.exists(cache)) Files.createDirectories(cache, PRIVATE);
        FileStatus status = FileStatus.of(cache);
        if (!status.isFolder()) throw new IOException("it is a file; expected a folder");
        String objection = user.objection(status);
        if (objection == null) return false;
        Mount mount = Mount.of(cache);
        if (mount != null && mount.isReadOnly()) return true;
        throw new IOException(objection + "; expected a folder of this user, that no other user can write to");
    }

    private void check(UnpackedFolder folder, Map<String, List<PackedFile>> files) throws IOException {
        if (folder.isUnchanged(files.keySet())) return;
        Map<String, List<PackedFile>> wrong = new LinkedHashMap<>();
        for (Map.Entry<String, List<PackedFile>> file : files.entrySet()) {
            if (!folder.holds(file.getKey(), file.getValue())) wrong.put(file.getKey(), file.getValue());
        }
        for (Map.Entry<String, List<PackedFile>> file : wrong.entrySet()) {
            folder.write(file.getKey(), file.getValue(), index);
        }
        folder.checkOtherFiles(files.keySet());
        folder.stamp(files.keySet());
    }
}
