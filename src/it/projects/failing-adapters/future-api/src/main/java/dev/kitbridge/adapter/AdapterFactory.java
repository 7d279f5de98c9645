package dev.kitbridge.adapter;

/** The interface of years to come. */
public interface AdapterFactory<O extends Record> {

    String name();

    Class<O> optionsType();

    Adapter create(O options);

    /** New, with a default that no older API has. */
    default int generation() {
        return 99;
    }
}
