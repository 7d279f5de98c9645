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
 * The settings from the environment variables that {@link Variable} lists, validated.
 *
 * @param listening addresses and certificate
 * @param basePath path that the app is served at; empty for the app's own path
 * @param forwarding trusted headers, and the origin
 * @param timeouts timeouts of connections and requests
 * @param bodySizeLimit limit of a request's body in bytes
 * @param bufferLimit limit of bytes buffered for slow clients
 * @param headersLimit limit of a response's status and headers in bytes
 * @param workers number of workers
 * @param workerMemory memory limit of a worker in bytes; 0 for the runtime's own limit
 * @param workerTimeout how long a worker's event loop may be blocked
 * @param startTries limit of failed starts of workers before the first success; 0: no limit
 * @param pageCache which rendered pages are kept
 * @param pageCacheToken allows requests to the management server to revalidate kept pages, or null
 * @param services limits of service calls
 * @param managementHost address of the management server
 * @param managementPort port of the management server, 0 for any, null for none
 * @param accessLog format of the access log
 */
public record Settings(
        Listening listening,
        String basePath,
        Forwarding forwarding,
        Timeouts timeouts,
        long bodySizeLimit,
        long bufferLimit,
        int headersLimit,
        int workers,
        long workerMemory,
        Duration workerTimeout,
        int startTries,
        Init.PageCache pageCache,
        @Nullable String pageCacheToken,
        ServiceLimits services,
        String managementHost,
        @Nullable Integer managementPort,
        AccessLog accessLog) {

    /** Returns whether each request is logged or measured. */
    public boolean isLogged() {
        return accessLog != AccessLog.OFF || managementPort != null;
    }

    /** Formats of the access log. */
    public enum AccessLog {
        /** No access log. */
        OFF,
        /** The combined format of Apache and nginx. */
        COMBINED,
        /** A JSON object for each request. */
        JSON
    }

    /**
     * The addresses to listen on, and the certificate.
     *
     * @param host address
     * @param port port, 0 for any
     * @param socketPath the Unix socket to listen on instead, or null
     * @param activated whether systemd has opened the socket
     * @param maxConnections limit of connections; 0: no limit
     * @param maxConnectionsPerAddress limit of connections of one client address; 0: no limit
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
     * @param certificates file with the certificate and its chain
     * @param key file with the private key
     */
    public record PemFiles(Path certificates, Path key) {}

    /**
     * The headers to trust, and the origin.
     *
     * @param origin scheme, host and port of the app's public URL, or null
     * @param allowed the accepted hosts
     * @param trusted address ranges of trusted proxies; null to apply the rules of adapter-node
     * @param headers the headers of trusted proxies that are read
     * @param protocolHeader header with the protocol, in lower case, or null
     * @param hostHeader header with the host, in lower case, or null
     * @param portHeader header with the port, in lower case, or null
     * @param addressHeader header with the client's address, in lower case, or null
     * @param xffDepth position of the client's address in {@code x-forwarded-for}, from the right, from 1
     * @param prefix prefix of the environment variables, for messages
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
     * Timeouts; zero means none, except for {@code shutdown}.
     *
     * @param shutdown for requests after SIGTERM
     * @param idle without any request, if systemd has opened the socket
     * @param keepAlive for the next request of a connection
     * @param headers for the head of a request
     * @param request for a whole request
     */
    public record Timeouts(Duration shutdown, Duration idle, Duration keepAlive, Duration headers, Duration request) {

        /**
         * Returns the timeout of the next HTTP/2 request, which includes its head: Jetty does not tell whether a part
         * of it has arrived.
         */
        public Duration nextOfHttp2() {
            return keepAlive.isZero() || keepAlive.compareTo(headers) > 0 ? keepAlive : headers;
        }
    }

    /** @throws StartException if a variable has a value that it does not accept */
    public static Settings of(Environment environment) {
        return of(environment, ProcessHandle.current().pid());
    }

    /** @param pid the process that LISTEN_PID must name */
    static Settings of(Environment environment, long pid) {
        environment.expectNoOthers();
        int cores = Runtime.getRuntime().availableProcessors();
        String management = environment.text(Variable.MANAGEMENT_PORT);
        long memory = environment.bytes(Variable.WORKER_MEMORY, 0);
        return new Settings(
                listening(environment, pid),
                environment.text(Variable.BASE_PATH, ""),
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
                pageCache(environment),
                pageCacheToken(environment),
                services(environment),
                environment.text(Variable.MANAGEMENT_HOST, "127.0.0.1"),
                management == null ? null : environment.number(Variable.MANAGEMENT_PORT, 0, 0, 65535),
                accessLog(environment));
    }

    private static Init.PageCache pageCache(Environment environment) {
        String value = environment.text(Variable.PAGE_CACHE, "off");
        long size = environment.bytes(Variable.PAGE_CACHE_SIZE, 64 * 1024 * 1024);
        if (size < 1024 * 1024 || size == Long.MAX_VALUE) {
            throw environment.invalid(
                    Variable.PAGE_CACHE_SIZE,
                    environment.text(Variable.PAGE_CACHE_SIZE, ""),
                    "1M or more, and not Infinity");
        }
        for (Init.PageCache.Mode mode : Init.PageCache.Mode.values()) {
            if (mode.name().equalsIgnoreCase(value)) {
                return new Init.PageCache(mode, size, cacheStatus(environment), shared(environment));
            }
        }
        throw environment.invalid(Variable.PAGE_CACHE, value, "declared, on or off");
    }

    private static boolean cacheStatus(Environment environment) {
        String value = environment.text(Variable.PAGE_CACHE_STATUS, "on");
        if (value.equalsIgnoreCase("on")) return true;
        if (value.equalsIgnoreCase("off")) return false;
        throw environment.invalid(Variable.PAGE_CACHE_STATUS, value, "on or off");
    }

    private static @Nullable String pageCacheToken(Environment environment) {
        String token = environment.text(Variable.PAGE_CACHE_TOKEN);
        if (token == null) return null;
        if (token.length() < 16) {
            // the value is a secret
            throw environment.invalid(
                    Variable.PAGE_CACHE_TOKEN, token.length() + " characters long", "16 characters at least");
        }
        if (environment.text(Variable.MANAGEMENT_PORT) == null) {
            throw new StartException("The environment variable " + environment.name(Variable.PAGE_CACHE_TOKEN)
                    + " is set, but " + environment.name(Variable.MANAGEMENT_PORT)
                    + " is not; the management server receives the requests with the token");
        }
        return token;
    }

    private static Init.@Nullable SharedPageCache shared(Environment environment) {
        String prefix = environment.text(Variable.PAGE_CACHE_PREFIX, "kitbridge");
        int timeout = environment.number(Variable.PAGE_CACHE_TIMEOUT, 50, 1, 10_000);
        if (!Init.SharedPageCache.isPrefix(prefix)) {
            throw environment.invalid(
                    Variable.PAGE_CACHE_PREFIX, prefix, "letters, digits, dots, colons, hyphens and underscores");
        }
        String url = environment.text(Variable.PAGE_CACHE_URL);
        return url == null ? null : new Init.SharedPageCache(url, prefix, Duration.ofMillis(timeout));
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
                    + " is not; set both: only headers of trusted proxies are read");
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
                    "scheme and host, and the port unless it is the default: https://example.com");
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
