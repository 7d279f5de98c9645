package dev.kitbridge.platform;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes an interface reachable from the app's server code, as {@code platform.services.<name>}. The methods that the
 * interface itself declares are reachable, and nothing else: inherited ones are not. Its implementation is found with
 * {@link java.util.ServiceLoader}.
 *
 * <pre>{@code
 * @PlatformService("catalog")
 * public interface Catalog {
 *     List<Product> search(String query, int limit);
 * }
 * }</pre>
 *
 * <p>On a method, it says how long calls of that method may take.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface PlatformService {

    /** The name in JavaScript, an identifier. Empty: that of the interface, with a small first letter. */
    String value() default "";

    /**
     * How long a call may take, as {@code 500ms}, {@code 30s}, {@code 5m} or in ISO 8601 ({@code PT30S}); for a stream,
     * until there is one and then until each next item is. Empty: what the interface says; where that says nothing, 30
     * seconds.
     */
    String timeout() default "";
}
