package io.orrery.lab.observe;

import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.observe.Observation.Evaluation;
import io.orrery.lab.observe.Reading.Pace;
import io.orrery.lab.observe.Reading.Reader;
import io.orrery.lab.observe.reading.EvaluationReader;
import io.orrery.lab.train.LearningRate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * Takes the readings that instruments need of a run. What reads it is compiled when first needed and kept; each reading is
 * taken once per look however many instruments need it.
 */
public final class Observer {
    private final Subject subject;
    private final Map<Reading<?>, Reader<?>> readers = new HashMap<>();
    private Optional<Sizes> sizes = Optional.empty();

    /** An observer of a run. */
    public Observer(Subject subject) {
        this.subject = subject;
    }

    /**
     * What can be seen now.
     *
     * @param whole loss and accuracy on whole splits rather than samples
     */
    public Observation look(
            long step, boolean thorough, boolean whole, LearningRate learningRate, Set<Reading<?>> needs) {
        return look(step, thorough, whole ? Extent.WHOLE : Extent.SAMPLE, learningRate, needs);
    }

    /**
     * What can be seen now: the needed readings, taken.
     *
     * @param extent what loss and accuracy are taken on
     */
    public Observation look(
            long step, boolean thorough, Extent extent, LearningRate learningRate, Set<Reading<?>> needs) {
        Look look = new Look(this, new Look.Occasion(step, thorough, extent, learningRate), Set.copyOf(needs));
        needs.stream()
                .filter(reading -> thorough || reading.pace() != Pace.THOROUGH)
                .sorted(Comparator.comparing(Reading::name))
                .forEach(look::part);
        return look;
    }

    /** Loss and accuracy of a split, whole or on its sample; empty if the data has no such split. */
    public Optional<Evaluation> evaluate(SplitName name, boolean whole) {
        return EvaluationReader.of(subject).evaluate(name, whole ? Extent.WHOLE : Extent.SAMPLE);
    }

    /** How large the things are that instruments read. */
    public Sizes sizes() {
        if (sizes.isEmpty()) {
            sizes = Optional.of(Sizes.of(subject));
        }
        return sizes.get();
    }

    /** Does pieces of work that do not depend on each other, several at a time if the run has several threads. */
    public void together(int count, IntConsumer piece) {
        subject.derived().together(count, piece);
    }

    Subject subject() {
        return subject;
    }

    /** What takes a reading of this run. */
    <T> Reader<T> reader(Reading<T> reading) {
        Reader<?> known = readers.get(reading);
        if (known == null) {
            known = reading.over(subject);
            readers.put(reading, known);
        }
        @SuppressWarnings("unchecked") // only what a reading gave is put under it
        Reader<T> reader = (Reader<T>) known;
        return reader;
    }
}
