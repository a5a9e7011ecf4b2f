package io.orrery.lab.observe;

import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.data.set.TargetKind;
import io.orrery.lab.observe.reading.ProbeReading;
import io.orrery.lab.setup.Spec;
import io.orrery.lab.train.LearningRate;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The readings of one look, each taken once. Asking for one that no instrument named is an error that says which. */
public final class Look implements Observation {
    private final Observer observer;
    private final Occasion occasion;
    private final Set<Reading<?>> needs;
    private final Derived derived;
    private final Map<Reading<?>, Object> parts = new HashMap<>();
    private final Map<SplitName, Scores> scores = new EnumMap<>(SplitName.class);

    /**
     * When a look is, and how much it takes.
     *
     * @param step updates done so far
     * @param thorough see {@link Observation#thorough}
     * @param extent what loss and accuracy are taken on
     * @param rates the learning rate by step
     */
    record Occasion(long step, boolean thorough, Extent extent, LearningRate rates) {}

    Look(Observer observer, Occasion occasion, Set<Reading<?>> needs) {
        this.observer = observer;
        this.occasion = occasion;
        this.needs = needs;
        this.derived = subject().derived().ofLook();
    }

    @Override
    public <T> T read(Reading<T> reading) {
        if (!needs.contains(reading)) {
            throw new IllegalStateException("the instrument must name its need of the " + reading.name());
        }
        if (!parts.containsKey(reading)) {
            throw new IllegalStateException("the " + reading.name() + " is read at thorough looks alone");
        }
        return part(reading);
    }

    /**
     * For other readings: a reading as this look has it, taken now if it was not taken yet, whether or not an instrument
     * named it. Not for instruments, which observe at the same time.
     */
    public <T> T part(Reading<T> reading) {
        Object known = parts.get(reading);
        if (known == null) {
            known = observer.reader(reading).read(this);
            parts.put(reading, known);
        }
        @SuppressWarnings("unchecked") // only a reading's own reader puts something under it
        T part = (T) known;
        return part;
    }

    /** On which examples loss and accuracy are taken. */
    public Extent extent() {
        return occasion.extent;
    }

    /** Notes loss and decision of examples of a split. */
    public void seen(SplitName split, Scores found) {
        scores.put(split, found);
    }

    /** Loss and decision of the examples of a split that some reading of this look sees, which is then taken first. */
    public Optional<Scores> scores(SplitName split) {
        ProbeReading probe = new ProbeReading(split);
        if (needs.contains(probe)) {
            part(probe);
        }
        return Optional.ofNullable(scores.get(split));
    }

    private Subject subject() {
        return observer.subject();
    }

    @Override
    public long step() {
        return occasion.step;
    }

    @Override
    public boolean thorough() {
        return occasion.thorough;
    }

    @Override
    public Spec spec() {
        return subject().spec();
    }

    @Override
    public long seed() {
        return subject().seed();
    }

    @Override
    public double learningRate() {
        return occasion.rates.at(occasion.step);
    }

    @Override
    public double time() {
        return occasion.rates.timeAt(occasion.step);
    }

    @Override
    public TargetKind target() {
        return subject().data().target();
    }

    @Override
    public Derived derived() {
        return derived;
    }
}
