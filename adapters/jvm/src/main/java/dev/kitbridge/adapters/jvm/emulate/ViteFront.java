package dev.kitbridge.adapters.jvm.emulate;

import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.Front.Options;
import dev.kitbridge.adapter.Front.Server;
import dev.kitbridge.server.DevelopmentOptions;
import dev.kitbridge.server.Init;
import dev.kitbridge.server.StartException;
import dev.kitbridge.server.internal.workers.ViteWorker;
import dev.kitbridge.standalone.front.Front;
import dev.kitbridge.standalone.front.Listener;
import dev.kitbridge.standalone.front.Responder;
import dev.kitbridge.standalone.origin.Origin;
import dev.kitbridge.standalone.settings.Environment;
import dev.kitbridge.standalone.settings.Settings;
import dev.kitbridge.standalone.settings.Variable;
import java.io.IOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The product's front for development: Vite takes the place of the asset table and the workers. */
final class ViteFront implements Server {

    /** Limit of ports to try, from the preferred one. */
    private static final int PORTS = 100;

    /** Variables of the product that do not apply in development: its address and its lifetime. */
    private static final List<Variable> NOT_HERE = List.of(
            Variable.HOST,
            Variable.PORT,
            Variable.SOCKET_PATH,
            Variable.LISTEN_PID,
            Variable.LISTEN_FDS,
            Variable.IDLE_TIMEOUT,
            Variable.MANAGEMENT_PORT,
            Variable.ACCESS_LOG,
            // no other replica shares the pages of a preview
            Variable.PAGE_CACHE_URL,
            Variable.PAGE_CACHE_TOKEN);

    /** The log of the link to Vite. Vite ends before the front, and responses say why Vite does not answer. */
    private static final Logger LINK = Logger.getLogger(ViteWorker.class.getName());

    private final Front front;
    private final Pages pages;
    private final List<URI> addresses;

    /**
     * The part that has Vite answer requests.
     *
     * @param closing releases its connections to Vite
     */
    private record Pages(Responder responder, Runnable closing) {}

    private ViteFront(Front front, Pages pages, List<URI> addresses) {
        this.front = front;
        this.pages = pages;
        this.addresses = addresses;
    }

    /**
     * Opens a front.
     *
     * @throws AdapterException if the address cannot be used, or a variable is invalid
     */
    static Server open(Options place, String prefix) throws IOException {
        quietly();
        Settings settings;
        try {
            settings = Settings.of(environment(place, prefix));
        } catch (StartException e) {
            throw new AdapterException(String.valueOf(e.getMessage()));
        }
        Listener listener = listen(place, settings.listening().tls() == null ? "http" : "https");
        try {
            Front front = new Front(settings, prefix, listener, null);
            Pages pages = pages(place, settings);
            front.open(pages.responder(), origin(settings), handler -> new UpgradeTunnel(place.vite(), handler));
            front.start();
            int port = ((InetSocketAddress) listener.channel().getLocalAddress()).getPort();
            String scheme = settings.listening().tls() == null ? "http" : "https";
            return new ViteFront(front, pages, addresses(scheme, place.host(), port));
        } catch (StartException e) {
            listener.close();
            throw new AdapterException(String.valueOf(e.getMessage()));
        } catch (Exception e) {
            listener.close();
            throw new IOException(e);
        }
    }

    /** Without a page cache, requests and responses pass unchanged. With one, Vite has to report what it depends on. */
    private static Pages pages(Options place, Settings settings) throws Exception {
        if (!place.preview() || settings.pageCache().mode() == Init.PageCache.Mode.OFF) {
            ViteRelay relay = ViteRelay.start(place, settings.bodySizeLimit());
            return new Pages(relay::respond, relay::close);
        }
        LINK.setLevel(Level.OFF);
        URI vite = URI.create(
                "http://" + place.vite().getHostString() + ":" + place.vite().getPort());
        DevelopmentOptions options = new DevelopmentOptions(
                vite,
                place.secret(),
                settings.bodySizeLimit(),
                settings.headersLimit(),
                site -> {},
                settings.pageCache());
        dev.kitbridge.server.Server app = dev.kitbridge.server.Server.develop(options, null);
        return new Pages(app::respond, app::close);
    }

    /** Turns off Jetty's log of its start, which Maven 3 and 4 would show. */
    private static void quietly() {
        for (String prefix : List.of("maven.logger.log.", "org.slf4j.simpleLogger.log.")) {
            String level = prefix + "org.eclipse.jetty";
            if (System.getProperty(level) == null) System.setProperty(level, "warn");
        }
    }

    private static Environment environment(Options place, String prefix) {
        Map<String, String> values = new HashMap<>(place.environment());
        Environment all = new Environment(values, prefix);
        for (Variable variable : NOT_HERE) values.remove(all.name(variable));
        return all;
    }

    private static Listener listen(Options place, String scheme) throws IOException {
        String bare = place.host().replaceAll("^\\[|]$", "");
        int last = place.strict() || place.port() == 0 ? place.port() : Math.min(65535, place.port() + PORTS - 1);
        for (int port = place.port(); ; port++) {
            try {
                return Listener.bind(new InetSocketAddress(bare, port), scheme);
            } catch (BindException e) {
                boolean used = String.valueOf(e.getMessage()).contains("in use");
                if (used && port < last) continue;
                throw new AdapterException(
                        used
                                ? "port " + place.port() + " of " + place.host()
                                        + " is in use; stop the process that listens on it,"
                                        + " or choose another with -Dadapter.port"
                                : "nothing can listen on " + place.host() + ", port " + port + ": " + e.getMessage()
                                        + "; choose an address of this machine with -Dadapter.host");
            } catch (SocketException | java.nio.channels.UnresolvedAddressException e) {
                throw new AdapterException("'" + place.host()
                        + "' is no address of this machine; choose one with -Dadapter.host: localhost, 0.0.0.0");
            }
        }
    }

    /** Returns the product's rules; without settings for proxies, the connection determines the scheme. */
    private static Origin origin(Settings settings) {
        Origin rules = Origin.of(settings.forwarding(), "");
        Settings.Forwarding said = settings.forwarding();
        boolean told = said.origin() != null || said.trusted() != null || said.protocolHeader() != null;
        return told ? rules : new ConnectionOrigin(rules);
    }

    private static List<URI> addresses(String scheme, String host, int port) throws SocketException {
        String bare = host.replaceAll("^\\[|]$", "");
        if (!bare.equals("0.0.0.0") && !bare.equals("::")) {
            return List.of(URI.create(scheme + "://" + (bare.indexOf(':') < 0 ? bare : "[" + bare + "]") + ":" + port));
        }
        List<URI> found = new ArrayList<>();
        found.add(URI.create(scheme + "://localhost:" + port));
        for (NetworkInterface card :
                NetworkInterface.networkInterfaces().filter(ViteFront::isUp).toList()) {
            for (InetAddress address : card.inetAddresses().toList()) {
                if (address instanceof Inet4Address) {
                    found.add(URI.create(scheme + "://" + address.getHostAddress() + ":" + port));
                }
            }
        }
        return found;
    }

    private static boolean isUp(NetworkInterface card) {
        try {
            return card.isUp() && !card.isLoopback();
        } catch (SocketException e) {
            return false;
        }
    }

    @Override
    public List<URI> addresses() {
        return addresses;
    }

    @Override
    public void close() {
        try {
            front.stop(Duration.ZERO);
        } catch (Exception e) {
            System.getLogger(ViteFront.class.getName())
                    .log(System.Logger.Level.DEBUG, "the front could not be closed", e);
        }
        pages.closing().run();
    }
}
