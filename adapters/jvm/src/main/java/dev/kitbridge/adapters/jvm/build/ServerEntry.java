package dev.kitbridge.adapters.jvm.build;

import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.Builder;
import dev.kitbridge.adapter.ViteConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The app's own server entry. The {@code fetch(request)} of its default export answers requests instead of SvelteKit's
 * server. It can create that server from the modules {@code sveltekit:…}, which SvelteKit's design has for such
 * entries.
 *
 * @param file path relative to the app's folder
 */
record ServerEntry(String file) {

    private static final List<String> MODULES =
            List.of("sveltekit:env", "sveltekit:server", "sveltekit:server-manifest");

    /** The module with the server manifest, relative to the app's folder. */
    static final String MANIFEST = "sveltekit/server-manifest.js";

    /** The module with the app's environment variables. */
    private static final String ENV =
            """
            import process from 'node:process';

            export const env = process.env;
            """;

    /**
     * The module with SvelteKit's server. It reads built files from the server output, unless the entry passes its own
     * {@code read}.
     */
    private static final String SERVER =
            """
            import { createReadStream } from 'node:fs';
            import process from 'node:process';
            import { Readable } from 'node:stream';
            import { fileURLToPath } from 'node:url';
            import * as kit from '../server/index.js';

            const folder = fileURLToPath(new URL('../server/', import.meta.url));

            /** @param {string} file */
            const read_file = (file) => Readable.toWeb(createReadStream(folder + file));

            export class Server {
            	#server;

            	/** @param {any} manifest */
            	constructor(manifest) {
            		// SvelteKit 3 deprecates its own class
            		this.#server = kit.create_server?.(manifest) ?? new kit.Server(manifest);
            	}

            	/** @param {{ env?: any, read?: any }} options */
            	init({ env = process.env, read = read_file } = {}) {
            		return this.#server.init({ env, read });
            	}

            	/** @param {Request} request @param {any} options */
            	respond(request, options) {
            		return this.#server.respond(request, options);
            	}
            }
            """;

    /** Loads the entry last, after the worker has removed its own environment variables. */
    private static final String START =
            """
            import { run } from './server/kitbridge-worker.js';

            /** @type {any} */
            let entry;
            const server = {
            	async init() {
            		entry = (await import('./server/%NAME%.js')).default;
            		if (typeof entry?.fetch !== 'function') {
            			throw new Error('The default export of %FILE% has no method fetch(request), which <serverEntry> needs');
            		}
            	},
            	async respond(request, options) {
            		const response = await entry.fetch(request, options);
            		if (!response?.headers) throw new Error('fetch(request) of %FILE% should return a Response, but returned ' + response);
            		return response;
            	}
            };

            await run(server, new URL('./server/', import.meta.url));
            """;

    /** Adds the entry to the server build. */
    ViteConfig.Module module() {
        return ViteConfig.Module.resource(
                ServerEntry.class, "server-entry.mjs", Map.of("entry", file, "name", name(), "modules", MODULES));
    }

    /** Returns the name of the built module, which differs between the adapters of one build. */
    private String name() {
        return "kitbridge-entry-" + file.replaceAll("\\W+", "-");
    }

    /** Writes the modules that the built entry imports. */
    void write(Builder builder, Path app) throws IOException {
        if (!Files.exists(app.resolve("server").resolve(name() + ".js"))) {
            throw new AdapterException(
                    "The server build does not hold " + file + ", which this adapter's Vite plugin adds;"
                            + " another plugin in the app's vite.config must have replaced the server build's input");
        }
        Path modules = Files.createDirectories(app.resolve("sveltekit"));
        Files.writeString(modules.resolve("env.js"), ENV);
        Files.writeString(modules.resolve("server.js"), SERVER);
        Files.writeString(
                app.resolve(MANIFEST),
                "export const manifest = " + builder.generateManifest("../server", null) + ";\n");
    }

    /** Returns {@code imports} for package.json, which resolves {@code #sveltekit/env}. */
    static String imports() {
        return "{\"#sveltekit/*\":\"./sveltekit/*.js\"}";
    }

    /** Returns the text of the module that a worker runs. */
    String start() {
        return START.replace("%NAME%", name())
                .replace("%FILE%", file.replace("\\", "/").replace("'", "\\'"));
    }
}
