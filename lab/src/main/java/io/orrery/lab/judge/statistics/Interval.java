package io.orrery.lab.judge.statistics;

/**
 * Where an effect lies. A point where the measurements do not vary; NaN to NaN where there are none.
 *
 * @param level share of repetitions in which such an interval holds the true effect, such as 0.95
 */
public record Interval(double low, double high, double level) {
    /** Whether both ends are numbers. */
    public boolean isKnown() {
        return !Double.isNaN(low) && !Double.isNaN(high);
    }

    /** Whether the value lies between the ends, ends included. */
    public boolean contains(double value) {
        return low <= value && value <= high;
    }

    /** As {@code 95% interval 0.03 to 0.07}. */
    public String text() {
        return Plain.percent(level) + " interval " + Plain.range(low, high);
    }
}
