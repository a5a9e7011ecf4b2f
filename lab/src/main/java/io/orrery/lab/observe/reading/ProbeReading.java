package io.orrery.lab.observe.reading;

import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.observe.Observation.Probe;
import io.orrery.lab.observe.Reading;
import io.orrery.lab.observe.Sizes;
import io.orrery.lab.observe.Subject;
import java.util.Optional;

/**
 * Features and outputs on the probe set of a split; empty if the data has no such split.
 *
 * @param split whose probe set
 */
public record ProbeReading(SplitName split) implements Reading<Optional<Probe>> {
    /** What instruments do with a feature of an example takes as long as so many FLOPs of a kernel. */
    private static final double PER_FEATURE = 800;

    @Override
    public String name() {
        return split.text() + " probe";
    }

    @Override
    public double flops(Sizes sizes) {
        return (sizes.pass() + PER_FEATURE * sizes.features()) * sizes.probed(split);
    }

    @Override
    public Reader<Optional<Probe>> over(Subject subject) {
        Optional<ProbeReader> reader = subject.data().split(split).map(_ -> new ProbeReader(subject, split));
        return look -> reader.map(present -> {
            Probe probe = present.read(look.part(new RhoReading()));
            look.seen(split, present.scores());
            return probe;
        });
    }
}
