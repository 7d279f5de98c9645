package dev.kitbridge.standalone.settings;

/**
 * The environment variables. Those that {@code @sveltejs/adapter-node} 6 has mean what they mean there; a test compares
 * the list with the documentation.
 */
public enum Variable {
    /** Port to listen on. */
    PORT("3000", "port to listen on; 0: any that is free"),
    /** Address to listen on. */
    HOST("0.0.0.0", "address to listen on"),
    /** Unix socket. */
    SOCKET_PATH("", "listens on this Unix socket, and on no port"),
    /** The app's origin. */
    ORIGIN("", "what the app's URLs begin with: https://example.com"),
    /** Hosts that are answered. */
    ALLOWED_HOSTS("", "hosts or origins that are answered, separated by commas; 421 for others"),
    /** Trusted proxies. */
    TRUSTED_PROXIES("", "addresses and ranges of proxies; nobody else's forwarding headers are trusted"),
    /** Headers of trusted proxies. */
    FORWARDED_HEADERS(
            "x-forwarded-for,x-forwarded-proto,x-forwarded-host",
            "headers that trusted proxies set themselves, or forwarded; all others are dropped"),
    /** Header with the protocol. */
    PROTOCOL_HEADER("", "header with the protocol that the client used"),
    /** Header with the host. */
    HOST_HEADER("", "header with the host that the client asked for"),
    /** Header with the port. */
    PORT_HEADER("", "header with the port that the client used"),
    /** Header with the address. */
    ADDRESS_HEADER("", "header with the client's address"),
    /** Which of the addresses. */
    XFF_DEPTH("1", "which address of x-forwarded-for is the client's, counted from the right"),
    /** Largest body. */
    BODY_SIZE_LIMIT("512K", "largest body of a request: bytes, or with K, M or G; Infinity"),
    /** After SIGTERM. */
    SHUTDOWN_TIMEOUT("30", "seconds that requests may take after SIGTERM or SIGINT"),
    /** Ends when nobody asks. */
    IDLE_TIMEOUT("0", "with socket activation: ends after so many seconds without requests; 0: never"),
    /** Between requests. */
    KEEP_ALIVE_TIMEOUT("5", "seconds that a connection may wait for its next request; 0: for ever"),
    /** For the head of a request. */
    HEADERS_TIMEOUT("60", "seconds that a client may take to send a request's headers; 0: for ever"),
    /** For a whole request. */
    REQUEST_TIMEOUT("300", "seconds that a client may take to send a request; 0: for ever"),
    /** Memory for slow clients. */
    BUFFER_LIMIT(
            "a quarter of the heap",
            "bytes that may be buffered for slow clients before the slowest are disconnected; with K, M or G"),
    /** How many connections. */
    MAX_CONNECTIONS("0", "limit of open connections, others wait; 0: no limit"),
    /** How many connections of one client. */
    MAX_CONNECTIONS_PER_ADDRESS("0", "limit of open connections of one address; 0: no limit"),
    /** Certificates. */
    TLS_CERT("", "PEM file with the certificate and its chain; serves HTTPS"),
    /** Private key. */
    TLS_KEY("", "PEM file with the certificate's private key"),
    /** Largest head of a response. */
    RESPONSE_HEADERS_LIMIT("64K", "largest status and headers of a response: bytes, or with K; 256K at most"),
    /** How many workers. */
    WORKERS("cores", "how many JavaScript processes render"),
    /** A worker's memory. */
    WORKER_MEMORY("", "a worker's ceiling, before which it is replaced: bytes, or with K, M or G"),
    /** A worker's silence. */
    WORKER_TIMEOUT("10", "seconds that a worker's event loop may be silent before the worker is replaced"),
    /** Starts that fail. */
    START_TRIES(
            "5",
            "how many starts of workers may fail in a row before the first succeeds; then the process exits"
                    + " with 1; 0: tries for ever"),
    /** How many calls of services. */
    SERVICE_CALLS("256", "how many calls of Java services may be under way at once"),
    /** How many calls of services in a request. */
    SERVICE_REQUEST_CALLS("64", "how many of them may belong to one request"),
    /** How long a call takes. */
    SERVICE_TIMEOUT("30", "seconds that a call of a service may take, or the next item of a stream"),
    /** Largest arguments. */
    SERVICE_ARGUMENTS_LIMIT("1M", "largest arguments of a call, as JSON: bytes, or with K, M or G"),
    /** Largest result. */
    SERVICE_RESULT_LIMIT("8M", "largest result of a call, or item of a stream, as JSON: bytes, or with K, M or G"),
    /** Port of the management server. */
    MANAGEMENT_PORT("", "port of /healthz, /readyz and /metrics; 0: any that is free"),
    /** Address of the management server. */
    MANAGEMENT_HOST("127.0.0.1", "address that MANAGEMENT_PORT listens on; 0.0.0.0 for probes from other machines"),
    /** Access log. */
    ACCESS_LOG("off", "combined or json: a line for each request on the standard output"),
    /** Systemd's. */
    LISTEN_PID("", "set by systemd: whose the socket is"),
    /** Systemd's. */
    LISTEN_FDS("", "set by systemd: how many sockets there are; one is taken");

    private final String otherwise;
    private final String meaning;

    Variable(String otherwise, String meaning) {
        this.otherwise = otherwise;
        this.meaning = meaning;
    }

    /** Its value where it is not set, for people. */
    String otherwise() {
        return otherwise;
    }

    String meaning() {
        return meaning;
    }

    /** Whether {@code envPrefix} goes before it: not before what systemd sets. */
    boolean isPrefixed() {
        return this != LISTEN_PID && this != LISTEN_FDS;
    }
}
