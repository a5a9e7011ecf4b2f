package io.orrery.lab.judge;

import io.orrery.lab.math.StudentT;

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

    /** A value in which chance has no part, or that did not vary over the seeds. */
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
    record Student(double centre, double standardError, double degrees, Average scale) implements Sampling {
        @Override
        public double estimate() {
            return scale.from(centre);
        }

        @Override
        public Interval interval(double level) {
            double reach = StudentT.quantile((1 + level) / 2, degrees) * standardError;
            return new Interval(scale.from(centre - reach), scale.from(centre + reach), level);
        }

        @Override
        public double below(double value) {
            return StudentT.cumulative((centre - scale.to(value)) / standardError, degrees);
        }

        @Override
        public double above(double value) {
            return StudentT.cumulative((scale.to(value) - centre) / standardError, degrees);
        }
    }
}
