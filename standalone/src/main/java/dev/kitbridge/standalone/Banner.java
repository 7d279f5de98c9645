package dev.kitbridge.standalone;

import dev.kitbridge.server.Init;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lines that the process prints when it listens. Scripts wait for the beginning, {@code Listening on}.
 *
 * @param address where it listens
 * @param title name and version of the app; empty if they are not known
 * @param base path that the app is served at; empty for the root
 * @param kit version of SvelteKit
 * @param runtime the runtime of the workers
 * @param workers the number of workers
 * @param services names of Java services
 * @param management address of the management server, or null
 * @param start since the beginning of {@code main}
 */
record Banner(
        String address,
        String title,
        String base,
        String kit,
        Init.JavaScript runtime,
        int workers,
        List<String> services,
        @Nullable String management,
        Duration start) {

    private static final List<String> ANY = List.of("0.0.0.0", "[::]", "[0:0:0:0:0:0:0:0]");

    /** Returns at most five lines. */
    String text() {
        List<String> lines = new ArrayList<>();
        lines.add("Listening on " + shown(address));
        lines.add("  " + (title.isEmpty() ? "Started" : title + ", started") + " in " + start.toMillis() + " ms");
        lines.add("  SvelteKit " + kit + (base.isEmpty() ? "" : " at " + base) + ", "
                + (runtime == Init.JavaScript.BUN ? "Bun" : "Node") + ", " + workers
                + (workers == 1 ? " worker" : " workers") + ", Java " + Runtime.version());
        if (!services.isEmpty()) lines.add("  Services: " + String.join(", ", services));
        if (management != null) lines.add("Management on " + management);
        return String.join(System.lineSeparator(), lines);
    }

    /** Returns an address that a browser can open, which 0.0.0.0 is not. */
    private static String shown(String address) {
        int host = address.indexOf("://") + 3;
        for (String any : ANY) {
            if (!address.startsWith(any + ":", host)) continue;
            return address.substring(0, host) + "localhost" + address.substring(host + any.length()) + " (" + any + ")";
        }
        return address;
    }
}
