package io.orrery.lab.train;

import io.orrery.lab.instrument.Instrument;
import io.orrery.lab.instrument.Instrument.Need;
import io.orrery.lab.instrument.Observer;
import java.util.EnumMap;
import java.util.Map;

/**
 * Which looks an instrument is shown, so that observing stays a small share of a long run. It depends on predicted FLOPs
 * alone, never on a clock: the same spec gives the same measurements on every machine. Thorough looks show everything.
 */
final class LookBudget {
    /** At most every tenth look is thorough, so that is as rare as it gets. */
    private static final int RAREST = 10;

    /** What a part may cost however short the run is: a fraction of a second. */
    private static final double FREE = 1e10;

    private static final double WHOLE_SHARE = 0.02;
    private static final double EVALUATION_SHARE = 0.03;
    private static final double OTHER_SHARE = 0.01;

    private final Map<Need, Integer> strides = new EnumMap<>(Need.class);
    private final boolean wholeBetween;

    private LookBudget(boolean wholeBetween) {
        this.wholeBetween = wholeBetween;
    }

    /** Shows everything at every look. */
    static LookBudget unlimited() {
        return new LookBudget(true);
    }

    /**
     * The budget of a run.
     *
     * @param looks how many are planned
     * @param trainingFlops of all updates
     */
    static LookBudget of(Observer observer, int looks, double trainingFlops) {
        double whole = observer.wholeFlops() * (looks / RAREST + 1.0);
        LookBudget budget = new LookBudget(whole <= Math.max(FREE, WHOLE_SHARE * trainingFlops));
        for (Need need : Need.values()) {
            double share = need == Need.EVALUATION ? EVALUATION_SHARE : OTHER_SHARE;
            double stride = observer.flops(need) * looks / Math.max(FREE, share * trainingFlops);
            budget.strides.put(need, (int) Math.ceil(Math.clamp(stride, 1, RAREST)));
        }
        return budget;
    }

    /** Whether an instrument is shown a look that is not thorough, by the number of looks before it. */
    boolean due(Instrument instrument, int index) {
        return instrument.needs().stream().allMatch(need -> index % strides.getOrDefault(need, 1) == 0);
    }

    /** Whether a thorough look takes loss and accuracy on whole splits rather than samples; a full one always does. */
    boolean whole(boolean full) {
        return full || wholeBetween;
    }
}
