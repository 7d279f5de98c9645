package dev.kitbridge.adapter.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs a test method once for each recorded app. Each run gets a module of its own, in a temporary folder, as a
 * parameter of the type {@link AdaptedModule}.
 *
 * <pre>{@code
 * @AdapterTest
 * void writesTheSite(AdaptedModule module) throws IOException {
 *     module.adapt(new Archive(options));
 *     assertThat(module).hasFile("site.zip");
 * }
 * }</pre>
 */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@TestTemplate
@ExtendWith(AdapterTestExtension.class)
public @interface AdapterTest {

    /**
     * Selects the apps.
     *
     * @return the apps; by default the same app on both majors of SvelteKit
     */
    RecordedApp[] value() default {RecordedApp.KIT_3, RecordedApp.KIT_2};
}
