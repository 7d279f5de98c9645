package org.example.ferry;

import dev.kitbridge.adapter.Adapter;
import dev.kitbridge.adapter.AdapterFactory;
import dev.kitbridge.adapter.Builder;
import dev.kitbridge.adapter.Emulator;
import dev.kitbridge.adapter.RouteDefinition;
import dev.kitbridge.adapter.Supports;
import dev.kitbridge.adapter.ViteConfig;
import java.util.List;
import java.util.Map;

/** {@code <ferry>} in {@code <adapters>}: an adapter for a place that keeps no files. */
public final class FerryFactory implements AdapterFactory<FerryFactory.Options> {

    /** There are none. */
    public record Options() {}

    @Override
    public String name() {
        return "ferry";
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
                return "ferry";
            }

            @Override
            public void adapt(Builder builder) {}

            @Override
            public Emulator emulate() {
                return (config, prerender) -> Map.of(
                        "ferry", "Java " + Runtime.version().feature(),
                        "berth", String.valueOf(config.get("berth")),
                        "prerender", prerender.name());
            }

            @Override
            public Supports supports() {
                return new Supports() {
                    @Override
                    public Supports.Answer read(RouteDefinition route) {
                        return Supports.Answer.notSupported("there are no files at the ferry for " + route.pattern() + " in berth "
                                + route.config().get("berth"));
                    }
                };
            }

            @Override
            public ViteConfig vite() {
                return new ViteConfig(
                        List.of(ViteConfig.Module.resource(FerryFactory.class, "tide.mjs", Map.of("word", "high"))),
                        List.of(ViteConfig.Module.resource(FerryFactory.class, "wind.mjs", Map.of("word", "west"))));
            }
        };
    }
}
