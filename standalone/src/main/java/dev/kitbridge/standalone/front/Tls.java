package dev.kitbridge.standalone.front;

import dev.kitbridge.standalone.jetty.Http1ConnectionFactory;
import dev.kitbridge.standalone.jetty.Http2ConnectionFactory;
import dev.kitbridge.standalone.settings.Settings;
import dev.kitbridge.standalone.settings.Variable;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** HTTPS with HTTP/2 and HTTP/1.1; the client chooses with ALPN. */
final class Tls {

    private Tls() {}

    static List<ConnectionFactory> factories(Settings.PemFiles files, String prefix, HttpConfiguration http) {
        SslContextFactory.Server ssl = new SslContextFactory.Server();
        ssl.setKeyStore(Pem.keyStore(files, prefix + Variable.TLS_CERT, prefix + Variable.TLS_KEY));
        ssl.setKeyStorePassword(Pem.PASSWORD);
        ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
        alpn.setDefaultProtocol(HttpVersion.HTTP_1_1.asString());
        List<ConnectionFactory> factories = new ArrayList<>();
        SslConnectionFactory tls = new SslConnectionFactory(ssl, alpn.getProtocol());
        // it would reject hosts that the certificate does not name; ALLOWED_HOSTS is for that
        tls.setEnsureSecureRequestCustomizer(false);
        factories.add(tls);
        factories.add(alpn);
        factories.add(Http2ConnectionFactory.overTls(http));
        factories.add(new Http1ConnectionFactory(http));
        return factories;
    }
}
