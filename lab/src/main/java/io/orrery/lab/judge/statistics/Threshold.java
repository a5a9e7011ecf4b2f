package io.orrery.lab.judge.statistics;

/** Where an effect was predicted to lie, fixed before any run. The limits themselves belong to the prediction. */
public sealed interface Threshold {
    /** At most a value. */
    record AtMost(double limit) implements Threshold {
        public AtMost {
            refuseNaN(limit);
        }
    }

    /** At least a value. */
    record AtLeast(double limit) implements Threshold {
        public AtLeast {
            refuseNaN(limit);
        }
    }

    /** Between two values. */
    record Within(double low, double high) implements Threshold {
        public Within {
            refuseNaN(low);
            refuseNaN(high);
            if (low > high) {
                throw new IllegalArgumentException(
                        "a threshold's lower limit must not exceed the upper, found " + low + " and " + high);
            }
        }
    }

    static Threshold atMost(double limit) {
        return new AtMost(limit);
    }

    static Threshold atLeast(double limit) {
        return new AtLeast(limit);
    }

    static Threshold within(double low, double high) {
        return new Within(low, high);
    }

    /** Within a share of a value on either side: {@code about(2, 0.05)} is 1.9 to 2.1. */
    static Threshold about(double value, double share) {
        double reach = Math.abs(value) * share;
        return new Within(value - reach, value + reach);
    }

    /** Whether an effect lies where it was predicted. */
    default boolean holds(double effect) {
        return margin(effect) >= 0;
    }

    /** How far inside the predicted side an effect lies, in the effect's units; negative outside. */
    default double margin(double effect) {
        return switch (this) {
            case AtMost(double limit) -> limit - effect;
            case AtLeast(double limit) -> effect - limit;
            case Within(double low, double high) -> Math.min(effect - low, high - effect);
        };
    }

    /** The limit; of two, the one nearer to the effect. One number for tables and JSON. */
    default double nearest(double effect) {
        return switch (this) {
            case AtMost(double limit) -> limit;
            case AtLeast(double limit) -> limit;
            case Within(double low, double high) -> effect - low <= high - effect ? low : high;
        };
    }

    /** As {@code at most 0.5}. */
    default String text() {
        return switch (this) {
            case AtMost(double limit) -> "at most " + Plain.number(limit);
            case AtLeast(double limit) -> "at least " + Plain.number(limit);
            case Within(double low, double high) when low == high -> "exactly " + Plain.number(low);
            case Within(double low, double high) ->
                "between " + Plain.range(low, high).replace(" to ", " and ");
        };
    }

    /** Chance of evidence this strong for the prediction were it false: the largest over the false effects. */
    default double pValueSupport(Sampling sampling) {
        if (sampling instanceof Sampling.Exact(double value)) {
            return holds(value) ? 0 : 1;
        }
        return switch (this) {
            case AtMost(double limit) -> sampling.below(limit);
            case AtLeast(double limit) -> sampling.above(limit);
            case Within(double low, double high) -> Math.max(sampling.above(low), sampling.below(high));
        };
    }

    /** Chance of evidence this strong against the prediction were it true: the largest over the predicted effects. */
    default double pValueAgainst(Sampling sampling) {
        if (sampling instanceof Sampling.Exact(double value)) {
            return holds(value) ? 1 : 0;
        }
        return switch (this) {
            case AtMost(double limit) -> sampling.above(limit);
            case AtLeast(double limit) -> sampling.below(limit);
            case Within(double low, double high) -> Math.min(sampling.below(low), sampling.above(high));
        };
    }

    private static void refuseNaN(double limit) {
        if (Double.isNaN(limit)) {
            throw new IllegalArgumentException("a threshold must be a number, found NaN");
        }
    }
}
