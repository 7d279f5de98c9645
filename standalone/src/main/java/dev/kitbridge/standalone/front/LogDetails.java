package dev.kitbridge.standalone.front;

import dev.kitbridge.server.Response;
import dev.kitbridge.server.Response.Source;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Details of a request for the access log and the metrics, as an attribute of the request. */
public final class LogDetails {

    private static final String ATTRIBUTE = LogDetails.class.getName();

    /** nginx's status of a request whose client has disconnected. */
    private static final int GONE = 499;

    private final String client;

    private volatile Source source = Source.SERVER;
    private volatile @Nullable String cache;
    private volatile boolean gone;

    private LogDetails(String client) {
        this.client = client;
    }

    /** Adds the details to a request. */
    static LogDetails begin(Request request, String client) {
        LogDetails details = new LogDetails(client);
        request.setAttribute(ATTRIBUTE, details);
        return details;
    }

    /** Returns the details; null for a request that Jetty rejected, and without a log. */
    public static @Nullable LogDetails of(Request request) {
        return request.getAttribute(ATTRIBUTE) instanceof LogDetails details ? details : null;
    }

    /** Returns the source of the response, in lower case. */
    public static String source(Request request) {
        LogDetails details = of(request);
        Source source = details == null ? Source.SERVER : details.source;
        return switch (source) {
            case ASSET -> "asset";
            case CACHE -> "cache";
            case WORKER -> "worker";
            case SERVER -> "server";
        };
    }

    /** Returns the status of the response; 499 if the client disconnected before it. */
    public static int status(Request request, int answered) {
        LogDetails details = of(request);
        return details != null && details.gone ? GONE : answered;
    }

    void answeredBy(Response response) {
        source = response.source();
        String state = response.headers().first("cache-status");
        // another cache's state comes first if the app has asked one
        int own = state == null ? -1 : state.indexOf("kitbridge; ");
        cache = state == null || own < 0 ? null : state.substring(own + "kitbridge; ".length());
    }

    /** Returns how the page cache answered, as in {@code Cache-Status}; null if it did not, or does not tell. */
    public @Nullable String cache() {
        return cache;
    }

    void clientGone() {
        gone = true;
    }

    /** Returns the client's address, with the trusted headers applied. */
    public String client() {
        return client;
    }
}
