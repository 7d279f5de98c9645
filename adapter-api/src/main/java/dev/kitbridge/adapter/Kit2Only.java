package dev.kitbridge.adapter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a member that kit has in version 2 and has removed in version 3.
 *
 * <p>Kitbridge provides it for apps of both versions, so that an adapter written for kit 2 can be ported. A new adapter
 * uses the replacement.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Kit2Only {

    /**
     * Returns the member to use instead, which works for apps of both versions.
     *
     * @return the name of a member of {@link Builder}
     */
    String replacement();
}
