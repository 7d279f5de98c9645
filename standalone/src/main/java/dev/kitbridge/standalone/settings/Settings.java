package dev.kitbridge.standalone.settings;

import dev.kitbridge.server.Init;
import dev.kitbridge.server.ServiceLimits;
import dev.kitbridge.server.StartException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the environment says; {@link Variable} has the names. A value of this type is valid.
 *
 * @param listening where to listen
 * @param forwarding which headers to believe
 * @param timeouts how long to wait
 * @param bodySizeLimit largest body of a request in bytes
 * @param bufferLimit bytes that may wait in memory for slow clients
 * @param headersLimit largest status and headers of a response in bytes
 * @param workers how many workers
 * @param workerMemory a worker's ceiling in bytes, 0: what the runtime takes as its limit
 * @param workerTimeout how long a worker's event loop may be silent
 * @param startTries how many starts of workers may fail in a row before the first succeeds, 0: any number
 * @param services what calls of services may ask for
 * @param managementHost address of the management server
 * @param managementPort port of the management server, 0 for any, null for none
 * @param accessLog what is written of each request
 */
public record Settings(
        Listening listening,
        Forwarding forwarding,
        Timeouts timeouts,
        long bodySizeLimit,
        long bufferLimit,
        int headersLimit,
        int workers,
        long workerMemory,
        Duration workerTimeout,
        int startTries,
        ServiceLimits services,
        String managementHost,
        @Nullable Integer managementPort,
        AccessLog accessLog) {

    /** Whether anybody wants to know of each request. */
    public boolean isLogged() {
        return accessLog != AccessLog.OFF || managementPort != null;
    }

    /** What is written of each request. */
    public enum AccessLog {
        /** Nothing. */
        OFF,
        /** The combined format that Apache's and nginx's logs have. */
        COMBINED,
        /** An object of JSON. */
        JSON
    }

    /**
     * Where to listen.
     *
     * @param host address
     * @param port port, 0 for any
     * @param socketPath the Unix socket that takes the place of both, or null
     * @param activated whether systemd has opened the socket
     * @param maxConnections how many connections, 0 for any number
     * @param maxConnectionsPerAddress how many connections of one client address, 0 for any number
     * @param tls certificate and key, or null
     */
    public record Listening(
            String host,
            int port,
            @Nullable Path socketPath,
            boolean activated,
            int maxConnections,
            int maxConnectionsPerAddress,
            @Nullable PemFiles tls) {}

    /**
     * Certificate and private key.
     *
     * @param certificates file with the certificate and those that vouch for it
     * @param key file with the private key
     */
    public record PemFiles(Path certificates, Path key) {}

    /**
     * Which headers to trust.
     *
     * @param origin what the app's URLs begin with, or null
     * @param allowed hosts that are answered
     * @param trusted whose headers are trusted; null: everybody's, by the rules of adapter-node
     * @param headers which headers of trusted proxies count
     * @param protocolHeader header with the protocol, in lower case, or null
     * @param hostHeader header with the host, in lower case, or null
     * @param portHeader header with the port, in lower case, or null
     * @param addressHeader header with the client's address, in lower case, or null
     * @param xffDepth which address of {@code x-forwarded-for} counts, from the right, from 1
     * @param prefix what the variables' names begin with, for messages
     */
    public record Forwarding(
            @Nullable String origin,
            Hosts allowed,
            @Nullable List<Cidr> trusted,
            ForwardedHeaders headers,
            @Nullable String protocolHeader,
            @Nullable String hostHeader,
            @Nullable String portHeader,
            @Nullable String addressHeader,
            int xffDepth,
            String prefix) {}

    /**
     * How long to wait; zero is for ever, but for {@code shutdown}.
     *
     * @param shutdown for requests after SIGTERM
     * @param idle for requests at all, if systemd has opened the socket
     * @param keepAlive for the next request of a connection
     * @param headers for the head of a request
     * @param request for a whole request
     */
    public record Timeouts(Duration shutdown, Duration idle, Duration keepAlive, Duration headers, Duration request) {

        /** For the next request of an HTTP/2 connection, where a head that has begun to arrive looks like none. */
        public Duration nextOfHttp2() {
            return keepAlive.isZero() || keepAlive.compareTo(headers) > 0 ? keepAlive : headers;
        }
    }

    /** @throws StartException if a variable has a value that it does not accept */
    public static Settings of(Environment environment) {
        return of(environment, ProcessHandle.current().pid());
    }

    /** @param pid the process that systemd is to mean */
    static Settings of(Environment environment, long pid) {
        environment.expectNoOthers();
        int cores = Runtime.getRuntime().availableProcessors();
        String management = environment.text(Variable.MANAGEMENT_PORT);
        long memory = environment.bytes(Variable.WORKER_MEMORY, 0);
        return new Settings(
                listening(environment, pid),
                forwarding(environment),
                new Timeouts(
                        seconds(environment, Variable.SHUTDOWN_TIMEOUT, 30),
                        seconds(environment, Variable.IDLE_TIMEOUT, 0),
                        seconds(environment, Variable.KEEP_ALIVE_TIMEOUT, 5),
                        seconds(environment, Variable.HEADERS_TIMEOUT, 60),
                        seconds(environment, Variable.REQUEST_TIMEOUT, 300)),
                environment.bytes(Variable.BODY_SIZE_LIMIT, 512 * 1024),
                environment.bytes(Variable.BUFFER_LIMIT, Runtime.getRuntime().maxMemory() / 4),
                environment.buffer(Variable.RESPONSE_HEADERS_LIMIT, 64 * 1024, (Init.LARGEST_HEADERS >> 10) + "K"),
                environment.number(Variable.WORKERS, cores, 1, 1000),
                memory == Long.MAX_VALUE ? 0 : memory,
                seconds(environment, Variable.WORKER_TIMEOUT, 10, 1),
                environment.number(Variable.START_TRIES, 5, 0, Integer.MAX_VALUE),
                services(environment),
                environment.text(Variable.MANAGEMENT_HOST, "127.0.0.1"),
                management == null ? null : environment.number(Variable.MANAGEMENT_PORT, 0, 0, 65535),
                accessLog(environment));
    }

    private static ServiceLimits services(Environment environment) {
        ServiceLimits usual = ServiceLimits.DEFAULT;
        return new ServiceLimits(
                environment.number(Variable.SERVICE_REQUEST_CALLS, usual.callsPerRequest(), 1, Integer.MAX_VALUE),
                environment.number(Variable.SERVICE_CALLS, usual.calls(), 1, Integer.MAX_VALUE),
                environment.buffer(Variable.SERVICE_ARGUMENTS_LIMIT, usual.argumentBytes()),
                environment.buffer(Variable.SERVICE_RESULT_LIMIT, usual.resultBytes()),
                seconds(
                        environment,
                        Variable.SERVICE_TIMEOUT,
                        (int) usual.timeout().toSeconds(),
                        1));
    }

    private static Listening listening(Environment environment, long pid) {
        String socket = environment.text(Variable.SOCKET_PATH);
        return new Listening(
                environment.text(Variable.HOST, "0.0.0.0"),
                environment.number(Variable.PORT, 3000, 0, 65535),
                socket == null ? null : path(environment, Variable.SOCKET_PATH, socket),
                activated(environment, pid),
                environment.number(Variable.MAX_CONNECTIONS, 0, 0, Integer.MAX_VALUE),
                environment.number(Variable.MAX_CONNECTIONS_PER_ADDRESS, 0, 0, Integer.MAX_VALUE),
                tls(environment));
    }

    private static boolean activated(Environment environment, long pid) {
        int owner = environment.number(Variable.LISTEN_PID, 0, 0, Integer.MAX_VALUE);
        int sockets = environment.number(Variable.LISTEN_FDS, 0, 0, Integer.MAX_VALUE);
        if (owner != 0 && owner != pid) {
            throw environment.invalid(
                    Variable.LISTEN_PID,
                    String.valueOf(owner),
                    "the number of this process, " + pid + ": start java itself in the service's ExecStart");
        }
        if (sockets > 1) {
            throw environment.invalid(
                    Variable.LISTEN_FDS, String.valueOf(sockets), "1: name one ListenStream in the socket's unit");
        }
        return owner == pid && sockets == 1;
    }

    private static @Nullable PemFiles tls(Environment environment) {
        String certificates = environment.text(Variable.TLS_CERT);
        String key = environment.text(Variable.TLS_KEY);
        if (certificates == null && key == null) return null;
        if (certificates == null) throw alone(environment, Variable.TLS_KEY, Variable.TLS_CERT);
        if (key == null) throw alone(environment, Variable.TLS_CERT, Variable.TLS_KEY);
        return new PemFiles(
                path(environment, Variable.TLS_CERT, certificates), path(environment, Variable.TLS_KEY, key));
    }

    private static StartException alone(Environment environment, Variable given, Variable missing) {
        return new StartException("The environment variable " + environment.name(given) + " is set, but "
                + environment.name(missing) + " is not; TLS needs both");
    }

    private static Path path(Environment environment, Variable variable, String value) {
        try {
            return Path.of(value).toAbsolutePath();
        } catch (InvalidPathException e) {
            throw environment.invalid(variable, value, "the path of a file");
        }
    }

    private static Forwarding forwarding(Environment environment) {
        return new Forwarding(
                origin(environment),
                allowed(environment),
                trusted(environment),
                headers(environment),
                header(environment, Variable.PROTOCOL_HEADER),
                header(environment, Variable.HOST_HEADER),
                header(environment, Variable.PORT_HEADER),
                header(environment, Variable.ADDRESS_HEADER),
                environment.number(Variable.XFF_DEPTH, 1, 1, 100),
                environment.prefix());
    }

    private static Hosts allowed(Environment environment) {
        List<Hosts.Pattern> patterns = new ArrayList<>();
        for (String item : environment.list(Variable.ALLOWED_HOSTS)) {
            Hosts.Pattern pattern = Hosts.Pattern.parse(item);
            if (pattern == null) throw environment.invalid(Variable.ALLOWED_HOSTS, item, Hosts.ACCEPTED);
            patterns.add(pattern);
        }
        return new Hosts(patterns);
    }

    private static @Nullable List<Cidr> trusted(Environment environment) {
        if (environment.text(Variable.TRUSTED_PROXIES) == null) return null;
        List<Cidr> ranges = new ArrayList<>();
        for (String item : environment.list(Variable.TRUSTED_PROXIES)) {
            Cidr range = Cidr.parse(item);
            if (range == null) {
                throw environment.invalid(
                        Variable.TRUSTED_PROXIES,
                        item,
                        "addresses and ranges, separated by commas: 127.0.0.1, 10.0.0.0/8, fd00::/8");
            }
            ranges.add(range);
        }
        return ranges;
    }

    private static ForwardedHeaders headers(Environment environment) {
        String value = environment.text(Variable.FORWARDED_HEADERS);
        if (value == null) return ForwardedHeaders.DEFAULT;
        if (environment.text(Variable.TRUSTED_PROXIES) == null) {
            throw new StartException("The environment variable " + environment.name(Variable.FORWARDED_HEADERS)
                    + " is set, but " + environment.name(Variable.TRUSTED_PROXIES)
                    + " is not; it says which headers of trusted proxies count");
        }
        ForwardedHeaders headers = ForwardedHeaders.of(environment.list(Variable.FORWARDED_HEADERS));
        if (headers == null) throw environment.invalid(Variable.FORWARDED_HEADERS, value, ForwardedHeaders.ACCEPTED);
        return headers;
    }

    private static AccessLog accessLog(Environment environment) {
        String value = environment.text(Variable.ACCESS_LOG, "off");
        for (AccessLog format : AccessLog.values()) {
            if (format.name().equalsIgnoreCase(value)) return format;
        }
        throw environment.invalid(Variable.ACCESS_LOG, value, "combined, json or off");
    }

    private static Duration seconds(Environment environment, Variable variable, int otherwise) {
        return seconds(environment, variable, otherwise, 0);
    }

    private static Duration seconds(Environment environment, Variable variable, int otherwise, int least) {
        return Duration.ofSeconds(environment.number(variable, otherwise, least, Integer.MAX_VALUE));
    }

    private static @Nullable String header(Environment environment, Variable variable) {
        String value = environment.text(variable);
        if (value == null) return null;
        if (!value.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
            throw environment.invalid(variable, value, "the name of a header: x-forwarded-proto");
        }
        return value.toLowerCase(Locale.ROOT);
    }

    private static @Nullable String origin(Environment environment) {
        String value = environment.text(Variable.ORIGIN);
        if (value == null) return null;
        if (!isOrigin(value)) {
            throw environment.invalid(
                    Variable.ORIGIN,
                    value,
                    "scheme and host, with the port where it is not the usual one: https://example.com");
        }
        return value.endsWith("/") ? value.substring(0, value.length() - 1) : value;
    }

    private static boolean isOrigin(String value) {
        int colons = value.indexOf("://");
        if (colons < 0 || !value.substring(0, colons).matches("https?")) return false;
        String rest = value.substring(colons + 3);
        return Authority.parse(rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest) != null;
    }
}
