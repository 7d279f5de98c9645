package dev.kitbridge.services;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PlacesTest {

    private final Places places = new Places();

    private static Operation method(String name) throws NoSuchMethodException {
        return new Operation(name, String.class.getMethod("strip"), name, new Values(), Duration.ofSeconds(1));
    }

    private int takeAll(Operation operation, int most) {
        int taken = 0;
        while (places.take(operation, most) == null) taken++;
        return taken;
    }

    @Test
    void aMethodGetsNoMoreThanItLeavesFree() throws Exception {
        Operation first = method("first");
        assertThat(takeAll(first, 256)).isEqualTo(128);
        assertThat(takeAll(method("second"), 256)).isEqualTo(64);
        assertThat(takeAll(method("third"), 256)).isEqualTo(32);
        assertThat(places.take(first, 256))
                .isEqualTo("128 calls of it are under way already, and the other 128 places are for other methods");
        assertThat(places.taken()).isEqualTo(224);
    }

    @Test
    void whoLeavesMakesRoom() throws Exception {
        Operation first = method("first");
        Operation second = method("second");
        takeAll(first, 256);
        for (int i = 0; i < 128; i++) places.leave(first);
        assertThat(places.taken()).isZero();
        assertThat(takeAll(second, 256)).isEqualTo(128);
    }

    @Test
    void fewPlacesAreUsedAllTheSame() throws Exception {
        Operation first = method("first");
        assertThat(places.take(first, 1)).isNull();
        assertThat(places.take(method("second"), 1)).isEqualTo("1 calls are under way already");
        places.leave(first);
        assertThat(places.take(first, 2)).isNull();
        assertThat(places.take(first, 2)).isNotNull();
        assertThat(places.take(method("second"), 2)).isNull();
        assertThat(places.take(method("third"), 2)).isEqualTo("2 calls are under way already");
    }
}
