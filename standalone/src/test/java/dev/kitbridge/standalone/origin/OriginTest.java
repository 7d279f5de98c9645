package dev.kitbridge.standalone.origin;

import static dev.kitbridge.standalone.origin.OriginRules.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.server.Headers;
import dev.kitbridge.standalone.settings.AuthorityExamples;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of adapter-node, a fixed origin, and allowed hosts. */
class OriginTest {

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
        void configuredHeadersAreTrustedFromEveryClient(String headers, String origin) throws Origin.Rejected {
            assertThat(rules.of(headers(headers), STRANGER, false)).isEqualTo(origin);
        }

        @Test
        void invalidHeadersAreRejected() {
            assertRejected(rules, "x-proto: https", 400, "the request has no host header");
            assertRejected(
                    rules,
                    "host: a.test | x-proto: https://evil.test",
                    400,
                    "the header x-proto is 'https://evil.test'; expected a protocol without a colon");
            assertRejected(
                    rules,
                    "host: a.test | x-proto: https%3A",
                    400,
                    "the header x-proto is 'https:'; expected a protocol without a colon");
            assertRejected(
                    rules,
                    "host: a.test | x-port: x",
                    400,
                    "the header x-port is 'x' beside the host a.test; expected 0 to 65535, and a host without a port");
            assertRejected(
                    rules,
                    "host: a.test:81 | x-port: 8443",
                    400,
                    "the header x-port is '8443' beside the host a.test:81; expected 0 to 65535, and a host without a port");
            assertRejected(rules, "host: a.test | host: b.test", 400, "the header host occurs 2 times");
        }

        @Test
        void theAddressIsThatOfTheHeader() {
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
        void aMissingDepthIsNamed() {
            Origin deep = rules("ADDRESS_HEADER", "x-forwarded-for", "XFF_DEPTH", "2");

            assertThatThrownBy(() -> deep.address(headers("x-forwarded-for: 1.1.1.1"), PROXY))
                    .hasMessage("XFF_DEPTH is 2, but x-forwarded-for has 1 addresses");
        }
    }

    @Nested
    class WithAnOrigin {

        @Test
        void itHoldsForEveryRequest() throws Origin.Rejected {
            assertThat(rules("ORIGIN", "https://a.test").of(headers("host: b.test"), STRANGER, false))
                    .isEqualTo("https://a.test");
        }

        @Test
        void aRequestOfHttp10NeedsNoHost() throws Origin.Rejected {
            assertThat(rules("ORIGIN", "https://a.test").of(headers("accept: x"), STRANGER, false))
                    .isEqualTo("https://a.test");
        }

        @Test
        void thatOfTheEnvironmentComesBeforeThatOfTheBuild() throws Origin.Rejected {
            assertThat(rulesOfBuilt("https://built.test").of(headers("host: b.test"), STRANGER, false))
                    .isEqualTo("https://built.test");
            assertThat(rulesOfBuilt("https://built.test", "ORIGIN", "https://a.test")
                            .of(headers("host: b.test"), STRANGER, false))
                    .isEqualTo("https://a.test");
        }
    }

    @Nested
    class WithAllowedHosts {

        /** Invalid hosts in every header that can contain the host, and with every kind of rules. */
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
                // an empty header is ignored, and the last host of a list counts
                if (host.isEmpty() || (host.contains(",") && template.startsWith("x-forwarded"))) continue;
                Headers headers = headers(template.replace("{}", host));
                assertThatThrownBy(() -> rules.of(rules.trustedHeaders(headers, PROXY), PROXY, false))
                        .as(host)
                        .isInstanceOfSatisfying(Origin.Rejected.class, e -> {
                            assertThat(e.status()).isEqualTo(400);
                            assertThat(e.rejectsFiles()).isTrue();
                        });
            }
        }

        @Test
        void aRequestWithoutAHostIsForNoneOfThem() {
            assertThatThrownBy(() -> rules("ALLOWED_HOSTS", "a.test").of(headers("accept: x"), STRANGER, false))
                    .isInstanceOfSatisfying(Origin.Rejected.class, e -> assertThat(e.rejectsFiles())
                            .isTrue());
        }

        @Test
        void othersAreMisdirected() throws Origin.Rejected {
            Origin rules = rules("ALLOWED_HOSTS", "a.test, *.b.test");

            assertThat(rules.of(headers("host: a.test"), STRANGER, false)).isEqualTo("https://a.test");
            assertRejected(rules, "host: evil.test", 421, "https://evil.test is none of ALLOWED_HOSTS");
        }

        @Test
        void theRequestedHostIsCheckedBesideAFixedOrigin() throws Origin.Rejected {
            Origin rules = rules("ALLOWED_HOSTS", "a.test", "ORIGIN", "https://www.a.test");

            assertThat(rules.of(headers("host: a.test"), STRANGER, false)).isEqualTo("https://www.a.test");
            assertRejected(rules, "host: evil.test", 421, "https://evil.test is none of ALLOWED_HOSTS");
        }
    }
}
