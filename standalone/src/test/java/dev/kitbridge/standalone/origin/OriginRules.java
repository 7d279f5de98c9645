package dev.kitbridge.standalone.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.server.Headers;
import dev.kitbridge.standalone.settings.Environment;
import dev.kitbridge.standalone.settings.Settings;
import java.util.HashMap;
import java.util.Map;

/** Creates rules and headers from short texts. */
final class OriginRules {

    static final String PROXY = "10.0.0.1";
    static final String STRANGER = "203.0.113.9";

    private OriginRules() {}

    static Origin rules(String... namesAndValues) {
        return rulesOfBuilt("", namesAndValues);
    }

    static Origin rulesOfBuilt(String built, String... namesAndValues) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) values.put(namesAndValues[i], namesAndValues[i + 1]);
        return Origin.of(Settings.of(new Environment(values, "")).forwarding(), built);
    }

    /** Headers from {@code name: value | name: value}. */
    static Headers headers(String text) {
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

    static void assertRejected(Origin rules, String headers, int status, String message) {
        assertThatThrownBy(() -> rules.of(headers(headers), PROXY, false))
                .isInstanceOfSatisfying(
                        Origin.Rejected.class, e -> assertThat(e.status()).isEqualTo(status))
                .hasMessage(message);
    }
}
