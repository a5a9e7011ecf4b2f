package io.orrery.lab.judge.statistics;

import io.orrery.lab.judge.criterion.Correlation;
import io.orrery.lab.math.Normal;
import io.orrery.lab.math.StudentT;
import java.util.function.DoublePredicate;

/** What the measurements tell of an effect: its estimate, and how far chance may have moved it. */
public sealed interface Sampling {
    /** The estimate of the effect; NaN if there is none. */
    double estimate();

    /** The interval with equal tails that holds the true effect in the given share of repetitions. */
    Interval interval(double level);

    /** Chance of an estimate this low or lower if the true effect were the value; small says: it is below. */
    double below(double value);

    /** Chance of an estimate this high or higher if the true effect were the value; small says: it is above. */
    double above(double value);

    /** A value in which chance has no part. */
    record Exact(double estimate) implements Sampling {
        @Override
        public Interval interval(double level) {
            return new Interval(estimate, estimate, level);
        }

        @Override
        public double below(double value) {
            return estimate < value ? 0 : 1;
        }

        @Override
        public double above(double value) {
            return estimate > value ? 0 : 1;
        }
    }

    /** Another sampling of a quantity that lies in a range. */
    record Ranged(Sampling inner, Range range) implements Sampling {
        @Override
        public double estimate() {
            return inner.estimate();
        }

        @Override
        public Interval interval(double level) {
            return range.cut(inner.interval(level));
        }

        @Override
        public double below(double value) {
            return inner.below(value);
        }

        @Override
        public double above(double value) {
            return inner.above(value);
        }
    }

    /** A mean rank trend over seeds: see {@link MeanTrend}. */
    record Trends(double estimate, MeanTrend trend) implements Sampling {
        @Override
        public Interval interval(double level) {
            return trend.interval(level);
        }

        @Override
        public double below(double value) {
            return trend.below(value);
        }

        @Override
        public double above(double value) {
            return trend.above(value);
        }
    }

    /** A statistic over permutations of labels that mean nothing: the control of a trend or an association. */
    record Permuted(PermutationDistribution distribution) implements Sampling {
        @Override
        public double estimate() {
            return distribution.mean();
        }

        @Override
        public Interval interval(double level) {
            return distribution.interval(level);
        }

        @Override
        public double below(double value) {
            return distribution.atLeast(value);
        }

        @Override
        public double above(double value) {
            return distribution.atMost(value);
        }
    }

    /**
     * Values that are all alike, which says nothing of how far others would lie. They count as so many signs: were the limit the
     * middle, so many on one side of it would have probability 2^-count (the sign test). {@link #against} takes the smallest
     * spread with which Student's t is no surer than that.
     *
     * @param centre the value, on the scale
     * @param count how many values, at least 1
     */
    record Alike(double centre, int count, Average average) implements Sampling {
        /** With the spread that the sign test leaves beside a limit; at the limit itself none can be told. */
        public Sampling against(Threshold threshold) {
            double limit = threshold.nearest(estimate());
            double scaled = average == Average.GEOMETRIC ? average.to(Math.max(limit, 0)) : limit;
            double distance = Math.abs(centre - scaled);
            if (count < 2 || !(distance > 0) || Double.isInfinite(distance)) {
                return this;
            }
            double signs = StudentT.quantile(1 - StrictMath.pow(0.5, count), count - 1);
            return new Student(centre, distance / signs, count - 1, average);
        }

        @Override
        public double estimate() {
            return average.from(centre);
        }

        @Override
        public Interval interval(double level) {
            return new Interval(Double.NaN, Double.NaN, level);
        }

        @Override
        public double below(double value) {
            return 1;
        }

        @Override
        public double above(double value) {
            return 1;
        }
    }

    /** No estimate: there was nothing to measure it with. */
    record None() implements Sampling {
        @Override
        public double estimate() {
            return Double.NaN;
        }

        @Override
        public Interval interval(double level) {
            return new Interval(Double.NaN, Double.NaN, level);
        }

        @Override
        public double below(double value) {
            return 1;
        }

        @Override
        public double above(double value) {
            return 1;
        }
    }

    /**
     * A mean whose error, over its standard error, follows Student's t (Student 1908; with unequal variances Welch 1947).
     *
     * @param centre the mean, on the scale
     * @param standardError its standard error, on the scale; above 0
     */
    record Student(double centre, double standardError, double degrees, Average average) implements Sampling {
        @Override
        public double estimate() {
            return average.from(centre);
        }

