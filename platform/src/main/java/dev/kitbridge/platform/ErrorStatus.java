package dev.kitbridge.platform;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The HTTP status of an exception. If a service throws the exception, JavaScript receives kit's {@code error(status,
 * message)} with the exception's message. Visitors of the app can see that message.
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

    /**
     * Returns the HTTP status.
     *
     * @return 400 to 599
     */
    int value();
}
