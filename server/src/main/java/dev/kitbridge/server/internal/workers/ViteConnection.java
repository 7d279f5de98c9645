package dev.kitbridge.server.internal.workers;

import dev.kitbridge.server.internal.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The two connections to Vite's process: the link, and the connection for service calls. Each begins as an HTTP request
 * to Vite's own port that is upgraded, so that no further port or file is needed. This side connects, so that nobody
 * else can offer pages or call services.
 */
final class ViteConnection implements WorkerProcess {

    /** Protocols of the upgrade, {@code application.mjs}. */
    private static final String LINK = "kitbridge-link";

    private static final String SERVICES = "kitbridge-services";

    /** Header of the answer: the app's {@link ViteSite}. */
    private static final String SITE = "kitbridge-site";

    /** Timeout for the answer to an upgrade, in milliseconds: Vite alone never answers this one. */
    private static final int PATIENCE = 5_000;

    /** Limit of the answer's head, in bytes; it contains the app's error page. */
    private static final int MAX_HEAD = 1 << 20;

    private final URI vite;
    private final Map<String, String> fields;
    private final @Nullable Consumer<SocketChannel> services;
    private final Consumer<ViteSite> connected;

    private volatile @Nullable SocketChannel link;
    private volatile boolean killed;

    /**
     * @param vite scheme, host and port of Vite
     * @param fields headers of the upgrades
     * @param services receives the connection for service calls; null if there are no services
     * @param connected receives the values of the app before the link is used
     */
    ViteConnection(
            URI vite,
            Map<String, String> fields,
            @Nullable Consumer<SocketChannel> services,
            Consumer<ViteSite> connected) {
        this.vite = vite;
        this.fields = fields;
        this.services = services;
        this.connected = connected;
    }

    @Override
    public SocketChannel connect() throws IOException {
        Consumer<SocketChannel> receiver = services;
        if (receiver != null) receiver.accept(upgrade(SERVICES, new LinkedHashMap<>()));
        Map<String, String> answer = new LinkedHashMap<>();
        SocketChannel opened = upgrade(LINK, answer);
        link = opened;
        if (killed) opened.close();
        connected.accept(site(answer.getOrDefault(SITE, "")));
        return opened;
    }

    private static ViteSite site(String header) throws IOException {
        String json = URLDecoder.decode(header, StandardCharsets.UTF_8);
        try {
            if (Json.read(json.getBytes(StandardCharsets.UTF_8)) instanceof Map<?, ?> site) return ViteSite.of(site);
        } catch (RuntimeException e) {
            throw new IOException("its answer is not understood: " + header, e);
        }
        throw new IOException("its answer is not understood: " + header);
    }

    /** @param answer takes the headers of the answer, with names in lower case */
    private SocketChannel upgrade(String protocol, Map<String, String> answer) throws IOException {
        SocketChannel channel = open();
        try {
            StringBuilder head = new StringBuilder("GET / HTTP/1.1\r\nhost: " + vite.getRawAuthority()
                    + "\r\nconnection: Upgrade\r\nupgrade: " + protocol + "\r\n");
            fields.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
            ByteBuffer bytes = ByteBuffer.wrap(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
            while (bytes.hasRemaining()) channel.write(bytes);
            channel.socket().setSoTimeout(PATIENCE);
            String[] lines = head(channel.socket().getInputStream()).split("\r\n", -1);
            channel.socket().setSoTimeout(0);
            String[] status = lines[0].split(" ", 3);
            if (status.length < 3 || !status[1].equals("101")) {
                throw new IOException("it answers " + lines[0].replaceFirst("^HTTP/1\\.1 ", ""));
            }
            for (String line : lines) {
                int colon = line.indexOf(':');
                if (colon > 0)
                    answer.put(
                            line.substring(0, colon).toLowerCase(Locale.ROOT),
                            line.substring(colon + 1).strip());
            }
            return channel;
        } catch (SocketTimeoutException e) {
            channel.close();
            throw new IOException("it was not started by Kitbridge", e);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Connects to the first address of the host that accepts: {@code localhost} usually has two. */
    private SocketChannel open() throws IOException {
        int port = vite.getPort() > 0 ? vite.getPort() : 80;
        IOException failure = null;
        try {
            for (InetAddress address : InetAddress.getAllByName(vite.getHost())) {
                try {
                    SocketChannel channel = SocketChannel.open(new InetSocketAddress(address, port));
                    channel.setOption(java.net.StandardSocketOptions.TCP_NODELAY, true);
                    return channel;
                } catch (ConnectException e) {
                    failure = new IOException("nothing listens there", e);
                } catch (IOException e) {
                    failure = e;
                }
            }
        } catch (UnknownHostException e) {
            failure = new IOException("the host is unknown", e);
        }
        throw failure == null ? new IOException("the host has no address") : failure;
    }

    /** Reads byte by byte, since frames follow. */
    private static String head(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.length() < 4 || !text.substring(text.length() - 4).equals("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) throw new IOException("it closed the connection");
            if (text.length() == MAX_HEAD) throw new IOException("its answer is too long");
            text.append((char) next);
        }
        return text.substring(0, text.length() - 4);
    }

    @Override
    public String awaitExit(Duration limit) {
        return "closed the connection";
    }

    @Override
    public void kill() {
        killed = true;
        close();
    }

    @Override
    public void close() {
        SocketChannel open = link;
        try {
            if (open != null) open.close();
        } catch (IOException e) {
            // the connection is closed
        }
    }
}
