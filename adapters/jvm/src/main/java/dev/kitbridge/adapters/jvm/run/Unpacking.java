package dev.kitbridge.adapters.jvm.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Unpacks the jar's files into a private folder that is named by their content. */
final class Unpacking {

    /**
     * A file of the jar.
     *
     * @param digest SHA-256, hexadecimal
     * @param executable whether it is a program
     * @param size in bytes
     * @param name its entry
     */
    record Entry(String digest, boolean executable, long size, String name) {

        static Entry of(String line) {
            String[] parts = line.split(" ", 4);
            return new Entry(parts[0], parts[1].equals("x"), Long.parseLong(parts[2]), parts[3]);
        }
    }

    private Unpacking() {}

    /** @return the folder that holds {@code app} */
    static Path unpack(Path cache) throws IOException {
        List<Entry> entries = new ArrayList<>();
        MessageDigest all = sha();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(open("META-INF/kitbridge/files"), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                all.update(line.getBytes(StandardCharsets.UTF_8));
                entries.add(Entry.of(line));
            }
        }
        Path folder = cache.resolve(HexFormat.of().formatHex(all.digest(), 0, 16));
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        for (Entry entry : entries) {
            Path file = folder.resolve(entry.name());
            if (Files.isRegularFile(file)
                    && Files.size(file) == entry.size()
                    && digest(file).equals(entry.digest())) {
                continue;
            }
            write(entry, file);
        }
        return folder;
    }

    private static void write(Entry entry, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Path part = Files.createTempFile(file.getParent(), ".part", "");
        try (InputStream in = open(entry.name())) {
            Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
        }
        if (entry.executable()) Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rwx------"));
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String digest(Path file) throws IOException {
        MessageDigest sha = sha();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), sha)) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(sha.digest());
    }

    private static MessageDigest sha() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static InputStream open(String name) throws IOException {
        InputStream in = Unpacking.class.getClassLoader().getResourceAsStream(name);
        if (in == null) throw new IOException("the jar holds no " + name);
        return in;
    }
}
