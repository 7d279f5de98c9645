package dev.kitbridge.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeadersTest {

    private static final Headers HEADERS = Headers.of("Set-Cookie", "a=1", "x", "", "set-cookie", "b=2");

    @Test
    void aNameMayOccurSeveralTimesInAnyCase() {
        assertThat(HEADERS.first("SET-COOKIE")).isEqualTo("a=1");
        assertThat(HEADERS.all("set-cookie")).containsExactly("a=1", "b=2");
        assertThat(HEADERS.first("y")).isNull();
        assertThat(HEADERS.all("y")).isEmpty();
        assertThat(HEADERS.size()).isEqualTo(3);
    }

    @Test
    void orderAndCaseAreKept() {
        List<String> fields = new ArrayList<>();
        HEADERS.forEach((name, value) -> fields.add(name + "=" + value));
        assertThat(fields).containsExactly("Set-Cookie=a=1", "x=", "set-cookie=b=2");
        assertThat(HEADERS).hasToString("Set-Cookie: a=1\nx: \nset-cookie: b=2\n");
    }

    @Test
    void setReplacesAllOfAName() {
        Headers changed =
                HEADERS.toBuilder().set("SET-COOKIE", "c").add("x", "2").build();
        assertThat(changed).hasToString("x: \nSET-COOKIE: c\nx: 2\n");
        assertThat(HEADERS.size()).as("it stays as it was").isEqualTo(3);
    }

    @Test
    void aNameWithoutAValueIsRejected() {
        assertThatThrownBy(() -> Headers.of("a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the last name has no value: [a]");
    }
}
