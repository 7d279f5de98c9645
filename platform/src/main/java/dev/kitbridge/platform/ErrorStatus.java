package dev.kitbridge.platform;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The HTTP status that an exception stands for. Thrown by a service, it comes out in JavaScript as kit's own
 * {@code error(status, message)} does, with the exception's message, which the app's visitors may then see.
 *
 * <pre>{@code
 * @ErrorStatus(409)
 * public class SoldOut extends Exception { ... }
 * }</pre>
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ErrorStatus {

    /** 400 to 599. */
    int value();
}
