package dev.kitbridge.standalone.front;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class FrontTest {

    @Test
    void theClassesToLoadFirstExist() {
        assertThatCode(Front::warm).doesNotThrowAnyException();
    }
}
