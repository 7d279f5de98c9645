package dev.kitbridge.maven.goal;

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
 */
public record DevRequest(
        AppRequest shared,
        Listen listen,
        @Nullable String mode,
        @Nullable List<String> beforeDev,
        boolean useTestClasspath) {}
