package dev.kitbridge.standalone.front;

import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Queues requests until the app is open. Jetty can then load its classes and accept connections while the app opens; on
 * a cold JVM, both take about the same time.
 */
final class StartupHandler extends Handler.Abstract.NonBlocking {

    private final CompletableFuture<Handler> app = new CompletableFuture<>();

    /** Passes queued and new requests to a handler. */
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
