package dev.kitbridge.standalone;

import dev.kitbridge.server.StartException;
import dev.kitbridge.standalone.settings.Environment;
import dev.kitbridge.standalone.settings.Hosts;
import dev.kitbridge.standalone.settings.Settings;
import dev.kitbridge.standalone.settings.Variable;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Starts the app, sends one request and stops it: {@code --check}. */
final class Check {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Variables that could conflict with a running server, and settings that a check does not need. */
    private static final List<Variable> NOT_FOR_A_CHECK = List.of(
            Variable.SOCKET_PATH,
            Variable.LISTEN_PID,
            Variable.LISTEN_FDS,
            Variable.MAX_CONNECTIONS,
            Variable.MANAGEMENT_HOST,
            Variable.ACCESS_LOG);

    private Check() {}

    /** Returns the settings for a check: a free port on the loopback interface, and one worker. */
    static Environment environment(Environment environment) {
        Map<String, String> values = new HashMap<>(environment.values());
        for (Variable variable : NOT_FOR_A_CHECK) values.remove(environment.name(variable));
        values.put(environment.name(Variable.HOST), "127.0.0.1");
        values.put(environment.name(Variable.PORT), "0");
        values.put(environment.name(Variable.WORKERS), "1");
        if (environment.text(Variable.MANAGEMENT_PORT) != null) {
            values.put(environment.name(Variable.MANAGEMENT_PORT), "0");
        }
        return new Environment(values, environment.prefix());
    }

    /** Returns a host that ALLOWED_HOSTS accepts. */
    static String host(Settings.Forwarding settings) {
        for (Hosts.Pattern pattern : settings.allowed().patterns()) {
            String asked = pattern.authority().toString();
            return pattern.below() ? "www." + asked : asked;
        }
        return "localhost";
    }

    /** Waits until a worker has started the app. */
    static void awaitStart(CompletableFuture<?> started) throws InterruptedException {
        try {
            started.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new StartException(Instance.startFailure(e));
        } catch (TimeoutException e) {
            throw new StartException("The app has not started after " + PATIENCE.toSeconds() + " seconds");
        }
    }

    /** @return the status of the response, after all of it was read */
    static int get(InetSocketAddress address, boolean tls, String host, String target) throws IOException {
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), address.getPort()));
            plain.setSoTimeout((int) PATIENCE.toMillis());
            Socket socket =
                    tls ? trusting().getSocketFactory().createSocket(plain, host, address.getPort(), true) : plain;
            OutputStream out = socket.getOutputStream();
            out.write(("GET " + target + " HTTP/1.1\r\nhost: " + host
                            + "\r\naccept: text/html,*/*\r\naccept-encoding: br, gzip\r\nconnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            String line = in.readLine();
            if (line == null || !line.matches("HTTP/1\\.1 \\d{3}.*")) {
                throw new IOException("the response begins with '" + line + "'");
            }
            char[] rest = new char[8192];
            while (in.read(rest) >= 0) {
                // to the end, so that the response is not aborted
            }
            return Integer.parseInt(line.substring(9, 12));
        }
    }

    /** Returns a context that accepts every certificate: the app's own is not valid for the loopback address. */
    static SSLContext trusting() throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Trusting()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static final class Trusting implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
