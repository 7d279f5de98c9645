package dev.kitbridge.server.internal.assets;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathnameTest {

    /** As JavaScript's {@code pathname.split('%25').map(decodeURI).join('%25')}. */
    @ParameterizedTest
    @CsvSource({
        "/, /",
        "/a/b?c=%20, /a/b",
        "/a%20b, /a b",
        "/%C3%A9, /\u00e9",
        "/%E4%B8%96, /\u4e16",
        "/%F0%9F%98%80%2F, /\ud83d\ude00%2F",
        "/%e4%b8%96%2f%20, '/\u4e16%2f '",
        // reserved characters stay as they were sent
        "/%2F%3f%3A%40%26%3D%2B%24%2C%23%3B, /%2F%3f%3A%40%26%3D%2B%24%2C%23%3B",
        // and the percent sign, so that nothing is decoded twice
        "/%2525, /%2525",
        "/%252e%252e, /%252e%252e",
        "/%2e%2e/x, /../x",
        "/a%5Cb, '/a\\b'",
        // a path that cannot be decoded is unchanged
        "/%20%, /%20%",
        "/%20%zz, /%20%zz",
        "/%20%4, /%20%4",
        "/%20%ff, /%20%ff",
        "/%20%c0%ae, /%20%c0%ae",
        "/%20%ed%a0%80, /%20%ed%a0%80",
        "/%20%C3x, /%20%C3x",
    })
    void decoded(String target, String path) {
        assertThat(Pathname.of(target)).isEqualTo(path);
    }

    @ParameterizedTest
    @CsvSource({"/a?b, 2", "/a, 2", "/?, 1", "/a?b?c, 2"})
    void end(String target, int end) {
        assertThat(Pathname.end(target)).isEqualTo(end);
    }
}
