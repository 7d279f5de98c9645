package dev.kitbridge.maven.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** A digest over named values, independent of the order in which they were added. */
public final class Fingerprint {

    private static final int BUFFER = 1 << 16;

    private final Map<String, String> values = new TreeMap<>();

    /** Adds a value; the last one under a name counts. */
    public Fingerprint add(String name, String value) {
        values.put(name, value);
        return this;
    }

    /** Adds values under a common prefix. */
    public Fingerprint addAll(String prefix, Map<String, String> more) {
        more.forEach((name, value) -> values.put(prefix + name, value));
        return this;
    }

    /** SHA-256, in hexadecimal digits. */
    public String digest() {
        StringBuilder text = new StringBuilder();
        values.forEach((name, value) -> text.append(name.length())
                .append(' ')
                .append(name)
                .append(value.length())
                .append(' ')
                .append(value)
                .append('\n'));
        return sha256(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** SHA-256 of bytes, in hexadecimal digits. */
    public static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    /** SHA-256 of a file of any size, in hexadecimal digits. */
    public static String sha256(Path file) throws IOException {
        if (Files.size(file) <= BUFFER) return sha256(Files.readAllBytes(file));
        MessageDigest digest = sha256();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[BUFFER];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) digest.update(buffer, 0, count);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
