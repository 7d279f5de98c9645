package dev.kitbridge.adapter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** One line on a component of an options record, printed by {@code mvn adapter:list} and in errors. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Option {

    /** What the option does, in one line. */
    String value();

    /** The default as a user would write it; where empty, it is read from a record created without options. */
    String defaultValue() default "";
}
