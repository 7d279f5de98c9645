package dev.kitbridge.standalone.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.server.Init;
import dev.kitbridge.server.ServiceLimits;
import dev.kitbridge.server.StartException;
import dev.kitbridge.standalone.settings.Settings.AccessLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    private static final long PID = 42;

    private static Settings of(String... namesAndValues) {
        return prefixed("", namesAndValues);
    }

    private static Settings prefixed(String prefix, String... namesAndValues) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) values.put(namesAndValues[i], namesAndValues[i + 1]);
        return Settings.of(new Environment(values, prefix), PID);
    }

    @Test
    void anEmptyEnvironmentHasAdapterNodesDefaults() {
        Settings settings = of();

        assertThat(settings.listening().host()).isEqualTo("0.0.0.0");
        assertThat(settings.listening().port()).isEqualTo(3000);
        assertThat(settings.listening().socketPath()).isNull();
        assertThat(settings.listening().tls()).isNull();
        assertThat(settings.forwarding().xffDepth()).isEqualTo(1);
        assertThat(settings.forwarding().trusted()).isNull();
        assertThat(settings.forwarding().allowed().isEmpty()).isTrue();
        assertThat(settings.bodySizeLimit()).isEqualTo(512 * 1024);
        assertThat(settings.timeouts())
                .isEqualTo(new Settings.Timeouts(
                        Duration.ofSeconds(30),
                        Duration.ZERO,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(300)));
        assertThat(settings.workers()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(settings.services()).isEqualTo(ServiceLimits.DEFAULT);
        assertThat(settings.managementPort()).isNull();
        assertThat(settings.accessLog()).isEqualTo(AccessLog.OFF);
    }

    @Test
    void anEmptyVariableCountsAsUnset() {
        assertThat(of("PORT", "", "ORIGIN", "", "TRUSTED_PROXIES", "", "WORKERS", ""))
                .isEqualTo(of());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1000, 1000",
        "512K, 524288",
        "1k, 1024",
        "2M, 2097152",
        "3G, 3221225472",
        "999999999999, 999999999999",
        "Infinity, 9223372036854775807"
    })
    void sizesHaveUnits(String value, long bytes) {
        assertThat(of("BODY_SIZE_LIMIT", value).bodySizeLimit()).isEqualTo(bytes);
    }

    @Test
    void aWorkersMemoryWithoutEndIsNoCeiling() {
        assertThat(of("WORKER_MEMORY", "Infinity").workerMemory()).isZero();
        assertThat(of("WORKER_MEMORY", "256M").workerMemory()).isEqualTo(256L << 20);
    }

    @Test
    void servicesHaveLimits() {
        assertThat(of(
                                "SERVICE_CALLS",
                                "20",
                                "SERVICE_REQUEST_CALLS",
                                "5",
                                "SERVICE_TIMEOUT",
                                "2",
                                "SERVICE_ARGUMENTS_LIMIT",
                                "10K",
                                "SERVICE_RESULT_LIMIT",
                                "1G")
                        .services())
                .isEqualTo(new ServiceLimits(5, 20, 10 << 10, 1 << 30, Duration.ofSeconds(2)));
    }

    @Test
    void namesOfHeadersAreReadInAnyCase() {
        Settings.Forwarding settings = of(
                        "PROTOCOL_HEADER",
                        "X-Forwarded-Proto",
                        "HOST_HEADER",
                        "X-Forwarded-Host",
                        "PORT_HEADER",
                        "X-Port",
                        "ADDRESS_HEADER",
                        "X-Forwarded-For",
                        "XFF_DEPTH",
                        "2")
                .forwarding();

        assertThat(settings.protocolHeader()).isEqualTo("x-forwarded-proto");
        assertThat(settings.hostHeader()).isEqualTo("x-forwarded-host");
        assertThat(settings.portHeader()).isEqualTo("x-port");
        assertThat(settings.addressHeader()).isEqualTo("x-forwarded-for");
        assertThat(settings.xffDepth()).isEqualTo(2);
    }

    @Test
    void theOriginMayEndWithASlash() {
        assertThat(of("ORIGIN", "https://example.com/").forwarding().origin()).isEqualTo("https://example.com");
    }

    @Test
    void listsMayHaveSpacesAndEmptyPlaces() {
        assertThat(of("TRUSTED_PROXIES", " 10.0.0.0/8, ::1 ,").forwarding().trusted())
                .containsExactly(Cidr.parse("10.0.0.0/8"), Cidr.parse("::1"));
    }

    @Test
    void proxiesCanBeEmpty() {
        assertThat(of("TRUSTED_PROXIES", ",").forwarding().trusted()).isEmpty();
    }

    @Test
    void theHeadersOfProxiesBelongToOneFamily() {
        String accepted =
                "'; it accepts forwarded, or those of x-forwarded-for, x-forwarded-proto, x-forwarded-host and"
                        + " x-forwarded-port that the proxy sets itself, separated by commas";
        for (String wrong : List.of("forwarded, x-forwarded-for", "x-real-ip", "x-forwarded", ",")) {
            assertThatThrownBy(() -> of("TRUSTED_PROXIES", "::1", "FORWARDED_HEADERS", wrong))
                    .hasMessage("The environment variable FORWARDED_HEADERS is '" + wrong + accepted);
        }
        assertThatThrownBy(() -> of("FORWARDED_HEADERS", "forwarded"))
                .hasMessage("The environment variable FORWARDED_HEADERS is set, but TRUSTED_PROXIES is not; set both:"
                        + " only headers of trusted proxies are read");
        assertThat(of().forwarding().headers().names())
                .containsExactlyInAnyOrder("x-forwarded-for", "x-forwarded-proto", "x-forwarded-host");
    }

    @Test
    void theManagementPortListensOnLoopbackByDefault() {
        assertThat(of("HOST", "0.0.0.0", "MANAGEMENT_PORT", "9090").managementHost())
                .isEqualTo("127.0.0.1");
        assertThat(of("MANAGEMENT_PORT", "9090", "MANAGEMENT_HOST", "::").managementHost())
                .isEqualTo("::");
    }

    @Test
    void tlsTakesTwoFiles() {
        assertThat(of("TLS_CERT", "/tls/cert.pem", "TLS_KEY", "/tls/key.pem")
                        .listening()
                        .tls())
                .isEqualTo(new Settings.PemFiles(
                        Path.of("/tls/cert.pem").toAbsolutePath(),
                        Path.of("/tls/key.pem").toAbsolutePath()));
    }

    @Test
    void theSocketOfSystemdIsTakenIfItIsForThisProcess() {
        assertThat(of("LISTEN_PID", "42", "LISTEN_FDS", "1").listening().activated())
                .isTrue();
        assertThat(of("LISTEN_FDS", "1").listening().activated()).isFalse();
    }

    @Test
    void theAccessLogsFormatIsReadInAnyCase() {
        assertThat(of("ACCESS_LOG", "JSON").accessLog()).isEqualTo(AccessLog.JSON);
        assertThat(of("ACCESS_LOG", "combined").accessLog()).isEqualTo(AccessLog.COMBINED);
        assertThat(of("PAGE_CACHE", "Declared").pageCache())
                .isEqualTo(new Init.PageCache(Init.PageCache.Mode.DECLARED, 64 * 1024 * 1024));
        assertThat(of("PAGE_CACHE", "on", "PAGE_CACHE_SIZE", "2M").pageCache())
                .isEqualTo(new Init.PageCache(Init.PageCache.Mode.ON, 2 * 1024 * 1024));
        assertThat(of("PAGE_CACHE_STATUS", "Off").pageCache().cacheStatus()).isFalse();
    }

    @Test
    void theTokenOfThePageCacheNeedsTheManagementServer() {
        assertThat(of().pageCacheToken()).isNull();
        assertThat(of("PAGE_CACHE_TOKEN", "0123456789abcdef", "MANAGEMENT_PORT", "9090")
                        .pageCacheToken())
                .isEqualTo("0123456789abcdef");
        assertThatThrownBy(() -> of("PAGE_CACHE_TOKEN", "0123456789abcdef"))
                .isInstanceOf(StartException.class)
                .hasMessage(
                        "The environment variable PAGE_CACHE_TOKEN is set, but MANAGEMENT_PORT is not; the management"
                                + " server receives the requests with the token");
        assertThat(of("PAGE_CACHE", "on", "PAGE_CACHE_URL", "redis://cache", "PAGE_CACHE_TIMEOUT", "7")
                        .pageCache()
                        .shared())
                .isEqualTo(new Init.SharedPageCache("redis://cache", "kitbridge", Duration.ofMillis(7)));
        assertThat(of("PAGE_CACHE", "on", "PAGE_CACHE_URL", "redis://:secret@cache")
                        .toString())
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PORT | http | 0 to 65535",
                "PORT | 65536 | 0 to 65535",
                "PORT | -1 | 0 to 65535",
                "PORT | 99999999999 | 0 to 65535",
                "ORIGIN | example.com | scheme and host, and the port unless it is the default: https://example.com",
                "ORIGIN | https://example.com/shop | scheme and host, and the port unless it is the default: https://example.com",
                "ALLOWED_HOSTS | ftp://example.com | hosts and origins, separated by commas: example.com, *.example.com, example.com:8443, https://example.com",
                "ALLOWED_HOSTS | a b | hosts and origins, separated by commas: example.com, *.example.com, example.com:8443, https://example.com",
                "ORIGIN | https://user@example.com | scheme and host, and the port unless it is the default: https://example.com",
                "ORIGIN | https://example.com:65536 | scheme and host, and the port unless it is the default: https://example.com",
                "ORIGIN | HTTPS://example.com, | scheme and host, and the port unless it is the default: https://example.com",
                "ALLOWED_HOSTS | .example.com | hosts and origins, separated by commas: example.com, *.example.com, example.com:8443, https://example.com",
                "TRUSTED_PROXIES | 10.0.0.0/33 | addresses and ranges, separated by commas: 127.0.0.1, 10.0.0.0/8, fd00::/8",
                "TRUSTED_PROXIES | proxy.local | addresses and ranges, separated by commas: 127.0.0.1, 10.0.0.0/8, fd00::/8",
                "PROTOCOL_HEADER | x y | the name of a header: x-forwarded-proto",
                "HOST_HEADER | host: | the name of a header: x-forwarded-proto",
                "PORT_HEADER | x=y | the name of a header: x-forwarded-proto",
                "ADDRESS_HEADER | x/y | the name of a header: x-forwarded-proto",
                "XFF_DEPTH | 0 | 1 to 100",
                "BODY_SIZE_LIMIT | 1T | a number of bytes, one with K, M or G after it, or Infinity",
                "BODY_SIZE_LIMIT | -1 | a number of bytes, one with K, M or G after it, or Infinity",
                "SHUTDOWN_TIMEOUT | soon | a whole number, 0 or more",
                "IDLE_TIMEOUT | 1.5 | a whole number, 0 or more",
                "KEEP_ALIVE_TIMEOUT | 5s | a whole number, 0 or more",
                "HEADERS_TIMEOUT | -1 | a whole number, 0 or more",
                "MAX_CONNECTIONS | many | a whole number, 0 or more",
                "WORKERS | 0 | 1 to 1000",
                "WORKER_MEMORY | lots | a number of bytes, one with K, M or G after it, or Infinity",
                "WORKER_TIMEOUT | 0 | a whole number, 1 or more",
                "SERVICE_CALLS | 0 | a whole number, 1 or more",
                "SERVICE_REQUEST_CALLS | none | a whole number, 1 or more",
                "SERVICE_TIMEOUT | 500ms | a whole number, 1 or more",
                "SERVICE_ARGUMENTS_LIMIT | 0 | a number of bytes, or one with K, M or G after it, 1 to 1G",
                "SERVICE_RESULT_LIMIT | Infinity | a number of bytes, or one with K, M or G after it, 1 to 1G",
                "SERVICE_RESULT_LIMIT | 1025M | a number of bytes, or one with K, M or G after it, 1 to 1G",
                "MANAGEMENT_PORT | no | 0 to 65535",
                "ACCESS_LOG | xml | combined, json or off",
                "PAGE_CACHE | yes | declared, on or off",
                "PAGE_CACHE_SIZE | 100K | 1M or more, and not Infinity",
                "PAGE_CACHE_PREFIX | a b | letters, digits, dots, colons, hyphens and underscores",
                "PAGE_CACHE_TIMEOUT | 0 | 1 to 10000",
                "PAGE_CACHE_SIZE | Infinity | 1M or more, and not Infinity",
                "PAGE_CACHE_STATUS | maybe | on or off",
                "PAGE_CACHE_TOKEN | 5 characters long | 16 characters at least",
                "LISTEN_PID | 7 | the number of this process, 42: start java itself in the service's ExecStart",
                "LISTEN_FDS | 2 | 1: name one ListenStream in the socket's unit"
            })
    void aBadValueIsNamedWithWhatIsAccepted(String name, String value, String accepted) {
        // the message does not repeat a secret
        String given = name.equals("PAGE_CACHE_TOKEN") ? "short" : value;
        assertThatThrownBy(() -> of(name, given))
                .isInstanceOf(StartException.class)
                .hasMessage("The environment variable " + name + " is '" + value + "'; it accepts " + accepted);
    }

    @Test
    void aCertificateWithoutAKeyIsRejected() {
        assertThatThrownBy(() -> of("TLS_CERT", "cert.pem"))
                .hasMessage("The environment variable TLS_CERT is set, but TLS_KEY is not; TLS needs both");
        assertThatThrownBy(() -> of("TLS_KEY", "key.pem"))
                .hasMessage("The environment variable TLS_KEY is set, but TLS_CERT is not; TLS needs both");
    }

    @Test
    void aPrefixGoesBeforeAllNamesButSystemds() {
        Settings settings = prefixed("MY_", "MY_PORT", "8080", "PORT", "1", "LISTEN_PID", "42", "LISTEN_FDS", "1");

        assertThat(settings.listening().port()).isEqualTo(8080);
        assertThat(settings.listening().activated()).isTrue();
        assertThatThrownBy(() -> prefixed("MY_", "MY_PORT", "x"))
                .hasMessage("The environment variable MY_PORT is 'x'; it accepts 0 to 65535");
    }

    @Test
    void unknownVariablesWithThePrefixAreRejected() {
        assertThatThrownBy(() -> prefixed("MY_", "MY_POTR", "8080", "MY_SECRET", "x", "OTHER", "y"))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith(
                        "The environment has MY_POTR, MY_SECRET, which begins with envPrefix 'MY_' but is none of MY_PORT, MY_HOST,")
                .hasMessageEndingWith("; choose another envPrefix, or another name")
                .hasMessageNotContaining("LISTEN_");
        assertThat(of("POTR", "8080")).isEqualTo(of());
    }

    @Test
    void helpNamesEveryVariableWithItsPrefix() {
        String text = Help.text(new Environment(Map.of(), "MY_"));

        for (Variable variable : Variable.values()) {
            assertThat(text).contains(variable.isPrefixed() ? "\nMY_" + variable + " " : "\n" + variable + " ");
        }
    }
}
