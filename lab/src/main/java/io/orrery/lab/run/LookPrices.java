package io.orrery.lab.run;

import io.orrery.lab.observe.Extent;
import io.orrery.lab.observe.Instrument;
import io.orrery.lab.observe.Observer;
import io.orrery.lab.observe.Reading;
import io.orrery.lab.observe.Sizes;
import io.orrery.lab.run.LookBudget.Part;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/**
 * What a look is predicted to cost, in FLOPs of training.
 *
 * @param parts of each part: rationed readings by name, what is thorough, what is cheap
 * @param sample what loss and accuracy cost more on samples than on the probe sets
 * @param whole what they cost more on whole splits
 */
record LookPrices(SequencedMap<Part, Double> parts, double sample, double whole) {
    /** A FLOP of an instrument, in double precision and often bound by memory, takes as long as so many of training. */
    private static final double OF_INSTRUMENTS = 7;

    /** The prices of what some instruments read. */
    static LookPrices of(Observer observer, List<Instrument> instruments) {
        Sizes sizes = observer.sizes();
        Set<Reading<?>> needs = new HashSet<>();
        double thorough = 0;
        for (Instrument instrument : instruments) {
            needs.addAll(instrument.needs());
            thorough += OF_INSTRUMENTS * instrument.flops(sizes);
        }
        List<Reading<?>> readings =
                needs.stream().sorted(Comparator.comparing(Reading::name)).toList();
        SequencedMap<Part, Double> parts = new LinkedHashMap<>();
        Map<Extent, Double> cheap = new EnumMap<>(Extent.class);
        for (Reading<?> reading : readings) {
            double price = reading.flops(sizes, Extent.PROBE, needs);
            switch (reading.pace()) {
                case EVERY_LOOK -> {
                    for (Extent extent : Extent.values()) {
                        cheap.merge(extent, reading.flops(sizes, extent, needs), Double::sum);
                    }
                }
                case RATIONED -> parts.put(new Part.Rationed(reading), price);
                case THOROUGH -> thorough += price;
            }
        }
        double probe = cheap.getOrDefault(Extent.PROBE, 0.0);
        parts.put(Part.Shared.THOROUGH, thorough);
        parts.put(Part.Shared.CHEAP, probe);
        return new LookPrices(
                Collections.unmodifiableSequencedMap(parts),
                cheap.getOrDefault(Extent.SAMPLE, 0.0) - probe,
                cheap.getOrDefault(Extent.WHOLE, 0.0) - probe);
    }

    double of(Part part) {
        return parts.getOrDefault(part, 0.0);
    }

    /** All parts once, loss and accuracy on the probe sets. */
    double everything() {
        return parts.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
