package dev.kitbridge.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PermitsTest {

    private final Permits permits = new Permits();

    private static Operation method(String name) throws NoSuchMethodException {
        return new Operation(name, String.class.getMethod("strip"), name, new Values(), Duration.ofSeconds(1));
    }

    private List<Permit> acquireAll(Operation operation, int limit) {
        List<Permit> acquired = new ArrayList<>();
        while (true) {
            try {
                acquired.add(permits.acquire(operation, limit));
            } catch (CallException e) {
                return acquired;
            }
        }
    }

    private void rejects(Operation operation, int limit, String reason) {
        assertThatThrownBy(() -> permits.acquire(operation, limit))
                .isInstanceOf(CallException.class)
                .hasMessage(operation.name() + " was not called: " + reason);
    }

    @Test
    void aMethodGetsNoMoreThanItLeavesFree() throws Exception {
        Operation first = method("first");
        assertThat(acquireAll(first, 256)).hasSize(128);
        assertThat(acquireAll(method("second"), 256)).hasSize(64);
        assertThat(acquireAll(method("third"), 256)).hasSize(32);
        rejects(first, 256, "128 calls of it are running already, and the other 128 permits are for other methods");
        assertThat(permits.held(first)).isEqualTo(128);
        assertThat(permits.total()).isEqualTo(224);
    }

    @Test
    void freePermitsAreForAllMethods() throws Exception {
        acquireAll(method("first"), 256).forEach(Permit::free);
        assertThat(permits.total()).isZero();
        assertThat(acquireAll(method("second"), 256)).hasSize(128);
    }

    @Test
    void aLimitOfOneOrTwoIsUsedInFull() throws Exception {
        Operation first = method("first");
        Permit only = permits.acquire(first, 1);
        rejects(method("second"), 1, "1 calls are running already");
        only.free();
        assertThat(acquireAll(first, 2)).hasSize(1);
        assertThat(acquireAll(method("second"), 2)).hasSize(1);
        rejects(method("third"), 2, "2 calls are running already");
    }

    @Test
    void theLastHolderFreesAPermitOnce() throws Exception {
        Permit permit = permits.acquire(method("first"), 1);
        permit.retain();
        permit.release();
        assertThat(permit.isFree()).isFalse();
        permit.release();
        permit.free();
        assertThat(permit.isFree()).isTrue();
        assertThat(permits.total()).isZero();
    }
}
