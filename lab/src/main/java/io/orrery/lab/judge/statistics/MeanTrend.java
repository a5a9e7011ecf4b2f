package io.orrery.lab.judge.statistics;

/**
 * A mean rank trend over seeds. Each seed's trend takes a few values between -1 and 1, mostly near its end, so Student's t
 * alone supports a trend at its threshold in 4 to 34% instead of 2.5% (docs/verdicts.md). A tail is therefore the larger of
 * Student's, which knows how far the seeds differ, and that of {@link Mallows}, which knows how coarse they are.
 *
 * @param means over seeds, by Student's t
 * @param orders the same number of seeds and driver values
 */
public record MeanTrend(Sampling means, Mallows orders) {
    double above(double value) {
        return Math.max(alike() ? 0 : means.above(value), orders.atLeast(means.estimate(), value));
    }

    double below(double value) {
        return Math.max(alike() ? 0 : means.below(value), orders.atMost(means.estimate(), value));
    }

    Interval interval(double level) {
        double tail = (1 - level) / 2;
        double estimate = means.estimate();
        Interval students = alike() ? new Interval(estimate, estimate, level) : means.interval(level);
        return Range.COSINE.cut(new Interval(
                Math.min(students.low(), orders.lowest(estimate, tail)),
                Math.max(students.high(), orders.highest(estimate, tail)),
                level));
    }

    private boolean alike() {
        return means instanceof Sampling.Alike;
    }
}
