package dev.kitbridge.standalone.origin;

import static dev.kitbridge.standalone.origin.OriginRules.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.server.Headers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules behind trusted proxies. */
class ProxiedOriginTest {

    private final Origin rules = rules("TRUSTED_PROXIES", "10.0.0.0/8, fd00::/8");

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                // what one proxy says
                "host: a.test; https://a.test; 10.0.0.1",
                "host: a.test | x-forwarded-proto: http; http://a.test; 10.0.0.1",
                "host: i | x-forwarded-host: a.test | x-forwarded-for: 1.1.1.1; https://a.test; 1.1.1.1",
                // several proxies: the first address from the right that is not a trusted proxy's
                "host: a.test | x-forwarded-for: 9.9.9.9, 1.1.1.1, 10.0.0.7; https://a.test; 1.1.1.1",
                "host: a.test | x-forwarded-for: 10.0.0.9, 10.0.0.7; https://a.test; 10.0.0.9",
                "host: a.test | x-forwarded-for: 9.9.9.9, 1.1.1.1 | x-forwarded-proto: http, https; https://a.test; 1.1.1.1",
                "host: a.test | x-forwarded-for: 1.1.1.1, 10.0.0.7 | x-forwarded-proto: https, http; https://a.test; 1.1.1.1",
                "host: a.test | x-forwarded-for: 1.1.1.1, 10.0.0.7 | x-forwarded-proto: http; http://a.test; 1.1.1.1",
                "host: a.test | x-forwarded-for: 1.1.1.1:5555; https://a.test; 1.1.1.1",
                "host: a.test | x-forwarded-for: 2001:db8::1; https://a.test; 2001:db8::1"
            })
    void theHopOfTheOutermostProxyCounts(String headers, String origin, String client) throws Origin.Rejected {
        assertThat(rules.of(headers(headers), PROXY, false)).isEqualTo(origin);
        assertThat(rules.address(headers(headers), PROXY)).isEqualTo(client);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\'',
            value = {
                "for=1.1.1.1;proto=http;host=a.test ~ http://a.test ~ 1.1.1.1",
                "for=\"[2001:db8::1]:4711\"; Proto=https;by=10.0.0.1 ~ https://i ~ 2001:db8::1",
                "for=9.9.9.9;host=evil.test, for=1.1.1.1;host=a.test, for=10.0.0.3;host=i ~ https://a.test ~ 1.1.1.1",
                "for=\"_a.b\";ext=\"a,b\";host=\"a.test\" ~ https://a.test ~ _a.b",
                "proto=http ~ http://i ~ 10.0.0.1"
            })
    void theStandardHeaderCountsWhereItIsConfigured(String forwarded, String origin, String client)
            throws Origin.Rejected {
        Origin own = rules("TRUSTED_PROXIES", "10.0.0.0/8", "FORWARDED_HEADERS", "Forwarded");
        Headers headers = own.trustedHeaders(
                Headers.of("host", "i", "forwarded", forwarded, "x-forwarded-host", "b.test"), PROXY);

        assertThat(own.of(headers, PROXY, false)).isEqualTo(origin);
        assertThat(own.address(headers, PROXY)).isEqualTo(client);
    }

    /** A proxy passes on the headers that it does not set, as its client sent them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            nullValues = "-",
            value = {
                // default: For, Proto and Host
                "- ~ forwarded: for=6.6.6.6;host=evil.test;proto=http ~ https://a.test ~ 1.1.1.1",
                "- ~ x-forwarded-port: 666 ~ https://a.test ~ 1.1.1.1",
                "- ~ Forwarded: for=6.6.6.6 | forwarded: host=evil.test | X-Forwarded-Port: 1 ~ https://a.test ~ 1.1.1.1",
                // a proxy that leaves the host alone
                "x-forwarded-for, x-forwarded-proto ~ x-forwarded-host: evil.test ~ https://a.test ~ 1.1.1.1",
                "X-Forwarded-For ~ x-forwarded-host: evil.test | x-forwarded-proto: http ~ https://a.test ~ 1.1.1.1",
                // one that sets the port
                "x-forwarded-for,x-forwarded-port ~ x-forwarded-port: 8443 ~ https://a.test:8443 ~ 1.1.1.1",
                // one that sets Forwarded
                "forwarded ~ x-forwarded-host: evil.test | x-forwarded-port: 1 | x-forwarded-prefix: /evil ~ https://a.test ~ 10.0.0.1"
            })
    void headersThatTheProxyDoesNotSetAreDropped(String set, String forged, String origin, String client)
            throws Origin.Rejected {
        Origin own = set == null
                ? rules
                : rules("TRUSTED_PROXIES", "10.0.0.0/8", "ALLOWED_HOSTS", "a.test", "FORWARDED_HEADERS", set);
        Headers headers = own.trustedHeaders(headers("host: a.test | x-forwarded-for: 1.1.1.1 | " + forged), PROXY);

        assertThat(own.of(headers, PROXY, false)).isEqualTo(origin);
        assertThat(own.address(headers, PROXY)).isEqualTo(client);
        if (!forged.contains("8443")) {
            assertThat(headers.toString()).doesNotContain("evil", "6.6.6.6", "ort: ", "proto: http");
        }
    }

    @Test
    void headersThatNoSettingNamesReachTheApp() {
        Headers sent = headers("host: a.test | x-forwarded-prefix: /shop | x-real-ip: 1.1.1.1");

        assertThat(rules.trustedHeaders(sent, PROXY)).isSameAs(sent);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "x-forwarded-for: 1.1.1.1, unknown ~ 10.0.0.1",
                "x-forwarded-for: unknown, 10.0.0.7 ~ 10.0.0.7",
                "x-forwarded-for: <script>, 10.0.0.8, 10.0.0.7 ~ 10.0.0.8",
                "x-forwarded-for: 9.9.9.9, _hidden ~ _hidden",
                "x-forwarded-for: 9.9.9.9 | x-forwarded-for: 1.1.1.1 ~ 1.1.1.1"
            })
    void anInvalidAddressIsNotTheClients(String headers, String client) {
        assertThat(rules.address(headers(headers), PROXY)).isEqualTo(client);
    }

    @Test
    void anUnclosedQuoteOfTheClientDoesNotExtendIntoTheProxysPart() throws Origin.Rejected {
        Origin own = rules("TRUSTED_PROXIES", "10.0.0.0/8", "FORWARDED_HEADERS", "forwarded");
        Headers headers = Headers.builder()
                .add("host", "i")
                .add("forwarded", "for=\"")
                .add("forwarded", "for=\"1.1.1.1\";host=a.test")
                .build();

        assertThat(own.of(headers, PROXY, false)).isEqualTo("https://a.test");
        assertThat(own.address(headers, PROXY)).isEqualTo("1.1.1.1");
    }

    @Test
    void configuredHeadersComeBeforeTheUsualOnes() throws Origin.Rejected {
        Origin own = rules("TRUSTED_PROXIES", "10.0.0.1", "HOST_HEADER", "x-host", "ADDRESS_HEADER", "cf-ip");
        Headers headers = headers("host: i | x-host: a.test | x-forwarded-host: b.test | cf-ip: 1.1.1.1");

        assertThat(own.of(headers, PROXY, false)).isEqualTo("https://a.test");
        assertThat(own.address(headers, PROXY)).isEqualTo("1.1.1.1");
    }

    @Test
    void headersOfUntrustedClientsAreDropped() throws Origin.Rejected {
        Origin own = rules("TRUSTED_PROXIES", "10.0.0.1", "HOST_HEADER", "x-host", "ADDRESS_HEADER", "cf-ip");
        Headers sent = headers("Host: a.test | Forwarded: for=1.1.1.1 | X-Forwarded-For: 1.1.1.1"
                + " | X-Forwarded-Anything: x | X-Real-IP: 1.1.1.1 | X-Host: b.test | CF-IP: 1.1.1.1 | accept: */*");

        Headers trusted = own.trustedHeaders(sent, STRANGER);

        assertThat(trusted).hasToString("Host: a.test\naccept: */*\n");
        assertThat(own.of(trusted, STRANGER, false)).isEqualTo("http://a.test");
        assertThat(own.of(trusted, STRANGER, true)).isEqualTo("https://a.test");
        assertThat(own.address(trusted, STRANGER)).isEqualTo(STRANGER);
        assertThat(own.trustedHeaders(sent, PROXY).toString())
                .doesNotContain("Forwarded: ")
                .contains("X-Host: b.test");
    }

    @Test
    void theHostStaysEvenIfItIsTheHeaderForIt() {
        Origin own = rules("TRUSTED_PROXIES", "10.0.0.1", "HOST_HEADER", "host");

        assertThat(own.trustedHeaders(headers("host: a.test"), STRANGER).first("host"))
                .isEqualTo("a.test");
    }

    @Test
    void clientsOfAUnixSocketAreTrusted() throws Origin.Rejected {
        Headers headers = headers("host: i | x-forwarded-host: a.test");

        assertThat(rules.of(rules.trustedHeaders(headers, ""), "", false)).isEqualTo("https://a.test");
    }

    @Test
    void invalidHeadersAreRejected() {
        assertRejected(rules, "accept: x", 400, "the request has no host header");
        assertRejected(
                rules,
                "host: a.test/b",
                400,
                "the header host is 'a.test/b'; expected a host with or without a port: example.com");
        assertRejected(
                rules,
                "host: a.test | x-forwarded-proto: javascript",
                400,
                "a proxy says that the protocol is 'javascript'; expected http or https");
        Origin port = rules("TRUSTED_PROXIES", "10.0.0.0/8", "FORWARDED_HEADERS", "x-forwarded-port");
        assertRejected(
                port,
                "host: a.test | x-forwarded-port: 65536",
                400,
                "a proxy says that the port is '65536'; expected 0 to 65535");
        assertRejected(
                rules("TRUSTED_PROXIES", "10.0.0.0/8", "HOST_HEADER", "x-host"),
                "host: a.test | x-host: evil.test | x-host: a.test",
                400,
                "the header x-host occurs 2 times; expected once");
    }

    /** Each of these overflowed the stack, or took quadratic time. */
    @ParameterizedTest
    @ValueSource(
            strings = {"a", "\"", "\\\"", "for=1;", "for=\"", ";", " ", ",", "\"\\", "=", "for = ", "\"a\",", "\"a\" "})
    void longHeadersOfProxiesAreReadInBoundedTime(String part) throws Exception {
        for (String name : List.of("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto")) {
            Headers headers = Headers.of("host", "a.test", name, part.repeat(200_000 / part.length()));
            Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
                rules.address(headers, PROXY);
                try {
                    rules.of(headers, PROXY, false);
                } catch (Origin.Rejected e) {
                    assertThat(e.status()).isEqualTo(400);
                }
            });
        }
    }

    @Test
    void anOpenQuoteHidesNoHop() {
        Headers headers = Headers.of("host", "a.test", "forwarded", "for=203.0.113.66, for=\"open, for=198.51.100.7");
        assertThat(rules.address(headers, PROXY)).isEqualTo(PROXY);
    }
}
