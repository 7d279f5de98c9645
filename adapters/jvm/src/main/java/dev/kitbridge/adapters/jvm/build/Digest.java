package dev.kitbridge.adapters.jvm.build;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** SHA-256 of files. */
final class Digest {

    private Digest() {}

    static String hex(Path file) throws IOException {
        return HexFormat.of().formatHex(of(file));
    }

    static String base64(Path file) throws IOException {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(of(file));
    }

    private static byte[] of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[64 * 1024];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) sha.update(buffer, 0, count);
            return sha.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
