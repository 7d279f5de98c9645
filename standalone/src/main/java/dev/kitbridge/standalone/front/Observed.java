package dev.kitbridge.standalone.front;

import dev.kitbridge.server.Response.Source;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** What the handler knows of a request and the logs want to know. Exists only where there are logs. */
public final class Observed {

    private static final String ATTRIBUTE = Observed.class.getName();

    /** The status that nginx gives to a request whose client went away. */
    private static final int GONE = 499;

    private final String client;

    private volatile Source source = Source.SERVER;
    private volatile boolean gone;

    private Observed(String client) {
        this.client = client;
    }

    /** Begins to observe. */
    static Observed begin(Request request, String client) {
        Observed observed = new Observed(client);
        request.setAttribute(ATTRIBUTE, observed);
        return observed;
    }

    /** Null for a request that Jetty itself refused. */
    public static @Nullable Observed of(Request request) {
        return request.getAttribute(ATTRIBUTE) instanceof Observed observed ? observed : null;
    }

    /** Who answered, in lower case. */
    public static String source(Request request) {
        Observed observed = of(request);
        Source source = observed == null ? Source.SERVER : observed.source;
        return switch (source) {
            case ASSET -> "asset";
            case WORKER -> "worker";
            case SERVER -> "server";
        };
    }

    /** The status that was answered, or would have been. */
    public static int status(Request request, int answered) {
        Observed observed = of(request);
        return observed != null && observed.gone ? GONE : answered;
    }

    void answeredBy(Source answering) {
        source = answering;
    }

    void clientGone() {
        gone = true;
    }

    /** The client's address, as far as headers are believed. */
    public String client() {
        return client;
    }
}
