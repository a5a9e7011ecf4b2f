package io.orrery.lab.judge;

import io.orrery.lab.judge.statistics.Plain;
import io.orrery.lab.judge.statistics.Sample;
import io.orrery.lab.judge.statistics.Threshold;

/**
 * A condition without which the measurements say nothing about the prediction: fitted, equilibrated, enough seeds.
 *
 * @param explanation what was needed and what was found, in plain words
 */
public record Requirement(String name, boolean met, String explanation) {
    /** A condition decided elsewhere. */
    public static Requirement of(String name, boolean met, String explanation) {
        return new Requirement(name, met, explanation);
    }

    /** At least {@link Sample#MINIMUM} seeds. */
    public static Requirement seeds(int count) {
        return new Requirement(
                "enough seeds",
                count >= Sample.MINIMUM,
                "at least " + Sample.MINIMUM + " seeds are needed, found " + count);
    }

    /**
     * Every seed's value on the right side: {@code all("fitted", "train accuracy", values, atLeast(0.99))}. A value that
     * is NaN is not.
     *
     * @param quantity what the values are, such as {@code train accuracy}
     * @param values one per seed, in seed order
     */
    public static Requirement all(String name, String quantity, double[] values, Threshold needed) {
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(values[i]) || !needed.holds(values[i])) {
                double limit = needed.nearest(values[i]);
                String found = Plain.number(values[i], Plain.digitsFor(values[i], values[i], limit));
                return new Requirement(
                        name,
                        false,
                        quantity + " must be " + needed.text() + " in every seed, found " + found + " in the "
                                + Plain.ordinal(i + 1));
            }
        }
        return new Requirement(
                name,
                values.length > 0,
                quantity + " must be " + needed.text() + " in every seed, and is in " + values.length);
    }
}
