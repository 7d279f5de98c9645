package org.example;

import dev.kitbridge.adapter.Adapter;
import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.AdapterFactory;
import dev.kitbridge.adapter.Builder;
import dev.kitbridge.adapter.Supports;
import dev.kitbridge.adapter.ViteConfig;

/** Adapters without options, each of which fails at another step. */
public final class Failing {

    private Failing() {}

    /** No options. */
    public record None() {}

    /** What they have in common; nothing fails yet. */
    abstract static class Named implements AdapterFactory<None>, Adapter {

        @Override
        public String name() {
            return getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
        }

        @Override
        public Class<None> optionsType() {
            return None.class;
        }

        @Override
        public Adapter create(None options) {
            return this;
        }

        @Override
        public void adapt(Builder builder) {}
    }

    /** Fails when it is created. */
    public static final class Early extends Named {
        @Override
        public Adapter create(None options) {
            throw new IllegalStateException("the map is upside down");
        }
    }

    /** Fails when it adapts, by a mistake of its own. */
    public static final class Late extends Named {
        @Override
        public void adapt(Builder builder) {
            throw new IllegalStateException("the crane is stuck", new RuntimeException("rust in the gear"));
        }

        @Override
        public Supports supports() {
            return Supports.EVERYTHING;
        }
    }

    /** Fails when it adapts, and says what to do. */
    public static final class Wordy extends Named {
        @Override
        public void adapt(Builder builder) {
            throw new AdapterException("berth 4 is taken; choose another", new RuntimeException("the list of berths"));
        }

        @Override
        public Supports supports() {
            return Supports.EVERYTHING;
        }
    }

    /** Fails when it is asked for Vite plugins. */
    public static final class Painter extends Named {
        @Override
        public ViteConfig vite() {
            throw new IllegalStateException("out of paint");
        }
    }

    /** Fails when it is asked what it supports. */
    public static final class Judge extends Named {
        @Override
        public Supports supports() {
            throw new IllegalStateException("the court is closed");
        }
    }
}
