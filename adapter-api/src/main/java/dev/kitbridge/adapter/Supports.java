package dev.kitbridge.adapter;

import org.jspecify.annotations.Nullable;

/**
 * The optional features of SvelteKit that work where an adapter deploys to. In kit: {@code supports}.
 *
 * <p>The plugin asks only for the features that the app uses, at build time. It fails the build if the answer is no.
 */
public interface Supports {

    /** Supports no feature: kit's assumption for an adapter without {@code supports}. */
    Supports NOTHING = new Supports() {};

    /** Supports every feature. */
    Supports EVERYTHING = new Supports() {
        @Override
        public Answer read(RouteDefinition route) {
            return Answer.SUPPORTED;
        }

        @Override
        public Answer instrumentation() {
            return Answer.SUPPORTED;
        }
    };

    /**
     * Returns whether {@code read} from {@code $app/server} works in a route. In kit: {@code supports.read}.
     *
     * @param route a route that uses {@code read} and is not prerendered
     * @return by default {@link Answer#NOT_SUPPORTED}
     */
    default Answer read(RouteDefinition route) {
        return Answer.NOT_SUPPORTED;
    }

    /**
     * Returns whether {@code instrumentation.server.js} runs before the app's own code. In kit:
     * {@code supports.instrumentation}.
     *
     * @return by default {@link Answer#NOT_SUPPORTED}
     */
    default Answer instrumentation() {
        return Answer.NOT_SUPPORTED;
    }

    /**
     * Returns whether the rule of a route for keeping its rendered pages works: its {@code config.cache} or
     * {@code config.isr}. Kit has no such feature.
     *
     * @param route a route that has such a rule
     * @return by default null: the adapter ignores the rule
     */
    default @Nullable Answer pageCache(RouteDefinition route) {
        return null;
    }

    /**
     * Whether a feature is supported. In kit: a boolean, or an exception with the reason.
     *
     * @param supported whether the feature works
     * @param reason the reason why it does not work, and what to do; null if the plugin's own message suffices
     */
    record Answer(boolean supported, @Nullable String reason) {

        /** The feature works. */
        public static final Answer SUPPORTED = new Answer(true, null);

        /** The feature does not work; the plugin writes the error message. */
        public static final Answer NOT_SUPPORTED = new Answer(false, null);

        /**
         * Returns the answer of an adapter that explains itself why a feature does not work.
         *
         * @param reason why it does not work, and what to do; shown to the user unchanged
         * @return an answer with that reason
         */
        public static Answer notSupported(String reason) {
            return new Answer(false, reason);
        }
    }
}
