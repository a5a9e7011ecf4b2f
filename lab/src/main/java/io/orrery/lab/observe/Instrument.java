package io.orrery.lab.observe;

import io.orrery.lab.data.set.TargetKind;
import io.orrery.lab.observe.figure.Figures;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A measuring device. It says what it needs, reads an {@link Observation} at chosen steps and gives measurements; it cannot
 * change the run. Adding one means one file, its test, and one line in {@code Instruments}.
 */
public interface Instrument {
    /** The name in specs, measurements and reports, in lower case with hyphens. */
    String name();

    /** One line: what it shows and its source. */
    String about();

    /**
     * The quantities that it can give. {@code docs/measurements.md} defines each, and a test recomputes
     * every one from that definition. A reading of another name is refused.
     */
    List<String> quantities();

    /**
     * How its readings are shown: titles, captions, axes, and which of them belong in one figure. What draws them knows no
     * more of an instrument than this.
     */
    default Figures figures() {
        return Figures.none();
    }

    /**
     * Whether there is anything for it to read where targets are of a kind. Where not, it is left out and the run says so; a spec that
     * names it is refused.
     */
    default boolean reads(TargetKind target) {
        return true;
    }

    /** What it reads. The readings that all instruments due at a step need are taken together, each once. */
    Set<Reading<?>> needs();

    /**
     * Does what is divided among the threads of the run, such as several decompositions, before any instrument observes.
     * Results are kept in {@link Observation#derived}.
     */
    default void prepare(Observation observation) {}

    /**
     * Reads the run and hands over measurements, always in the same order. The instruments of a look observe at the same
     * time where the run has several threads: they share only what the observation holds.
     */
    void observe(Observation observation, Consumer<Measurement> measurements);

    /**
     * Predicted FLOPs, in double precision, of what it does at thorough looks alone, such as decompositions. They decide how
     * many looks between the first and the last are thorough.
     */
    default double flops(Sizes sizes) {
        return 0;
    }
}
