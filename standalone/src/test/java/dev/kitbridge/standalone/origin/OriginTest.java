package dev.kitbridge.standalone.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.server.Headers;
import dev.kitbridge.standalone.settings.AuthorityExamples;
import dev.kitbridge.standalone.settings.Environment;
import dev.kitbridge.standalone.settings.Settings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginTest {

    private static final String PROXY = "10.0.0.1";
    private static final String STRANGER = "203.0.113.9";

    private static Origin rules(String... namesAndValues) {
        return rulesOfBuilt("", namesAndValues);
    }

    private static Origin rulesOfBuilt(String built, String... namesAndValues) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) values.put(namesAndValues[i], namesAndValues[i + 1]);
        return Origin.of(Settings.of(new Environment(values, "")).forwarding(), built);
    }

    /** Headers from {@code name: value | name: value}. */
    private static Headers headers(String text) {
        Headers.Builder headers = Headers.builder();
        for (String line : text.split("\\|")) {
            int colon = line.indexOf(':');
            if (colon > 0)
                headers.add(
                        line.substring(0, colon).strip(),
                        line.substring(colon + 1).strip());
        }
        return headers.build();
    }

    private static void refused(Origin rules, String headers, int status, String message) {
        assertThatThrownBy(() -> rules.of(headers(headers), PROXY, false))
                .isInstanceOfSatisfying(
                        Origin.Refused.class, e -> assertThat(e.status()).isEqualTo(status))
                .hasMessage(message);
    }

    @Nested
    class AsAdapterNode {

        private final Origin rules = rules(
                "PROTOCOL_HEADER",
                "x-proto",
                "HOST_HEADER",
                "x-host",
                "PORT_HEADER",
                "x-port",
                "ADDRESS_HEADER",
                "x-ip");

        @ParameterizedTest
        @CsvSource(
                delimiter = ';',
                value = {
                    "host: a.test; https://a.test",
                    "host: a.test:81; https://a.test:81",
                    "host: a.test | x-proto: http; http://a.test",
                    "host: a.test | x-host: b.test; https://b.test",
                    "host: a.test | x-port: 8443; https://a.test:8443",
                    "x-host: b.test | x-proto: http | x-port: 81; http://b.test:81",
                    "host: a.test | x-forwarded-proto: http; https://a.test"
                })
        void configuredHeadersAreBelievedFromEverybody(String headers, String origin) throws Origin.Refused {
            assertThat(rules.of(headers(headers), STRANGER, false)).isEqualTo(origin);
        }

        @Test
        void whatMakesNoSenseIsRefused() {
            refused(rules, "x-proto: https", 400, "the request has no host header");
            refused(
                    rules,
                    "host: a.test | x-proto: https://evil.test",
                    400,
                    "the header x-proto is 'https://evil.test'; expected a protocol without a colon");
            refused(
                    rules,
                    "host: a.test | x-proto: https%3A",
                    400,
                    "the header x-proto is 'https:'; expected a protocol without a colon");
            refused(
                    rules,
                    "host: a.test | x-port: x",
                    400,
                    "the header x-port is 'x' beside the host a.test; expected 0 to 65535, and a host without a port");
            refused(
                    rules,
                    "host: a.test:81 | x-port: 8443",
                    400,
                    "the header x-port is '8443' beside the host a.test:81; expected 0 to 65535, and a host without a port");
            refused(rules, "host: a.test | host: b.test", 400, "the header host occurs 2 times");
        }

        @Test
        void theAddressIsWhatTheHeaderSays() {
            assertThat(rules.address(headers("x-ip: 198.51.100.7"), PROXY)).isEqualTo("198.51.100.7");
            assertThat(rules().address(headers("x-ip: 198.51.100.7"), PROXY)).isEqualTo(PROXY);
            assertThatThrownBy(() -> rules.address(headers("host: a.test"), PROXY))
                    .hasMessage("ADDRESS_HEADER is x-ip, but the request has no such header");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = ';',
                value = {"1; 3.3.3.3", "2; 2.2.2.2", "3; 1.1.1.1"})
        void theDepthCountsFromTheRight(String depth, String address) {
            Origin deep = rules("ADDRESS_HEADER", "X-Forwarded-For", "XFF_DEPTH", depth);

            assertThat(deep.address(headers("x-forwarded-for: 1.1.1.1, 2.2.2.2,3.3.3.3"), PROXY))
                    .isEqualTo(address);
        }

        @Test
        void aDepthThatIsNotThereIsNamed() {
            Origin deep = rules("ADDRESS_HEADER", "x-forwarded-for", "XFF_DEPTH", "2");

            assertThatThrownBy(() -> deep.address(headers("x-forwarded-for: 1.1.1.1"), PROXY))
                    .hasMessage("XFF_DEPTH is 2, but x-forwarded-for has 1 addresses");
        }
    }

    @Nested
    class WithTrustedProxies {

        private final Origin rules = rules("TRUSTED_PROXIES", "10.0.0.0/8, fd00::/8");

        @ParameterizedTest
        @CsvSource(
                delimiter = ';',
                value = {
                    // what one proxy says
                    "host: a.test; https://a.test; 10.0.0.1",
                    "host: a.test | x-forwarded-proto: http; http://a.test; 10.0.0.1",
                    "host: i | x-forwarded-host: a.test | x-forwarded-for: 1.1.1.1; https://a.test; 1.1.1.1",
                    // several proxies: the first address from the right that is no proxy's
                    "host: a.test | x-forwarded-for: 9.9.9.9, 1.1.1.1, 10.0.0.7; https://a.test; 1.1.1.1",
                    "host: a.test | x-forwarded-for: 10.0.0.9, 10.0.0.7; https://a.test; 10.0.0.9",
                    "host: a.test | x-forwarded-for: 9.9.9.9, 1.1.1.1 | x-forwarded-proto: http, https; https://a.test; 1.1.1.1",
                    "host: a.test | x-forwarded-for: 1.1.1.1, 10.0.0.7 | x-forwarded-proto: https, http; https://a.test; 1.1.1.1",
                    "host: a.test | x-forwarded-for: 1.1.1.1, 10.0.0.7 | x-forwarded-proto: http; http://a.test; 1.1.1.1",
                    "host: a.test | x-forwarded-for: 1.1.1.1:5555; https://a.test; 1.1.1.1",
                    "host: a.test | x-forwarded-for: 2001:db8::1; https://a.test; 2001:db8::1"
                })
        void whatTheOutermostProxySaysCounts(String headers, String origin, String client) throws Origin.Refused {
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
                throws Origin.Refused {
            Origin own = rules("TRUSTED_PROXIES", "10.0.0.0/8", "FORWARDED_HEADERS", "Forwarded");
            Headers headers =
                    own.believed(Headers.of("host", "i", "forwarded", forwarded, "x-forwarded-host", "b.test"), PROXY);

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
        void whatTheProxyDoesNotSetIsDropped(String set, String forged, String origin, String client)
                throws Origin.Refused {
            Origin own = set == null
                    ? rules
                    : rules("TRUSTED_PROXIES", "10.0.0.0/8", "ALLOWED_HOSTS", "a.test", "FORWARDED_HEADERS", set);
            Headers headers = own.believed(headers("host: a.test | x-forwarded-for: 1.1.1.1 | " + forged), PROXY);

            assertThat(own.of(headers, PROXY, false)).isEqualTo(origin);
            assertThat(own.address(headers, PROXY)).isEqualTo(client);
            if (!forged.contains("8443")) {
                assertThat(headers.toString()).doesNotContain("evil", "6.6.6.6", "ort: ", "proto: http");
            }
        }

        @Test
        void headersThatNobodyNamesAreBetweenTheProxyAndTheApp() {
            Headers sent = headers("host: a.test | x-forwarded-prefix: /shop | x-real-ip: 1.1.1.1");

            assertThat(rules.believed(sent, PROXY)).isSameAs(sent);
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
        void anAddressThatIsNoneIsNotTheClients(String headers, String client) {
            assertThat(rules.address(headers(headers), PROXY)).isEqualTo(client);
        }

        @Test
        void aQuoteThatTheClientLeavesOpenDoesNotReachIntoWhatTheProxyAdds() throws Origin.Refused {
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
        void configuredHeadersComeBeforeTheUsualOnes() throws Origin.Refused {
            Origin own = rules("TRUSTED_PROXIES", "10.0.0.1", "HOST_HEADER", "x-host", "ADDRESS_HEADER", "cf-ip");
            Headers headers = headers("host: i | x-host: a.test | x-forwarded-host: b.test | cf-ip: 1.1.1.1");

            assertThat(own.of(headers, PROXY, false)).isEqualTo("https://a.test");
            assertThat(own.address(headers, PROXY)).isEqualTo("1.1.1.1");
        }

        @Test
        void aStrangersHeadersAreDropped() throws Origin.Refused {
            Origin own = rules("TRUSTED_PROXIES", "10.0.0.1", "HOST_HEADER", "x-host", "ADDRESS_HEADER", "cf-ip");
            Headers sent = headers(
                    "Host: a.test | Forwarded: for=1.1.1.1 | X-Forwarded-For: 1.1.1.1"
                            + " | X-Forwarded-Anything: x | X-Real-IP: 1.1.1.1 | X-Host: b.test | CF-IP: 1.1.1.1 | accept: */*");

            Headers believed = own.believed(sent, STRANGER);

            assertThat(believed).hasToString("Host: a.test\naccept: */*\n");
            assertThat(own.of(believed, STRANGER, false)).isEqualTo("http://a.test");
            assertThat(own.of(believed, STRANGER, true)).isEqualTo("https://a.test");
            assertThat(own.address(believed, STRANGER)).isEqualTo(STRANGER);
            assertThat(own.believed(sent, PROXY).toString())
                    .doesNotContain("Forwarded: ")
                    .contains("X-Host: b.test");
        }

        @Test
        void theHostStaysEvenIfItIsTheHeaderForIt() {
            Origin own = rules("TRUSTED_PROXIES", "10.0.0.1", "HOST_HEADER", "host");

            assertThat(own.believed(headers("host: a.test"), STRANGER).first("host"))
                    .isEqualTo("a.test");
        }

        @Test
        void whoMayOpenAUnixSocketIsTrusted() throws Origin.Refused {
            Headers headers = headers("host: i | x-forwarded-host: a.test");

            assertThat(rules.of(rules.believed(headers, ""), "", false)).isEqualTo("https://a.test");
        }

        @Test
        void whatMakesNoSenseIsRefused() {
            refused(rules, "accept: x", 400, "the request has no host header");
            refused(
                    rules,
                    "host: a.test/b",
                    400,
                    "the header host is 'a.test/b'; expected a host with or without a port: example.com");
            refused(
                    rules,
                    "host: a.test | x-forwarded-proto: javascript",
                    400,
                    "a proxy says that the protocol is 'javascript'; expected http or https");
            Origin port = rules("TRUSTED_PROXIES", "10.0.0.0/8", "FORWARDED_HEADERS", "x-forwarded-port");
            refused(
                    port,
                    "host: a.test | x-forwarded-port: 65536",
                    400,
                    "a proxy says that the port is '65536'; expected 0 to 65535");
            refused(
                    rules("TRUSTED_PROXIES", "10.0.0.0/8", "HOST_HEADER", "x-host"),
                    "host: a.test | x-host: evil.test | x-host: a.test",
                    400,
                    "the header x-host occurs 2 times; expected once");
        }
    }

    @Nested
    class WithAnOrigin {

        @Test
        void itHoldsForEveryRequest() throws Origin.Refused {
            assertThat(rules("ORIGIN", "https://a.test").of(headers("host: b.test"), STRANGER, false))
                    .isEqualTo("https://a.test");
        }

        @Test
        void aRequestOfHttp10NeedsNoHost() throws Origin.Refused {
            assertThat(rules("ORIGIN", "https://a.test").of(headers("accept: x"), STRANGER, false))
                    .isEqualTo("https://a.test");
        }

        @Test
        void thatOfTheEnvironmentComesBeforeThatOfTheBuild() throws Origin.Refused {
            assertThat(rulesOfBuilt("https://built.test").of(headers("host: b.test"), STRANGER, false))
                    .isEqualTo("https://built.test");
            assertThat(rulesOfBuilt("https://built.test", "ORIGIN", "https://a.test")
                            .of(headers("host: b.test"), STRANGER, false))
                    .isEqualTo("https://a.test");
        }
    }

    @Nested
    class WithAllowedHosts {

        /** Whichever header the host comes from, and whatever a URL parser would make of it. */
        @ParameterizedTest
        @CsvSource(
                delimiter = '~',
                value = {
                    "host: {} ~ ORIGIN ~ https://sub.test",
                    "host: {} ~ ALLOWED_HOSTS ~ *.sub.test",
                    "x-host: {} | host: a.sub.test ~ HOST_HEADER ~ x-host",
                    "x-forwarded-host: {} | host: a.sub.test ~ TRUSTED_PROXIES ~ 10.0.0.0/8",
                    "host: {} ~ TRUSTED_PROXIES ~ 10.0.0.0/8",
                    "host: {} ~ TRUSTED_PROXIES ~ 192.168.0.1"
                })
        void noHostIsMoreThanAHost(String template, String variable, String value) {
            Origin rules = rules(variable, value);
            for (String host : AuthorityExamples.INVALID) {
                // an empty header is none, and of a list the last host counts
                if (host.isEmpty() || (host.contains(",") && template.startsWith("x-forwarded"))) continue;
                Headers headers = headers(template.replace("{}", host));
                assertThatThrownBy(() -> rules.of(rules.believed(headers, PROXY), PROXY, false))
                        .as(host)
                        .isInstanceOfSatisfying(Origin.Refused.class, e -> {
                            assertThat(e.status()).isEqualTo(400);
                            assertThat(e.refusesFiles()).isTrue();
                        });
            }
        }

        @Test
        void aRequestWithoutAHostIsForNoneOfThem() {
            assertThatThrownBy(() -> rules("ALLOWED_HOSTS", "a.test").of(headers("accept: x"), STRANGER, false))
                    .isInstanceOfSatisfying(Origin.Refused.class, e -> assertThat(e.refusesFiles())
                            .isTrue());
        }

        @Test
        void othersAreMisdirected() throws Origin.Refused {
            Origin rules = rules("ALLOWED_HOSTS", "a.test, *.b.test");

            assertThat(rules.of(headers("host: a.test"), STRANGER, false)).isEqualTo("https://a.test");
            refused(rules, "host: evil.test", 421, "https://evil.test is none of ALLOWED_HOSTS");
        }

        @Test
        void theHostThatWasAskedForIsLookedAtBesideAFixedOrigin() throws Origin.Refused {
            Origin rules = rules("ALLOWED_HOSTS", "a.test", "ORIGIN", "https://www.a.test");

            assertThat(rules.of(headers("host: a.test"), STRANGER, false)).isEqualTo("https://www.a.test");
            refused(rules, "host: evil.test", 421, "https://evil.test is none of ALLOWED_HOSTS");
        }
    }

    /** Each of these took the stack, or time that grows with the square of the length. */
    @ParameterizedTest
    @ValueSource(
            strings = {"a", "\"", "\\\"", "for=1;", "for=\"", ";", " ", ",", "\"\\", "=", "for = ", "\"a\",", "\"a\" "})
    void longHeadersOfProxiesAreReadInBoundedTime(String part) throws Exception {
        Origin rules = rules("TRUSTED_PROXIES", "10.0.0.0/8");
        for (String name : List.of("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto")) {
            Headers headers = Headers.of("host", "a.test", name, part.repeat(200_000 / part.length()));
            Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
                rules.address(headers, PROXY);
                try {
                    rules.of(headers, PROXY, false);
                } catch (Origin.Refused e) {
                    assertThat(e.status()).isEqualTo(400);
                }
            });
        }
    }

    @Test
    void anOpenQuoteHidesNoHop() {
        Origin rules = rules("TRUSTED_PROXIES", "10.0.0.0/8");
        Headers headers = Headers.of("host", "a.test", "forwarded", "for=203.0.113.66, for=\"open, for=198.51.100.7");
        assertThat(rules.address(headers, PROXY)).isEqualTo(PROXY);
    }
}
