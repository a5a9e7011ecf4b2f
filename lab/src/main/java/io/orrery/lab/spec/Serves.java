package io.orrery.lab.spec;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a claim, an instrument, a rule, a layer, a command or another registered thing: the systems of the field that it helps to bring to work, by
 * their ids, such as 002-199. What serves which system is computed from these, never typed elsewhere: {@code docs/systems.md}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Serves {
    /** Ids of systems. */
    String[] value();
}
