package dev.kitbridge.adapter.test.tck;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import javax.net.ssl.SSLSocketFactory;

/**
 * The address of a server.
 *
 * @param host a name or an address
 * @param port a port
 * @param secure whether it speaks TLS
 */
record Endpoint(String host, int port, boolean secure) {

    /** @throws IllegalArgumentException if the URL has a path, or is not one of a server */
    static Endpoint of(URI url) {
        boolean secure = "https".equals(url.getScheme());
        String path = url.getPath();
        if (url.getHost() == null
                || !(secure || "http".equals(url.getScheme()))
                || !(path == null || path.matches("/?"))) {
            throw new IllegalArgumentException("The server's URL is '" + url
                    + "'; expected scheme, host and port, without" + " a path: http://127.0.0.1:3000");
        }
        String host = url.getHost().replaceAll("[\\[\\]]", "");
        int port = url.getPort() > 0 ? url.getPort() : secure ? 443 : 80;
        return new Endpoint(host, port, secure);
    }

    Socket connect() throws IOException {
        return secure ? SSLSocketFactory.getDefault().createSocket(host, port) : new Socket(host, port);
    }
}
