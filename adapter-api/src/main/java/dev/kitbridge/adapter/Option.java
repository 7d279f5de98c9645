package dev.kitbridge.adapter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes an option of an adapter: a component of its options record. The goal {@code adapter:list} prints the
 * description; errors about the option quote it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Option {

    /**
     * Returns the effect of the option.
     *
     * @return one line without a full stop
     */
    String value();

    /**
     * Returns the name of the option's element, where it cannot be the component's: {@code package} is a word of Java.
     *
     * @return if empty, the element has the component's name
     */
    String name() default "";

    /**
     * Returns the default value, as a user would write it in the POM.
     *
     * @return if empty, the plugin reads the default from a record that it creates without options
     */
    String defaultValue() default "";
}
