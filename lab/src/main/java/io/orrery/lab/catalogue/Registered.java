package io.orrery.lab.catalogue;

import io.orrery.lab.claim.Claim;
import io.orrery.lab.claim.Claims;
import io.orrery.lab.data.source.DataSource;
import io.orrery.lab.data.task.TaskSequence;
import io.orrery.lab.instrument.Instruments;
import io.orrery.lab.model.layer.Layer;
import io.orrery.lab.observe.Instrument;
import io.orrery.lab.spec.Kind;
import io.orrery.lab.spec.Serves;
import io.orrery.lab.theory.bound.Bounds;
import io.orrery.lab.train.rule.TrainingRule;
import io.orrery.lab.train.update.OptimizerSpec;
import io.orrery.lab.train.update.Update;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A thing that a registry holds and that serves systems of the field.
 *
 * @param kind such as claim or instrument
 * @param name by which users call it
 * @param systems ids of the systems that it serves
 */
public record Registered(String kind, String name, List<String> systems) {
    /** Copies the list. */
    public Registered {
        systems = List.copyOf(systems);
    }

    /** Everything of the laboratory that says which systems it serves, in the order of the registries. */
    public static List<Registered> all() {
        List<Registered> all = new ArrayList<>();
        for (Claim claim : Claims.all()) {
            add(all, "claim", claim.card().id(), claim.getClass());
        }
        for (Instrument instrument : Instruments.all()) {
            add(all, "instrument", instrument.name(), instrument.getClass());
        }
        Bounds.all().forEach(bound -> add(all, "bound", bound.description().name(), bound.getClass()));
        chosen(all, "rule", TrainingRule.class);
        for (OptimizerSpec.Kind kind : OptimizerSpec.Kind.values()) {
            add(
                    all,
                    "update",
                    kind.name().toLowerCase(Locale.ROOT),
                    update(kind).getClass());
        }
        chosen(all, "layer", Layer.class);
        chosen(all, "tasks", TaskSequence.class);
        chosen(all, "data", DataSource.class);
        return List.copyOf(all);
    }

    private static Update update(OptimizerSpec.Kind kind) {
        OptimizerSpec usual = OptimizerSpec.defaults();
        return Update.of(new OptimizerSpec(
                kind, usual.learningRate(), 0, false, usual.beta1(), usual.beta2(), usual.epsilon(), List.of()));
    }

    private static void chosen(List<Registered> all, String kind, Class<?> set) {
        for (Class<?> one : set.getPermittedSubclasses()) {
            String name = Optional.ofNullable(one.getAnnotation(Kind.class))
                    .map(Kind::value)
                    .orElse(one.getSimpleName());
            add(all, kind, name, one);
        }
    }

    /** A thing of another registry, such as a command; empty if its class does not say what it serves. */
    public static Optional<Registered> of(String kind, String name, Class<?> type) {
        return Optional.ofNullable(type.getAnnotation(Serves.class))
                .map(serves -> new Registered(kind, name, Arrays.asList(serves.value())));
    }

    private static void add(List<Registered> all, String kind, String name, Class<?> type) {
        of(kind, name, type).ifPresent(all::add);
    }
}
