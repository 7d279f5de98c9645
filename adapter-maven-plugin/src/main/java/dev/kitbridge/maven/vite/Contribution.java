package dev.kitbridge.maven.vite;

import dev.kitbridge.adapter.Emulator;
import dev.kitbridge.adapter.Front;
import dev.kitbridge.adapter.ViteConfig;
import dev.kitbridge.maven.json.Jackson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An adapter's contribution to the app's Vite: its plugins and its emulator.
 *
 * @param id the adapter's id
 * @param vite plugins and functions for the app's Vite
 * @param emulator creates {@code event.platform} outside production, or null
 * @param identity identifies the emulator: a digest of the adapter's jar, and its options
 * @param script the adapter in JavaScript that runs in the build, or null
 */
public record Contribution(
        String id, ViteConfig vite, @Nullable Emulator emulator, String identity, @Nullable InstalledAdapter script) {

    /** Creates a contribution without an adapter in JavaScript. */
    public Contribution(String id, ViteConfig vite, @Nullable Emulator emulator, String identity) {
        this(id, vite, emulator, identity, null);
    }

    /** Returns this contribution with an adapter in JavaScript. */
    public Contribution with(InstalledAdapter installed) {
        return new Contribution(id, vite, emulator, identity, installed);
    }

    /** Returns the adapter's HTTP server, or null. */
    public @Nullable Front front() {
        return emulator == null ? null : emulator.front();
    }

    /** Returns the plugins and functions as a text that is the same in every JVM. */
    public String text() {
        return Jackson.sorted(vite);
    }

    /** Returns the adapters in JavaScript in the form that {@code adapters.mjs} reads. */
    public static List<Map<String, Object>> scripts(List<Contribution> contributions) {
        List<Map<String, Object>> scripts = new ArrayList<>();
        boolean emulates = true;
        for (Contribution contribution : contributions) {
            InstalledAdapter script = contribution.script();
            if (script != null) {
                Map<String, Object> entry = new LinkedHashMap<>();
                entry.put("id", contribution.id());
                entry.put("name", script.asked().packageName());
                entry.put("version", script.version());
                entry.put("path", script.entry().toString());
                entry.put("options", script.asked().options());
                entry.put("emulates", emulates);
                scripts.add(entry);
            }
            emulates &= contribution.emulator() == null;
        }
        return scripts;
    }

    /** Returns the first contribution with an emulator, which creates {@code event.platform}; null if none has one. */
    public static @Nullable Contribution emulating(List<Contribution> contributions) {
        return contributions.stream()
                .filter(contribution -> contribution.emulator() != null)
                .findFirst()
                .orElse(null);
    }
}
