package dev.kitbridge.adapter;

/** The answer of an adapter to the question whether it supports a feature. */
public sealed interface Support {

    /** The feature works. */
    Support SUPPORTED = new Supported();

    /** The feature does not work; the error that the user sees is worded by the plugin. */
    Support NOT_SUPPORTED = new NotSupported();

    /** The feature does not work, for a reason that the adapter gives: what is wrong, and what to do. */
    static Support refused(String reason) {
        return new Refused(reason);
    }

    /** See {@link #SUPPORTED}. */
    record Supported() implements Support {}

    /** See {@link #NOT_SUPPORTED}. */
    record NotSupported() implements Support {}

    /**
     * See {@link #refused}.
     *
     * @param reason shown to the user as it is
     */
    record Refused(String reason) implements Support {}
}
