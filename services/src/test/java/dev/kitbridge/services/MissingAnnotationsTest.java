package dev.kitbridge.services;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The build runs the tests twice: with the jackson-annotations of Jackson 3, and with that of Spring Boot 3.5. */
class MissingAnnotationsTest {

    private static final String OLDEST = "jackson-annotations.version";

    static Stream<MissingAnnotations.Definition> definitions() {
        return MissingAnnotations.DEFINITIONS.stream();
    }

    @ParameterizedTest
    @MethodSource("definitions")
    @DisabledIfSystemProperty(named = OLDEST, matches = ".+")
    void definesWhatJacksonHas(MissingAnnotations.Definition definition) throws Exception {
        Class<?> jackson = Class.forName(definition.name);
        byte[] bytes = definition.bytes();
        Class<?> defined = new ClassLoader(getClass().getClassLoader()) {
            Class<?> define() {
                return defineClass(definition.name, bytes, 0, bytes.length);
            }
        }.define();

        assertThat(form(defined)).isEqualTo(form(jackson));
    }

    private static String form(Class<?> type) {
        Retention retention = type.getAnnotation(Retention.class);
        return type.isAnnotation() + " " + (retention == null ? RetentionPolicy.CLASS : retention.value())
                + Arrays.stream(type.getDeclaredMethods())
                        .map(MissingAnnotationsTest::form)
                        .sorted()
                        .toList();
    }

    private static String form(Method member) {
        return member.getReturnType() + " " + member.getName() + " " + member.getDefaultValue();
    }

    @Test
    @EnabledIfSystemProperty(named = OLDEST, matches = ".+")
    void runsOnTheOldestVersion() {
        assertThat(JsonFormat.class.getPackage().getImplementationVersion()).isEqualTo(System.getProperty(OLDEST));
    }

    @Test
    void definesNothingTwice() throws Exception {
        MissingAnnotations.define();
        Class<?> first = Class.forName(MissingAnnotations.DEFINITIONS.get(0).name);
        MissingAnnotations.define();

        assertThat(Class.forName(first.getName())).isSameAs(first);
    }
}
