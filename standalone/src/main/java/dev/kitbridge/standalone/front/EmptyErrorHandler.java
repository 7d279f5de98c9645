package dev.kitbridge.standalone.front;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/** Answers requests that Jetty rejects with a status and no body, and closes HTTP/1.1 connections, as Node does. */
final class EmptyErrorHandler extends ErrorHandler {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        if (request.getConnectionMetaData().getHttpVersion().getVersion() < 20) {
            response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
        }
        response.write(true, BufferUtil.EMPTY_BUFFER, callback);
        return true;
    }
}
