package dev.kitbridge.server.internal.cache;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** SHA-256 in base64url. */
final class Digests {

    private Digests() {}

    /** Returns the first half of the digest. */
    static String of(byte[] content) {
        return encode(Arrays.copyOf(sha256(content), 16));
    }

    /** Returns the whole digest of a text. */
    static String text(String text) {
        return encode(sha256(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String encode(byte[] digest) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
