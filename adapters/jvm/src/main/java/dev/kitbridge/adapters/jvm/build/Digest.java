package dev.kitbridge.adapters.jvm.build;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/** SHA-256 and checksums of files. */
final class Digest {

    private Digest() {}

    /**
     * Returns the size and the CRC-32C of a file. They show that a file changed or is damaged, and take a hundredth of
     * the time of SHA-256 in a Java that has just started. They are no protection against an attacker.
     */
    static String checksum(Path file) throws IOException {
        CRC32C checksum = new CRC32C();
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
        try (FileChannel channel = FileChannel.open(file)) {
            while (channel.read(buffer.clear()) >= 0) checksum.update(buffer.flip());
        }
        return Files.size(file) + " " + Long.toHexString(checksum.getValue());
    }

    static String hex(Path file) throws IOException {
        return HexFormat.of().formatHex(of(file));
    }

    static String hex(InputStream in) throws IOException {
        return HexFormat.of().formatHex(of(in));
    }

    static String base64(Path file) throws IOException {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(of(file));
    }

    static String hex(String text) {
        return HexFormat.of().formatHex(sha().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return of(in);
        }
    }

    private static byte[] of(InputStream in) throws IOException {
        MessageDigest sha = sha();
        byte[] buffer = new byte[64 * 1024];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) sha.update(buffer, 0, count);
        return sha.digest();
    }

    private static MessageDigest sha() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
