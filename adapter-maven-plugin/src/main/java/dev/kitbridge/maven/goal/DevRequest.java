package dev.kitbridge.maven.goal;

import dev.kitbridge.maven.application.ApplicationCommand;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of {@code adapter:dev}.
 *
 * @param shared the parameters that all goals share
 * @param listen where to serve
 * @param mode {@code <mode>}, or null
 * @param beforeDev {@code <beforeDev>}, or null
 * @param useTestClasspath {@code <useTestClasspath>}
 * @param application the module's Spring Boot application; null if the module has none
 */
public record DevRequest(
        GoalRequest shared,
        Listen listen,
        @Nullable String mode,
        @Nullable List<String> beforeDev,
        boolean useTestClasspath,
        @Nullable Application application) {

    /**
     * A Spring Boot application that serves the pages.
     *
     * @param command how to start it; null if it is started elsewhere, from an IDE for example
     */
    public record Application(@Nullable ApplicationCommand command) {}
}
