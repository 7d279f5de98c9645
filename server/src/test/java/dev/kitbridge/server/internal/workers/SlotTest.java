package dev.kitbridge.server.internal.workers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlotTest {

    @Test
    void fullMeansTwiceInARow() {
        Slot slot = new Slot();
        assertThat(slot.isFull(true)).isFalse();
        assertThat(slot.isFull(false)).isFalse();
        assertThat(slot.isFull(true)).isFalse();
        assertThat(slot.isFull(true)).isTrue();
    }

    /** In MiB: limit of the process; used heap, limit of the heap, memory of the process. */
    @ParameterizedTest
    @CsvSource({
        "0, 3000, 4000, 9000, false",
        "0, 3500, 4000, 3600, true",
        "0, 3500, 9000, 3600, false",
        "400, 200, 350, 300, false",
        "400, 256, 350, 300, true",
        "400, 100, 350, 339, false",
        "400, 100, 350, 341, true",
    })
    void ceiling(long all, long heap, long limit, long process, boolean near) {
        assertThat(new MemoryLimit(all << 20).isNear(new Worker.Memory(heap << 20, limit << 20, process << 20)))
                .isEqualTo(near);
    }

    @Test
    void nothingIsKnownAtFirst() {
        assertThat(new MemoryLimit(0).isNear(Worker.Memory.UNKNOWN)).isFalse();
        assertThat(new MemoryLimit(1).isNear(Worker.Memory.UNKNOWN)).isFalse();
    }
}
