package dev.kitbridge.adapter;

/**
 * Which optional features of SvelteKit work where the adapter deploys to. Asked at build time for what the app really
 * uses (kit's {@code supports}).
 */
public interface Supports {

    /** Supports nothing, which is what kit assumes of an adapter that does not say. */
    Supports NOTHING = new Supports() {};

    /** Supports everything. */
    Supports EVERYTHING = new Supports() {
        @Override
        public Support read(RouteDefinition route) {
            return Support.SUPPORTED;
        }

        @Override
        public Support instrumentation() {
            return Support.SUPPORTED;
        }
    };

    /**
     * Whether {@code read} from {@code $app/server} works in a route.
     *
     * @param route a route that uses {@code read} and is not prerendered, with its merged {@code config}
     */
    default Support read(RouteDefinition route) {
        return Support.NOT_SUPPORTED;
    }

    /** Whether {@code instrumentation.server.js} runs before the app's own code. */
    default Support instrumentation() {
        return Support.NOT_SUPPORTED;
    }
}
