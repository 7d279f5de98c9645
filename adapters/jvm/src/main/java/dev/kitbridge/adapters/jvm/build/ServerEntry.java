package dev.kitbridge.adapters.jvm.build;

import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.Builder;
import dev.kitbridge.adapter.ViteConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * The app's own server entry. The {@code fetch(request)} of its default export answers requests instead of SvelteKit's
 * server. It can create that server from the modules {@code sveltekit:…}, which SvelteKit's design has for such
 * entries.
 *
 * @param file path relative to the app's folder
 */
record ServerEntry(String file) {

    /** The module with the server manifest, relative to the app's folder. */
    static final String MANIFEST = "server-manifest.js";

    /** The modules that an entry imports, in TypeScript. */
    private static final String TYPES = read("server-entry.d.ts");

    /** The module that replaces SvelteKit's server. */
    private static final String SERVER = read("entered-server.mjs");

    /** Loads the app last, after the worker has removed its own environment variables. */
    private static final String START =
            """
            import { manifest } from './server-manifest.js';
            import { run } from './server/kitbridge-worker.js';

            globalThis[Symbol.for('kitbridge.server-entry')] = { name: '%NAME%' };
            /** @type {any} */
            let instance;
            const server = {
            	async init({ env, read }) {
            		const kit = await import('./server/index.js');
            		if (kit.configure) {
            			instance = await kit.configure({ manifest, env, read });
            			await instance.init();
            		} else {
            			instance = new kit.Server(manifest);
            			await instance.init({ env, read });
            		}
            	},
            	respond: (request, options) => instance.respond(request, options)
            };

            await run(server, new URL('./server/', import.meta.url));
            """;

    /** Adds the entry to the app's server. */
    ViteConfig.Module module() {
        return ViteConfig.Module.resource(
                ServerEntry.class, "server-entry.mjs", Map.of("entry", file, "name", name(), "server", SERVER));
    }

    /** Returns the declarations of the modules that an entry imports. */
    static String types() {
        return TYPES;
    }

    /** Returns the name of the built module, which differs between the adapters of one build. */
    private String name() {
        return "kitbridge-entry-" + file.replaceAll("\\W+", "-");
    }

    /** Writes the manifest with which a worker creates the app's server. */
    void write(Builder builder, Path app) throws IOException {
        if (!Files.exists(app.resolve("server").resolve(name() + ".js"))) {
            throw new AdapterException(
                    "The server build does not hold " + file + ", which this adapter's Vite plugin adds;"
                            + " another plugin in the app's vite.config must have replaced the server build's input");
        }
        Files.writeString(
                app.resolve(MANIFEST), "export const manifest = " + builder.generateManifest("./server", null) + ";\n");
    }

    /** Returns the text of the module that a worker runs. */
    String start() {
        return START.replace("%NAME%", name());
    }

    private static String read(String resource) {
        try (InputStream in = Objects.requireNonNull(ServerEntry.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
