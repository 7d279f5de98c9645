package dev.kitbridge.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class CallContextTest {

    private final CallContext anna = new CallContext("1", null, Locale.GERMAN, "anna");

    @Test
    void isCurrentDuringTheCall() throws Exception {
        CallContext bert = new CallContext("2", null, Locale.ROOT, "bert");
        String names = anna.call(() -> {
            String inner = bert.call(() -> CallContext.current().principal());
            return inner + " " + CallContext.current().principal();
        });
        assertThat(names).isEqualTo("bert anna");
        assertThatThrownBy(CallContext::current)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("No call of a platform service");
    }

    @Test
    void isNotCurrentAfterAnException() {
        assertThatThrownBy(() -> anna.call(() -> {
                    throw new java.io.IOException("broken");
                }))
                .hasMessage("broken");
        assertThatThrownBy(CallContext::current).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void rejectsAStatusThatIsNotAnError() {
        assertThat(new ServiceException(404, "no such product").status()).isEqualTo(404);
        assertThatThrownBy(() -> new ServiceException(200, "fine"))
                .hasMessage("the status is 200; expected one of an error, 400 to 599");
    }
}
