package io.orrery.lab.run;

import io.orrery.lab.observe.Extent;
import io.orrery.lab.observe.Instrument;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.observe.Observation;
import io.orrery.lab.observe.Observer;
import io.orrery.lab.observe.Reading;
import io.orrery.lab.train.LearningRate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks at a run through its instruments, and how long each took. */
final class TimedLooks {
    /** Under which the time of preparing observations is noted. */
    static final String OBSERVING = "observing";

    private static final double NANOS = 1e-9;

    private final Observer observer;
    private final List<Instrument> instruments;
    private final LookBudget budget;

    /**
     * One look.
     *
     * @param index how many looks came before it
     * @param full shows every instrument, and loss and accuracy of whole splits, whatever it costs
     */
    record Occasion(long step, int index, boolean full) {}

    TimedLooks(Observer observer, List<Instrument> instruments, LookBudget budget) {
        this.observer = observer;
        this.instruments = instruments;
        this.budget = budget;
    }

    /** Whether any instrument is due. */
    boolean isDue(Occasion look) {
        return !due(look).isEmpty();
    }

    /** The measurements of all instruments due, in their order; adds seconds by purpose. */
    List<Measurement> look(Occasion look, LearningRate learningRate, Map<String, Double> seconds) {
        List<Instrument> due = due(look);
        if (due.isEmpty()) {
            return List.of();
        }
        Set<Reading<?>> needs = new HashSet<>();
        due.forEach(instrument -> needs.addAll(instrument.needs()));
        long before = System.nanoTime();
        boolean thorough = look.full || budget.thorough(look.index);
        Extent extent = look.full ? Extent.WHOLE : budget.extent(look.index);
        Observation observation = observer.look(look.step, thorough, extent, learningRate, needs);
        seconds.merge(OBSERVING, (System.nanoTime() - before) * NANOS, Double::sum);
        for (Instrument instrument : due) {
            before = System.nanoTime();
            prepare(instrument, observation);
            seconds.merge(instrument.name(), (System.nanoTime() - before) * NANOS, Double::sum);
        }
        return observed(due, observation, seconds);
    }

    private List<Instrument> due(Occasion look) {
        return instruments.stream()
                .filter(instrument -> look.full || budget.due(instrument, look.index))
                .toList();
    }

    /** The measurements of instruments that observe at the same time; the time it took is shared out as they needed it. */
    private List<Measurement> observed(List<Instrument> due, Observation observation, Map<String, Double> seconds) {
        List<List<Measurement>> readings = new ArrayList<>(Collections.nCopies(due.size(), List.of()));
        double[] needed = new double[due.size()];
        long start = System.nanoTime();
        observer.together(due.size(), i -> {
            long before = System.nanoTime();
            readings.set(i, readings(due.get(i), observation));
            needed[i] = System.nanoTime() - before;
        });
        double each = (System.nanoTime() - start)
                * NANOS
                / Math.max(1, Arrays.stream(needed).sum());
        for (int i = 0; i < needed.length; i++) {
            seconds.merge(due.get(i).name(), needed[i] * each, Double::sum);
        }
        return readings.stream().flatMap(List::stream).toList();
    }

    /** What cannot be finished is met again, and recorded, when the instrument observes. */
    private static void prepare(Instrument instrument, Observation observation) {
        try {
            instrument.prepare(observation);
        } catch (ArithmeticException failed) {
            return;
        }
    }

    /**
     * What one instrument reads. Arithmetic that cannot be finished (a decomposition that does not converge) must not end a
     * run of hours: it is recorded as the quantity {@code failed} in place of the readings.
     */
    private static List<Measurement> readings(Instrument instrument, Observation observation) {
        List<Measurement> readings = new ArrayList<>();
        try {
            instrument.observe(observation, readings::add);
            return readings;
        } catch (ArithmeticException failed) {
            return List.of(Measurement.of(observation.step(), instrument.name(), "failed", "", "", 1));
        }
    }
}
