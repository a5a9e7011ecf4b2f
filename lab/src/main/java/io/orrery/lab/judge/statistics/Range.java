package io.orrery.lab.judge.statistics;

/**
 * Where a quantity can lie at all: an interval of its mean that reaches further is cut there, since the mean cannot. Cutting
 * takes away nothing that could be true, so the interval keeps its level.
 */
public record Range(double low, double high) {
    /** No limits. */
    public static final Range ANY = new Range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    /** A share, an accuracy, an error rate: 0 to 1. */
    public static final Range SHARE = new Range(0, 1);

    /** A cosine or a correlation: -1 to 1. */
    public static final Range COSINE = new Range(-1, 1);

    /** A norm, a rank, a distance: 0 and up. */
    public static final Range POSITIVE = new Range(0, Double.POSITIVE_INFINITY);

    /** An interval cut to the range; one wholly outside is left as it is, since then the range is wrong. */
    Interval cut(Interval interval) {
        if (!interval.isKnown() || interval.high() < low || interval.low() > high) {
            return interval;
        }
        return new Interval(Math.max(low, interval.low()), Math.min(high, interval.high()), interval.level());
    }
}
