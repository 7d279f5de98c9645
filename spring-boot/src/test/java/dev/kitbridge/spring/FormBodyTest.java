package dev.kitbridge.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class FormBodyTest {

    private static MockHttpServletRequest form(int length, String content) {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/") {
            @Override
            public long getContentLengthLong() {
                return length;
            }
        };
        request.setContentType("application/x-www-form-urlencoded");
        request.setContent(content.getBytes(StandardCharsets.UTF_8));
        return request;
    }

    @Test
    void aFormWithoutALengthIsRead() throws IOException {
        FormBody body = new FormBody(form(-1, "name=Adze"));
        assertThat(body.read()).asString().isEqualTo("name=Adze");
        assertThat(body.replayed().getInputStream().readAllBytes()).asString().isEqualTo("name=Adze");
    }

    @Test
    void anIncompleteFormIsNoneForFiltersAndAnErrorForTheApp() {
        FormBody body = new FormBody(form(20, "name=Adze"));
        assertThat(body.read()).isEmpty();
        assertThatThrownBy(() -> body.replayed().getInputStream().read()).isInstanceOf(EOFException.class);
    }

    @Test
    void aFormThatIsTooLargeIsNoneForFiltersAndAnErrorForTheApp() {
        FormBody body = new FormBody(form(-1, "a".repeat((2 << 20) + 1)));
        assertThat(body.read()).isEmpty();
        assertThatThrownBy(() -> body.replayed().getInputStream().read())
                .hasMessage("the form has more than 2097152 bytes");
    }
}
