package io.orrery.lab.train;

import io.orrery.lab.instrument.Instrument;
import io.orrery.lab.instrument.Instrument.Need;
import io.orrery.lab.instrument.Observer;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which looks an instrument is shown, so that observing stays a small share of a long run. It depends on predicted FLOPs
 * alone, never on a clock: the same spec gives the same measurements on every machine. The first and the last look, and
 * those that a spec asks for, show every instrument whatever it costs, the last loss and accuracy on all examples too; what
 * they cost is taken from what is left for the others.
 */
final class LookBudget {
    /** Of the FLOPs of all updates, what all looks together should cost. */
    private static final double ALL = 0.05;
    /** What the looks between the first and the last get at least and at most. */
    private static final double LEAST_BETWEEN = 0.01;

    private static final double MOST_BETWEEN = 0.04;

    /** What a part may cost however short the run is: a tenth of a second. */
    private static final double FREE = 1e10;

    /** A FLOP of an instrument, in double precision and often bound by memory, takes as long as so many of training. */
    private static final double OF_INSTRUMENTS = 7;

    /** Loss and accuracy that would be taken more rarely on their sample are taken on the probe instead. */
    private static final int RAREST_SAMPLE = 4;

    private static final int TENTH = 10;

    private static final List<Need> RARE = List.of(Need.GRADIENTS, Need.UPDATES);
    private static final List<Need> PROBES = List.of(Need.TRAIN_PROBE, Need.TEST_PROBE, Need.WEIGHTS);

    private final Map<Need, Integer> strides = new EnumMap<>(Need.class);
    private int thoroughStride = 1;
    private boolean wholeBetween = true;
    private boolean probesBetween;

    private LookBudget() {}

    /** Shows everything at every look. */
    static LookBudget unlimited() {
        return new LookBudget();
    }

    /**
     * The budget of a run.
     *
     * @param looks how many are planned
     * @param trainingFlops of all updates
     */
    static LookBudget of(Observer observer, List<Instrument> instruments, int looks, double trainingFlops) {
        LookBudget budget = new LookBudget();
        Set<Need> needs = EnumSet.noneOf(Need.class);
        double thorough = 0;
        for (Instrument instrument : instruments) {
            needs.addAll(instrument.needs());
            thorough += OF_INSTRUMENTS * instrument.flops(observer.sizes());
        }
        for (Need need : needs) {
            thorough += observer.flops(need);
        }
        double whole = needs.contains(Need.EVALUATION) ? observer.wholeFlops() : 0;
        double ends = (2 * thorough + whole) / trainingFlops;
        budget.divide(
                trainingFlops * Math.clamp(ALL - ends, LEAST_BETWEEN, MOST_BETWEEN),
                looks,
                thorough,
                whole,
                needs,
                observer);
        return budget;
    }

    /** Divides what the looks between the first and the last may cost: what one part leaves is there for the next. */
    private void divide(double between, int looks, double thorough, double whole, Set<Need> needs, Observer observer) {
        int tenths = looks / TENTH;
        double left = between;
        thoroughStride = stride(thorough * tenths, 0.25 * between);
        left -= thorough * (tenths / thoroughStride);
        int thoroughLooks = 1 + tenths / thoroughStride;
        wholeBetween = whole * thoroughLooks <= Math.max(FREE, 0.2 * between);
        left -= wholeBetween ? whole * thoroughLooks : 0;
        for (Need need : RARE) {
            if (needs.contains(need)) {
                double cost = observer.flops(need) * looks;
                int stride = stride(cost, 0.1 * between);
                strides.put(need, stride);
                left -= cost / stride;
            }
        }
        double probes = 0;
        for (Need need : PROBES) {
            probes += needs.contains(need) ? observer.flops(need) : 0;
        }
        double sample = needs.contains(Need.EVALUATION) ? observer.flops(Need.EVALUATION) : 0;
        if (probes > 0) {
            // Examples of the probe are not looked at twice.
            sample -= Math.min(sample, observer.probeFlops());
        }
        double allowed = Math.max(0.3 * between, left);
        int common = stride((probes + sample) * looks, allowed);
        probesBetween = common > RAREST_SAMPLE && needs.contains(Need.TRAIN_PROBE);
        if (probesBetween) {
            common = stride(probes * looks, allowed);
        }
        strides.put(Need.EVALUATION, common);
        for (Need need : PROBES) {
            strides.put(need, common);
        }
        for (Need need : RARE) {
            // Looks at several parts fall together.
            strides.put(need, (strides.getOrDefault(need, 1) + common - 1) / common * common);
        }
    }

    private static int stride(double cost, double allowed) {
        return (int) Math.ceil(Math.max(1, cost / Math.max(FREE, allowed)));
    }

    /** Whether one of the tenth looks shows every instrument, by the number of looks before it. */
    boolean thorough(int index) {
        return index / TENTH % thoroughStride == 0;
    }

    /** Whether an instrument is shown a look that is not thorough, by the number of looks before it. */
    boolean due(Instrument instrument, int index) {
        return instrument.needs().stream().allMatch(need -> index % strides.getOrDefault(need, 1) == 0);
    }

    /**
     * On which examples loss and accuracy are taken: at a full look on all, at a thorough one as far as there is room. The
     * first look sees an untrained network and is not worth more than those after it.
     *
     * @param index how many looks came before it
     */
    Observer.Extent extent(int index, boolean thorough, boolean full) {
        if (full || thorough && wholeBetween) {
            return Observer.Extent.WHOLE;
        }
        return !probesBetween || thorough && index > 0 ? Observer.Extent.SAMPLE : Observer.Extent.PROBE;
    }
}
