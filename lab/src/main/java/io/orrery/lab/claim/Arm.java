package io.orrery.lab.claim;

import io.orrery.lab.compute.Computation;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.examine.Examination;
import io.orrery.lab.setup.SpecDocument;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * One setting of a protocol, run with every seed.
 *
 * @param name in a figure's legend, such as "decay 1e-3"
 * @param work what is trained, computed or examined
 * @param starts the arms whose runs the networks of this one start from, by the role of the network; that of the main one is empty. Without
 *     entry a network starts from its initialization
 */
public record Arm(String name, Part part, EvidenceSource work, SequencedMap<String, After> starts) {
    /** Copies the map. */
    public Arm {
        starts = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(starts));
    }

    /** An arm whose runs start from their initialization. */
    public Arm(String name, Part part, EvidenceSource work) {
        this(name, part, work, new LinkedHashMap<>());
    }

    /** What an arm is for. */
    public enum Part {
        /** Where theory says that the effect is. */
        TREATMENT,
        /** Where theory says that it is not. */
        CONTROL
    }

    /** An arm in which theory says that the effect is. */
    public static Arm treatment(String name, SpecDocument spec) {
        return new Arm(name, Part.TREATMENT, new EvidenceSource.Training(spec));
    }

    /** An arm in which theory says that the effect is absent. */
    public static Arm control(String name, SpecDocument spec) {
        return new Arm(name, Part.CONTROL, new EvidenceSource.Training(spec));
    }

    /** An arm that is computed, in which theory says that the effect is. */
    public static Arm treatment(String name, Computation computation, Setting setting) {
        return new Arm(name, Part.TREATMENT, new EvidenceSource.Computing(computation, setting));
    }

    /** An arm that is computed, in which theory says that the effect is absent. */
    public static Arm control(String name, Computation computation, Setting setting) {
        return new Arm(name, Part.CONTROL, new EvidenceSource.Computing(computation, setting));
    }

    /** An arm that examines what others trained, in which theory says that the effect is. */
    public static Arm treatment(String name, Examination examination, Setting setting, At... of) {
        return new Arm(name, Part.TREATMENT, new EvidenceSource.Examining(examination, setting, List.of(of)));
    }

    /** An arm that examines what others trained, in which theory says that the effect is absent. */
    public static Arm control(String name, Examination examination, Setting setting, At... of) {
        return new Arm(name, Part.CONTROL, new EvidenceSource.Examining(examination, setting, List.of(of)));
    }

    /**
     * The same arm, each of its runs starting from the end of the other arm's run of the same seed: from its parameters and
     * statistics. What the optimizer remembers, the step, the learning rate's schedule and the order of examples begin anew. The
     * networks may differ in the last layer, which then begins afresh.
     *
     * @param arm the name of an arm that is trained and stands before this one in the protocol
     */
    public Arm after(String arm) {
        return starting("", new After(arm, OptionalLong.empty(), false));
    }

    /** The same from the other run's state after so many updates. */
    public Arm after(String arm, long step) {
        return starting("", new After(arm, OptionalLong.of(step), false));
    }

    /**
     * The same arm with what the optimizer remembers taken over too, such as the momentum; refused for an optimizer that counts
     * updates, as Adam does.
     *
     * @throws IllegalStateException if it starts from no other arm
     */
    public Arm withMemory() {
        After start = from().orElseThrow(() -> new IllegalStateException("the arm " + name + " starts from no other"));
        return starting("", new After(start.arm(), start.step(), true));
    }

    /**
     * The same arm, in whose runs the network of a role starts from the end of the other arm's run of the same seed: from the
     * parameters and statistics of its main network, which must be the same model on data of the same form.
     *
     * @param role as the rule of the spec names it, such as {@code teacher}
     * @param arm the name of an arm that is trained and stands before this one in the protocol
     */
    public Arm with(String role, String arm) {
        return starting(role, new After(arm, OptionalLong.empty(), false));
    }

    /** The same from the other run's state after so many updates. */
    public Arm with(String role, String arm, long step) {
        return starting(role, new After(arm, OptionalLong.of(step), false));
    }

    /** Where the main network starts, if from another arm. */
    public Optional<After> from() {
        return Optional.ofNullable(starts.get(""));
    }

    /** For people: where its networks start; empty if from their initialization. */
    public String startsText() {
        return starts.entrySet().stream()
                .map(start -> (start.getKey().isEmpty() ? "" : start.getKey() + ": ")
                        + start.getValue().text())
                .collect(Collectors.joining("; "));
    }

    private Arm starting(String role, After start) {
        if (!(work instanceof EvidenceSource.Training)) {
            throw new IllegalStateException("the arm " + name + " is not trained, so it starts from nothing");
        }
        SequencedMap<String, After> all = new LinkedHashMap<>(starts);
        all.put(role, start);
        return new Arm(name, part, work, all);
    }

    /**
     * The spec of an arm that is trained.
     *
     * @throws IllegalStateException if it is computed
     */
    public SpecDocument spec() {
        return switch (work) {
            case EvidenceSource.Training(SpecDocument spec) -> spec;
            case EvidenceSource.Computing _, EvidenceSource.Examining _ ->
                throw new IllegalStateException("the arm " + name + " is computed and has no spec");
        };
    }

    /** A number as people write it in an arm's name: 1e-4, 0.05, 20. */
    public static String number(double value) {
        return Double.toString(value).replaceAll("\\.0(E|$)", "$1").replace('E', 'e');
    }
}
