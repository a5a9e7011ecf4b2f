package io.orrery.lab.train;

import io.orrery.lab.instrument.Instrument;
import io.orrery.lab.instrument.Measurement;
import io.orrery.lab.instrument.Observation;
import io.orrery.lab.instrument.Observer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Shows a run to its instruments and notes how long each took. */
final class Looker {
    /** Under which the time of preparing observations is noted. */
    static final String OBSERVING = "observing";

    private static final double NANOS = 1e-9;

    private final Observer observer;
    private final List<Instrument> instruments;
    private final Set<Instrument.Need> needs = EnumSet.noneOf(Instrument.Need.class);

    Looker(Observer observer, List<Instrument> instruments) {
        this.observer = observer;
        this.instruments = instruments;
        instruments.forEach(instrument -> needs.addAll(instrument.needs()));
    }

    /** The measurements of all instruments, in their order; adds seconds by purpose. */
    List<Measurement> look(long step, boolean thorough, LearningRate learningRate, Map<String, Double> seconds) {
        List<Measurement> measurements = new ArrayList<>();
        if (instruments.isEmpty()) {
            return measurements;
        }
        long before = System.nanoTime();
        Observation observation = observer.look(step, thorough, learningRate, needs);
        seconds.merge(OBSERVING, (System.nanoTime() - before) * NANOS, Double::sum);
        for (Instrument instrument : instruments) {
            before = System.nanoTime();
            instrument.observe(observation, measurements::add);
            seconds.merge(instrument.name(), (System.nanoTime() - before) * NANOS, Double::sum);
        }
        return measurements;
    }
}
