package dev.kitbridge.maven.vite;

import dev.kitbridge.adapter.Emulator;
import dev.kitbridge.adapter.Front;
import dev.kitbridge.adapter.ViteConfig;
import dev.kitbridge.maven.json.Jackson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An adapter's contribution to the app's Vite: its plugins and its emulator.
 *
 * @param id the adapter's id
 * @param vite plugins and functions for the app's Vite
 * @param emulator creates {@code event.platform} outside production, or null
 * @param identity identifies the emulator: a digest of the adapter's jar, and its options
 */
public record Contribution(String id, ViteConfig vite, @Nullable Emulator emulator, String identity) {

    /** Returns the adapter's HTTP server, or null. */
    public @Nullable Front front() {
        return emulator == null ? null : emulator.front();
    }

    /** Returns the plugins and functions as a text that is the same in every JVM. */
    public String text() {
        return Jackson.sorted(vite);
    }

    /** Returns the first contribution with an emulator, which creates {@code event.platform}; null if none has one. */
    public static @Nullable Contribution emulating(List<Contribution> contributions) {
        return contributions.stream()
                .filter(contribution -> contribution.emulator() != null)
                .findFirst()
                .orElse(null);
    }
}
