package dev.kitbridge.maven.process;

import java.security.SecureRandom;
import java.util.HexFormat;

/** A secret shared by two processes. */
public final class Secret {

    private Secret() {}

    /** Returns a new secret: 64 hexadecimal digits. */
    public static String random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
