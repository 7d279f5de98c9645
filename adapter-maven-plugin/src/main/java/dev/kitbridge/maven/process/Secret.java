package dev.kitbridge.maven.process;

import java.security.SecureRandom;
import java.util.HexFormat;

/** What two processes know and nobody else does. */
public final class Secret {

    private Secret() {}

    /** A new one: 64 hexadecimal digits. */
    public static String random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
