package dev.kitbridge.platform;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Lets the app's server code call an interface as {@code platform.services.<name>}. The app can call the methods that
 * the interface itself declares, but no inherited ones. {@link java.util.ServiceLoader} finds the implementation.
 *
 * <pre>{@code
 * @PlatformService("catalog")
 * public interface Catalog {
 *     List<Product> search(String query, int limit);
 * }
 * }</pre>
 *
 * <p>On a method, the annotation sets the timeout of that method.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface PlatformService {

    /**
     * Returns the service's name in JavaScript.
     *
     * @return an identifier; if empty, the interface's name with a small first letter
     */
    String value() default "";

    /**
     * Returns the timeout of a call. For a stream, the timeout applies to the first response and then to each item.
     *
     * @return for example {@code 500ms}, {@code 30s}, {@code 5m}, or a duration in ISO 8601 such as {@code PT30S}; if
     *     empty, a method has the timeout of its interface, and an interface has 30 seconds
     */
    String timeout() default "";
}
