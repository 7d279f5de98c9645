package dev.kitbridge.services;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StackTracesTest {

    private static StackTraceElement frame(String type, String method) {
        return new StackTraceElement(type, method, "File.java", 1);
    }

    private static <T extends Throwable> T at(T error, String... types) {
        error.setStackTrace(
                Arrays.stream(types).map(type -> frame(type, "call")).toArray(StackTraceElement[]::new));
        return error;
    }

    private static List<String> types(Throwable error) {
        return Arrays.stream(error.getStackTrace())
                .map(StackTraceElement::getClassName)
                .toList();
    }

    @Test
    void cutsTheFramesBelowTheServicesOwn() {
        String[] machinery = {
            "jdk.internal.reflect.DirectMethodHandleAccessor",
            "java.lang.reflect.Method",
            Operation.class.getName(),
            ActiveCall.class.getName() + "$Task",
            "java.lang.Thread"
        };
        String[] inner = {"org.example.Database", "org.example.Shop"};
        String[] outer = {"org.example.Shop"};
        Exception cause = at(new IllegalStateException("inner"), join(inner, machinery));
        Exception error = at(new IllegalArgumentException("outer", cause), join(outer, machinery));
        cause.addSuppressed(error);
        StackTraces.cut(error);
        assertThat(types(error)).containsExactly(outer);
        assertThat(types(cause)).containsExactly(inner);
    }

    @Test
    void cutsTheFramesBelowTheItemsOfAStream() {
        Exception error =
                at(new IllegalStateException(), "org.example.Rows", StreamItems.class.getName(), "java.lang.Thread");
        StackTraces.cut(error);
        assertThat(types(error)).containsExactly("org.example.Rows");
    }

    @Test
    void keepsTracesWithoutFramesOfAService() {
        Exception own = at(new IllegalStateException(), Operation.class.getName(), "java.lang.Thread");
        Exception other = at(new IllegalStateException(), "org.example.Timer", "java.lang.Thread");
        StackTraces.cut(own);
        StackTraces.cut(other);
        assertThat(types(own)).hasSize(2);
        assertThat(types(other)).hasSize(2);
    }

    private static String[] join(String[] first, String[] second) {
        return java.util.stream.Stream.of(first, second).flatMap(Arrays::stream).toArray(String[]::new);
    }
}
