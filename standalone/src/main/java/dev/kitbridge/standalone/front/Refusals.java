package dev.kitbridge.standalone.front;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/** Answers to requests that Jetty itself refuses: a status and the end of the connection, as Node gives them. */
final class Refusals extends ErrorHandler {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        if (request.getConnectionMetaData().getHttpVersion().getVersion() < 20) {
            response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
        }
        response.write(true, BufferUtil.EMPTY_BUFFER, callback);
        return true;
    }
}