        @Override
        public Interval interval(double level) {
            double reach = StudentT.quantile((1 + level) / 2, degrees) * standardError;
            return new Interval(average.from(centre - reach), average.from(centre + reach), level);
        }

        @Override
        public double below(double value) {
            return StudentT.cumulative((centre - scaled(value)) / standardError, degrees);
        }

        @Override
        public double above(double value) {
            return StudentT.cumulative((scaled(value) - centre) / standardError, degrees);
        }

        /** Every ratio exceeds a limit below 0. */
        private double scaled(double value) {
            return average == Average.GEOMETRIC ? average.to(Math.max(value, 0)) : value;
        }
    }

    /**
     * A number of successes among independent trials of one probability; tails are exact (Clopper and Pearson 1934).
     */
    record Binomial(int successes, int trials) implements Sampling {
        @Override
        public double estimate() {
            return successes / (double) trials;
        }

        @Override
        public Interval interval(double level) {
            double tail = (1 - level) / 2;
            double low = successes == 0 ? 0 : crossing(probability -> above(probability) < tail);
            double high = successes == trials ? 1 : crossing(probability -> below(probability) > tail);
            return new Interval(low, high, level);
        }

        @Override
        public double below(double value) {
            return atMost(successes, value);
        }

        @Override
        public double above(double value) {
            return successes == 0 ? 1 : 1 - atMost(successes - 1, value);
        }

        private double atMost(int count, double probability) {
            if (probability <= 0 || probability >= 1) {
                return probability <= 0 || count >= trials ? 1 : 0;
            }
            double term = StrictMath.pow(1 - probability, trials);
            double sum = term;
            for (int k = 0; k < count; k++) {
                term *= (trials - k) / (k + 1.0) * (probability / (1 - probability));
                sum += term;
            }
            return Math.min(sum, 1);
        }

        /** Where a condition that holds for small probabilities alone ceases to. */
        private static double crossing(DoublePredicate holds) {
            double low = 0;
            double high = 1;
            for (double middle = 0.5; low < middle && middle < high; middle = low + (high - low) / 2) {
                if (holds.test(middle)) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            return low;
        }
    }

    /** A rank correlation over settings, through Fisher's z (see {@link Correlation}). */
    record Ranks(double estimate, int settings) implements Sampling {
        @Override
        public Interval interval(double level) {
            double reach = Normal.quantile((1 + level) / 2) * standardError();
            double low = estimate == -1 ? -1 : StrictMath.tanh(z() - reach);
            double high = estimate == 1 ? 1 : StrictMath.tanh(z() + reach);
            return new Interval(low, high, level);
        }

        @Override
        public double below(double value) {
            return Normal.cumulative((z() - atanh(value)) / standardError());
        }

        @Override
        public double above(double value) {
            return Normal.cumulative((atanh(value) - z()) / standardError());
        }

        private double standardError() {
            return Math.sqrt((1 + tempered() * tempered() / 2) / (settings - 3));
        }

        private double z() {
            return atanh(tempered());
        }

        /** No further from 0 than the most extreme value but 1: that with two neighbours swapped. */
        private double tempered() {
            double most = 1 - 12.0 / (settings * (settings * (double) settings - 1));
            return Math.max(-most, Math.min(most, estimate));
        }

        private static double atanh(double value) {
            return (StrictMath.log1p(value) - StrictMath.log1p(-value)) / 2;
        }
    }

    /**
     * The same over settings that share their seeds. Chance has two parts, which settings were tried and which seeds were drawn;
     * a tail is the larger of both: Fisher's z over settings, and Student's t over the correlations within single seeds.
     *
     * @param settings over means over seeds
     * @param seeds over the correlations of each seed
     */
    record Clustered(Ranks settings, Sampling seeds) implements Sampling {
        @Override
        public double estimate() {
            return settings.estimate();
        }

        @Override
        public Interval interval(double level) {
            Interval one = settings.interval(level);
            Interval other = Range.COSINE.cut(seeds.interval(level));
            return other.isKnown()
                    ? new Interval(Math.min(one.low(), other.low()), Math.max(one.high(), other.high()), level)
                    : other;
        }

        @Override
        public double below(double value) {
            return Math.max(settings.below(value), seeds.below(value));
        }

        @Override
        public double above(double value) {
            return Math.max(settings.above(value), seeds.above(value));
        }
    }
}
