package dev.kitbridge.adapter.test;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** A build of a SvelteKit app that was recorded. Each built file is replaced by a short text that contains its path. */
public enum RecordedApp {
    /**
     * An app on SvelteKit 3 with prerendered and other pages, a group of routes, endpoints, a prerendered redirect,
     * instrumentation, and a service worker. Its endpoint {@code /files/[...path]} uses {@code read}.
     */
    KIT_3,

    /** The app of {@link #KIT_3} on SvelteKit 2. */
    KIT_2,

    /**
     * An app on SvelteKit 3 whose pages and endpoint are all prerendered, with the base path {@code /guide}. No route
     * needs a server.
     */
    KIT_3_SITE,

    /** The app of {@link #KIT_3_SITE} on SvelteKit 2. */
    KIT_2_SITE;

    /** Returns the folder of the recording below this class. */
    String resource() {
        return name().toLowerCase(Locale.ROOT).replace("_", "");
    }

    /**
     * Creates a Maven module with this build.
     *
     * @param folder an empty folder
     * @return the module, before an adapter has run
     * @throws IOException if a file cannot be written
     */
    public AdaptedModule in(Path folder) throws IOException {
        return new AdaptedModule(RecordedBuild.unpack(resource(), folder));
    }
}
