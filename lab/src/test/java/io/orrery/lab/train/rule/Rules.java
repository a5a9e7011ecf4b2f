package io.orrery.lab.train.rule;

import io.orrery.lab.setup.Spec;
import io.orrery.lab.setup.SpecText;
import io.orrery.lab.spec.Kind;
import java.util.Arrays;
import java.util.List;

/** Rules for tests, as specs name them. */
public final class Rules {
    private Rules() {}

    /** A rule in YAML, such as {@code {kind: gradient-noise, eta: 0.1}}. */
    public static TrainingRule of(String yaml) {
        Spec spec = SpecText.read("{name: rule, stop: {steps: 1}, rule: " + yaml + "}", "test");
        return spec.rule();
    }

    /** All rules with their defaults, the usual one first. */
    public static List<TrainingRule> all() {
        return Arrays.stream(TrainingRule.class.getPermittedSubclasses())
                .map(kind -> of("{kind: " + kind.getAnnotation(Kind.class).value() + "}"))
                .toList();
    }
}
