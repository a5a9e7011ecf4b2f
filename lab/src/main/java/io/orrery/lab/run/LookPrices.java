package io.orrery.lab.run;

import io.orrery.lab.observe.Instrument;
import io.orrery.lab.observe.Instrument.Need;
import io.orrery.lab.observe.Observer;
import io.orrery.lab.run.LookBudget.Part;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a look is predicted to cost, in FLOPs of training.
 *
 * @param parts of each part
 * @param sample what loss and accuracy cost more on samples than on the probe sets
 * @param whole what they cost more on whole splits
 */
record LookPrices(Map<Part, Double> parts, double sample, double whole) {
    /** A FLOP of an instrument, in double precision and often bound by memory, takes as long as so many of training. */
    private static final double OF_INSTRUMENTS = 7;

    private static final Set<Need> CHEAP = EnumSet.of(Need.WEIGHTS, Need.TRAIN_PROBE, Need.TEST_PROBE);

    /** The prices of what some instruments read. */
    static LookPrices of(Observer observer, List<Instrument> instruments) {
        Set<Need> needs = EnumSet.noneOf(Need.class);
        double thorough = 0;
        for (Instrument instrument : instruments) {
            needs.addAll(instrument.needs());
            thorough += OF_INSTRUMENTS * instrument.flops(observer.sizes());
        }
        boolean evaluated = needs.contains(Need.EVALUATION);
        double probe = observer.probeFlops();
        // Examples of the probe sets are not looked at twice.
        boolean probed = needs.contains(Need.TRAIN_PROBE) || needs.contains(Need.TEST_PROBE);
        double cheap = evaluated && !probed ? probe : 0;
        for (Need need : CHEAP) {
            cheap += needs.contains(need) ? observer.flops(need) : 0;
        }
        Map<Part, Double> parts = new EnumMap<>(Part.class);
        parts.put(Part.CHEAP, cheap);
        parts.put(Part.GRADIENTS, needs.contains(Need.GRADIENTS) ? observer.flops(Need.GRADIENTS) : 0);
        parts.put(Part.UPDATES, needs.contains(Need.UPDATES) ? observer.flops(Need.UPDATES) : 0);
        parts.put(Part.SPECTRA, thorough);
        return new LookPrices(
                parts,
                evaluated ? Math.max(0, observer.flops(Need.EVALUATION) - probe) : 0,
                evaluated ? Math.max(0, observer.wholeFlops() - probe) : 0);
    }

    double of(Part part) {
        return parts.getOrDefault(part, 0.0);
    }

    /** All parts once, loss and accuracy on the probe sets. */
    double everything() {
        return parts.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
