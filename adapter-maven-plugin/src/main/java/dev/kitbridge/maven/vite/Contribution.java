package dev.kitbridge.maven.vite;

import dev.kitbridge.adapter.Emulator;
import dev.kitbridge.adapter.Front;
import dev.kitbridge.adapter.ViteConfig;
import dev.kitbridge.maven.json.Jackson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an adapter has to do with the app's Vite build.
 *
 * @param id the adapter's id
 * @param vite what it adds
 * @param emulator makes {@code event.platform} for prerendered pages, or null
 * @param identity tells one emulator from another: the adapter's jar and options
 */
public record Contribution(String id, ViteConfig vite, @Nullable Emulator emulator, String identity) {

    /** The adapter's HTTP server, or null. */
    public @Nullable Front front() {
        return emulator == null ? null : emulator.front();
    }

    /** What it adds, the same in every JVM. */
    public String text() {
        return Jackson.sorted(vite);
    }

    /** One build can have one platform: that of the first adapter that makes one. */
    public static @Nullable Contribution emulating(List<Contribution> contributions) {
        return contributions.stream()
                .filter(contribution -> contribution.emulator() != null)
                .findFirst()
                .orElse(null);
    }
}
