package io.orrery.lab.run;

import io.orrery.lab.observe.Extent;
import io.orrery.lab.observe.Instrument;
import io.orrery.lab.observe.Observer;
import io.orrery.lab.observe.Reading;
import io.orrery.lab.setup.Spec;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which readings a look takes, by the number of looks before it; {@link LookDivision} decides.
 *
 * @param shown looks that read each part
 * @param extents on which examples loss and accuracy are taken
 * @param costs what looks are predicted to cost, and what was left out
 */
record LookBudget(Map<Part, BitSet> shown, List<Extent> extents, LookCosts costs) {
    LookBudget {
        shown = Map.copyOf(shown);
        extents = List.copyOf(extents);
    }

    /** What is thinned apart from the rest. */
    sealed interface Part {
        /** What several readings and instruments share. */
        enum Shared implements Part {
            /** What is read at thorough looks alone, such as decompositions. */
            THOROUGH,
            /** All that is read at every look. */
            CHEAP
        }

        /** A reading that has looks of its own, with the instruments that need it. */
        record Rationed(Reading<?> reading) implements Part {}
    }

    /** The budget of a run, of whose updates all together take so many FLOPs. */
    static LookBudget of(
            Observer observer, List<Instrument> instruments, LookSchedule schedule, Spec spec, double trainingFlops) {
        LookPrices prices = LookPrices.of(observer, instruments);
        return new LookDivision(prices, instruments, schedule.looks(), spec, trainingFlops).divide();
    }

    /** The same with something more to be said of what is not read. */
    LookBudget noting(Optional<String> sentence) {
        return new LookBudget(shown, extents, sentence.map(costs::noting).orElse(costs));
    }

    /** Whether a look reads what is read at thorough looks alone. */
    boolean thorough(int index) {
        return shows(Part.Shared.THOROUGH, index);
    }

    /** Whether an instrument is shown a look. */
    boolean due(Instrument instrument, int index) {
        return shows(Part.Shared.CHEAP, index)
                && instrument.needs().stream()
                        .filter(reading -> reading.pace() == Reading.Pace.RATIONED)
                        .allMatch(reading -> shows(new Part.Rationed(reading), index));
    }

    /** On which examples loss and accuracy are taken. */
    Extent extent(int index) {
        return extents.get(index);
    }

    private boolean shows(Part part, int index) {
        return shown.getOrDefault(part, new BitSet()).get(index);
    }
}
