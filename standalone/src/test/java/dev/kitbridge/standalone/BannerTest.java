package dev.kitbridge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.server.Init;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BannerTest {

    private static List<String> lines(
            String address, String title, int workers, List<String> services, @Nullable String management) {
        Duration start = Duration.ofMillis(412);
        return new Banner(address, title, "", "3.2.0", Init.JavaScript.NODE, workers, services, management, start)
                .text()
                .lines()
                .toList();
    }

    private static String first(String address) {
        return lines(address, "", 1, List.of(), null).get(0);
    }

    @Test
    void theBannerHasAtMostFiveLines() {
        assertThat(lines(
                        "https://127.0.0.1:3000",
                        "shop 1.0",
                        2,
                        List.of("Catalogue", "Orders"),
                        "http://127.0.0.1:9000"))
                .containsExactly(
                        "Listening on https://127.0.0.1:3000",
                        "  shop 1.0, started in 412 ms",
                        "  SvelteKit 3.2.0, Node, 2 workers, Java " + Runtime.version(),
                        "  Services: Catalogue, Orders",
                        "Management on http://127.0.0.1:9000");
    }

    @Test
    void unknownDetailsAreLeftOut() {
        assertThat(lines("http://127.0.0.1:3000", "", 1, List.of(), null))
                .containsExactly(
                        "Listening on http://127.0.0.1:3000",
                        "  Started in 412 ms",
                        "  SvelteKit 3.2.0, Node, 1 worker, Java " + Runtime.version());
    }

    @Test
    void theBasePathIsShown() {
        Banner banner = new Banner(
                "http://[::1]:80", "", "/shop", "3.2.0", Init.JavaScript.BUN, 2, List.of(), null, Duration.ZERO);
        assertThat(banner.text()).contains("  SvelteKit 3.2.0 at /shop, Bun, 2 workers");
    }

    /** The port stays the last number after a colon, which scripts read. */
    @Test
    void anAddressOfAllInterfacesCanBeOpened() {
        assertThat(first("http://0.0.0.0:3000")).isEqualTo("Listening on http://localhost:3000 (0.0.0.0)");
        assertThat(first("https://[::]:8443")).isEqualTo("Listening on https://localhost:8443 ([::])");
        assertThat(first("http://[::1]:3000")).isEqualTo("Listening on http://[::1]:3000");
        assertThat(first("http://example.com:80")).isEqualTo("Listening on http://example.com:80");
        assertThat(first("/run/shop.sock")).isEqualTo("Listening on /run/shop.sock");
        assertThat(first("the socket that systemd opened")).isEqualTo("Listening on the socket that systemd opened");
    }
}
