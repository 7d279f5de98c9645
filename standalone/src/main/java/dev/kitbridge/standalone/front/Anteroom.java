package dev.kitbridge.standalone.front;

import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Requests that come before the app is open wait here. So that connections can be accepted and requests be read, which
 * takes a cold JVM as long as the app takes to open, at the same time.
 */
final class Anteroom extends Handler.Abstract.NonBlocking {

    private final CompletableFuture<Handler> app = new CompletableFuture<>();

    /** From now on this handler answers. */
    void open(Handler handler) {
        app.complete(handler);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Handler opened = app.getNow(null);
        if (opened != null) return opened.handle(request, response, callback);
        app.thenAccept(handler -> {
            try {
                handler.handle(request, response, callback);
            } catch (Exception e) {
                callback.failed(e);
            }
        });
        return true;
    }
}
