package io.orrery.lab.run;

import io.orrery.lab.observe.Instrument;
import io.orrery.lab.observe.Instrument.Need;
import io.orrery.lab.observe.Observer;
import io.orrery.lab.observe.Observer.Extent;
import io.orrery.lab.setup.Spec;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which readings a look takes, by the number of looks before it; {@link LookDivision} decides.
 *
 * @param shown looks that read each part
 * @param extents on which examples loss and accuracy are taken
 * @param costs what looks are predicted to cost, and what was left out
 */
record LookBudget(Map<Part, BitSet> shown, List<Extent> extents, LookCosts costs) {
    LookBudget {
        shown = new EnumMap<>(shown);
        extents = List.copyOf(extents);
    }

    /** Kinds of readings that are thinned apart. */
    enum Part {
        /** Instruments that need gradients. */
        GRADIENTS,
        /** Instruments that need the updates of an epoch. */
        UPDATES,
        /** What instruments read at thorough looks alone. */
        SPECTRA,
        /** All other readings. */
        CHEAP
    }

    /** The budget of a run, of whose updates all together take so many FLOPs. */
    static LookBudget of(
            Observer observer, List<Instrument> instruments, LookSchedule schedule, Spec spec, double trainingFlops) {
        LookPrices prices = LookPrices.of(observer, instruments);
        return new LookDivision(prices, instruments, schedule.looks(), spec, trainingFlops).divide();
    }

    /** Whether a look reads what is read at thorough looks alone. */
    boolean thorough(int index) {
        return shows(Part.SPECTRA, index);
    }

    /** Whether an instrument is shown a look. */
    boolean due(Instrument instrument, int index) {
        Set<Need> needs = instrument.needs();
        return shows(Part.CHEAP, index)
                && (!needs.contains(Need.GRADIENTS) || shows(Part.GRADIENTS, index))
                && (!needs.contains(Need.UPDATES) || shows(Part.UPDATES, index));
    }

    /** On which examples loss and accuracy are taken. */
    Extent extent(int index) {
        return extents.get(index);
    }

    private boolean shows(Part part, int index) {
        return shown.getOrDefault(part, new BitSet()).get(index);
    }
}
