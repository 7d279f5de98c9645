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

/** {@code <ferry>} in {@code <adapters>}: an adapter whose target has no file system. */
public final class FerryFactory implements AdapterFactory<FerryFactory.Options> {

    /**
     * @param ownRequests whether the adapter brings its own {@code getRequest} and {@code setResponse}
     */
    public record Options(boolean ownRequests) {}

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
                List<ViteConfig.Module> before = List.of(module("tide.mjs", "high"));
                List<ViteConfig.Module> after = List.of(module("wind.mjs", "west"));
                return options.ownRequests()
                        ? new ViteConfig(before, after, module("take.mjs", "taken"), module("send.mjs", "sent"))
                        : new ViteConfig(before, after);
            }
        };
    }

    private static ViteConfig.Module module(String name, String word) {
        return ViteConfig.Module.resource(FerryFactory.class, name, Map.of("word", word));
    }
}
