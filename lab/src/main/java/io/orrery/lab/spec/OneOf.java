package io.orrery.lab.spec;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On optional components of a spec record: they are ways to say the same thing. When a spec gives one of a group, the
 * defaults of the others no longer hold: {@code stop: {steps: 1000}} does not end after the default number of epochs.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface OneOf {
    /** The group's name within its record. */
    String value();
}
