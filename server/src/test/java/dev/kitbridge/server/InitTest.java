package dev.kitbridge.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InitTest {

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "3, 2", "4, 2", "16, 8"})
    void anApplicationBesideTheServerHasEverySecondProcessor(int processors, int workers) {
        assertThat(Init.sharedWorkers(processors)).isEqualTo(workers);
    }
}
