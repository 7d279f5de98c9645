package org.example.quay;

import dev.kitbridge.adapter.Adapter;
import dev.kitbridge.adapter.AdapterFactory;
import dev.kitbridge.adapter.Builder;
import dev.kitbridge.adapter.Emulator;
import dev.kitbridge.adapter.RouteDefinition;
import dev.kitbridge.adapter.Supports;
import dev.kitbridge.adapter.ViteConfig;
import java.util.List;
import java.util.Map;

/** {@code <quay>} in {@code <adapters>}: an adapter for a place that keeps no files. */
public final class QuayFactory implements AdapterFactory<QuayFactory.Options> {

    /** There are none. */
    public record Options() {}

    @Override
    public String name() {
        return "quay";
    }

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public Adapter create(Options options) {
        return new Adapter() {
            @Override
            public String name() {
                return "quay";
            }

            @Override
            public void adapt(Builder builder) {}

            @Override
            public Emulator emulate() {
                return (config, prerender) -> Map.of(
                        "quay", "Java " + Runtime.version().feature(),
                        "berth", String.valueOf(config.get("berth")),
                        "prerender", prerender.name());
            }

            @Override
            public Supports supports() {
                return new Supports() {
                    @Override
                    public Supports.Answer read(RouteDefinition route) {
                        return Supports.Answer.notSupported("there are no files at the quay for " + route.pattern() + " in berth "
                                + route.config().get("berth"));
                    }
                };
            }

            @Override
            public ViteConfig vite() {
                return new ViteConfig(
                        List.of(ViteConfig.Module.resource(QuayFactory.class, "tide.mjs", Map.of("word", "high"))),
                        List.of(ViteConfig.Module.resource(QuayFactory.class, "wind.mjs", Map.of("word", "west"))),
                        ViteConfig.Module.resource(QuayFactory.class, "take.mjs", Map.of("word", "taken")),
                        ViteConfig.Module.resource(QuayFactory.class, "send.mjs", Map.of("word", "sent")));
            }
        };
    }
}
