package dev.kitbridge.maven;

import dev.kitbridge.adapter.Prerender;
import dev.kitbridge.adapter.RouteDefinition;
import dev.kitbridge.maven.adapters.ConfiguredAdapter;
import dev.kitbridge.maven.adapters.SupportsCheck;
import dev.kitbridge.maven.emulator.Questions;
import dev.kitbridge.maven.services.JavaServices;
import dev.kitbridge.maven.vite.Contribution;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the adapters of a POM answer to kit.
 *
 * @param adapters all of them: each has a say in what is supported
 * @param emulating the one that makes {@code event.platform}, or null
 * @param own the module's own services, or null
 */
record AdapterQuestions(List<ConfiguredAdapter> adapters, @Nullable Contribution emulating, @Nullable JavaServices own)
        implements Questions {

    @Override
    public Map<String, Object> platform(Map<String, Object> config, Prerender prerender) {
        return emulating == null || emulating.emulator() == null
                ? Map.of()
                : emulating.emulator().platform(config, prerender);
    }

    @Override
    public Optional<String> refusal(RouteDefinition route) {
        return SupportsCheck.refusal(adapters, route, "src/routes");
    }

    @Override
    public boolean hasFront() {
        return emulating != null && emulating.front() != null;
    }

    @Override
    public Optional<JavaServices> services() {
        return Optional.ofNullable(own);
    }
}
