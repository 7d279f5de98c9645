package dev.kitbridge.standalone.settings;

/**
 * The environment variables. A variable of {@code @sveltejs/adapter-node} 6 has the same meaning here. A test compares
 * the list with the documentation.
 */
public enum Variable {
    /** Port to listen on. */
    PORT("3000", "port to listen on; 0: any free port"),
    /** Address to listen on. */
    HOST("0.0.0.0", "address to listen on"),
    /** Unix socket. */
    SOCKET_PATH("", "Unix socket to listen on, instead of HOST and PORT"),
    /** Base path. */
    BASE_PATH("", "path that the app is served at, if it was built without paths.base: /shop"),
    /** The app's origin. */
    ORIGIN("", "scheme, host and port of the app's public URL: https://example.com"),
    /** Accepted hosts. */
    ALLOWED_HOSTS("", "accepted hosts or origins, separated by commas; all others get status 421"),
    /** Trusted proxies. */
    TRUSTED_PROXIES("", "addresses and ranges of proxies whose forwarding headers are trusted, separated by commas"),
    /** Headers of trusted proxies. */
    FORWARDED_HEADERS(
            "x-forwarded-for,x-forwarded-proto,x-forwarded-host",
            "headers that trusted proxies set themselves, or forwarded; other forwarding headers are dropped"),
    /** Header with the protocol. */
    PROTOCOL_HEADER("", "header that contains the protocol of the client's request"),
    /** Header with the host. */
    HOST_HEADER("", "header that contains the host of the client's request"),
    /** Header with the port. */
    PORT_HEADER("", "header that contains the port of the client's request"),
    /** Header with the address. */
    ADDRESS_HEADER("", "header that contains the client's address"),
    /** Position of the client's address. */
    XFF_DEPTH("1", "position of the client's address in x-forwarded-for, from the right"),
    /** Largest body. */
    BODY_SIZE_LIMIT("512K", "limit of a request's body: bytes, or a number with K, M or G, or Infinity"),
    /** Timeout of the shutdown. */
    SHUTDOWN_TIMEOUT("30", "seconds to finish open requests after SIGTERM or SIGINT"),
    /** Exit when idle. */
    IDLE_TIMEOUT("0", "seconds without a request after which the process exits, with socket activation; 0: never"),
    /** Timeout between requests. */
    KEEP_ALIVE_TIMEOUT("5", "seconds that a connection may wait for its next request; 0: no timeout"),
    /** Timeout of a request's head. */
    HEADERS_TIMEOUT("60", "seconds that a client may take to send a request's headers; 0: no timeout"),
    /** Timeout of a request. */
    REQUEST_TIMEOUT("300", "seconds that a client may take to send a request; 0: no timeout"),
    /** Limit of buffered bytes. */
    BUFFER_LIMIT(
            "a quarter of the heap",
            "limit of bytes buffered for slow clients; above it, the slowest are disconnected: bytes, or a number with K, M or G"),
    /** Limit of connections. */
    MAX_CONNECTIONS("0", "limit of open connections; more connections wait; 0: no limit"),
    /** Limit of connections of one address. */
    MAX_CONNECTIONS_PER_ADDRESS("0", "limit of open connections of one address; 0: no limit"),
    /** Certificate. */
    TLS_CERT("", "PEM file with the certificate and its chain; turns on HTTPS"),
    /** Private key. */
    TLS_KEY("", "PEM file with the certificate's private key"),
    /** Limit of a response's head. */
    RESPONSE_HEADERS_LIMIT("64K", "limit of a response's status and headers: bytes, or a number with K; 256K at most"),
    /** Number of workers. */
    WORKERS("cores", "number of JavaScript processes that render pages"),
    /** Memory limit of a worker. */
    WORKER_MEMORY(
            "", "memory limit of a worker, which is replaced before it reaches it: bytes, or a number with K, M or G"),
    /** Timeout of a worker's event loop. */
    WORKER_TIMEOUT("10", "seconds that a worker's event loop may be blocked before the worker is replaced"),
    /** Limit of failed starts. */
    START_TRIES(
            "5",
            "limit of failed starts of workers before the first success; then the process exits with code 1;"
                    + " 0: no limit"),
    /** Which pages are kept. */
    PAGE_CACHE("off", "which rendered pages are kept for other visitors: declared, on or off"),
    /** Size of the page cache. */
    PAGE_CACHE_SIZE("64M", "memory for kept pages: bytes, or a number with K, M or G; at least 1M"),
    /** Whether responses say how the page cache answered. */
    PAGE_CACHE_STATUS("on", "whether responses tell in cache-status how the page cache answered: on or off"),
    /** Token of the management server for revalidations. */
    PAGE_CACHE_TOKEN(
            "", "secret of 16 characters at least that POST /page-cache/revalidate on MANAGEMENT_PORT has to send"),
    /** Address of the shared page cache. */
    PAGE_CACHE_URL("", "Redis or Valkey, where replicas share kept pages: redis://user:password@host:6379"),
    /** Prefix of keys in the shared page cache. */
    PAGE_CACHE_PREFIX("kitbridge", "begins the keys in Redis; different for each app"),
    /** Timeout of the shared page cache. */
    PAGE_CACHE_TIMEOUT("50", "milliseconds that a request waits for Redis"),
    /** Limit of service calls. */
    SERVICE_CALLS("256", "limit of concurrent calls of Java services"),
    /** Limit of service calls of one request. */
    SERVICE_REQUEST_CALLS("64", "limit of concurrent calls of Java services by one request"),
    /** Timeout of a service call. */
    SERVICE_TIMEOUT("30", "seconds that a call of a Java service may take, or the next item of a stream"),
    /** Limit of a call's arguments. */
    SERVICE_ARGUMENTS_LIMIT("1M", "limit of a call's arguments as JSON: bytes, or a number with K, M or G"),
    /** Limit of a call's result. */
    SERVICE_RESULT_LIMIT(
            "8M", "limit of a call's result, or of an item of a stream, as JSON: bytes, or a number with K, M or G"),
    /** Port of the management server. */
    MANAGEMENT_PORT("", "port of /healthz, /readyz and /metrics; 0: any free port"),
    /** Address of the management server. */
    MANAGEMENT_HOST("127.0.0.1", "address that MANAGEMENT_PORT listens on; 0.0.0.0 for probes from other machines"),
    /** Access log. */
    ACCESS_LOG("off", "combined or json: a line on standard output for each request; off: none"),
    /** Owner of systemd's socket. */
    LISTEN_PID("", "set by systemd: the process that the socket is for"),
    /** Number of systemd's sockets. */
    LISTEN_FDS("", "set by systemd: the number of sockets; at most one");

    private final String otherwise;
    private final String meaning;

    Variable(String otherwise, String meaning) {
        this.otherwise = otherwise;
        this.meaning = meaning;
    }

    /** Returns the default value as {@code --help} shows it. */
    String otherwise() {
        return otherwise;
    }

    /** Returns the description that {@code --help} shows. */
    String meaning() {
        return meaning;
    }

    /** Returns whether {@code envPrefix} applies; it does not to variables that systemd sets. */
    boolean isPrefixed() {
        return this != LISTEN_PID && this != LISTEN_FDS;
    }
}
