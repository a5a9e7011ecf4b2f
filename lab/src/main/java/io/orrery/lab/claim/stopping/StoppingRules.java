package io.orrery.lab.claim.stopping;

import java.util.Arrays;

/** At which look rules with patience end training: numbers of looks, counted from 0. A number that is missing ends nothing: NaN. */
final class StoppingRules {
    private StoppingRules() {}

    /** The first look at which the largest value so far is that many looks old; the last look if there is none. */
    static double withoutRise(double[] values, int patience) {
        int best = 0;
        for (int look = 0; look < values.length; look++) {
            if (Double.isNaN(values[look])) {
                return Double.NaN;
            }
            if (values[look] > values[best]) {
                best = look;
            } else if (look - best >= patience) {
                return look;
            }
        }
        return values.length == 0 ? Double.NaN : values.length - 1;
    }

    /** The same for values that should fall. */
    static double withoutFall(double[] values, int patience) {
        return withoutRise(Arrays.stream(values).map(value -> -value).toArray(), patience);
    }

    /** Where the smallest value is up to and at a look, the first of several. */
    static double smallest(double[] values, double last) {
        if (Double.isNaN(last)) {
            return Double.NaN;
        }
        int best = 0;
        for (int look = 1; look <= last; look++) {
            best = values[look] < values[best] ? look : best;
        }
        return best;
    }

    /**
     * The first look such that the values of it and of that many looks before lie within a share of its own; the last look if there is
     * none.
     */
    static double atRest(double[] values, int patience, double share) {
        for (int look = 0; look < values.length; look++) {
            if (Double.isNaN(values[look])) {
                return Double.NaN;
            }
            if (look >= patience) {
                double[] recent = Arrays.copyOfRange(values, look - patience, look + 1);
                double range = Arrays.stream(recent).max().orElseThrow()
                        - Arrays.stream(recent).min().orElseThrow();
                if (range < share * Math.abs(values[look])) {
                    return look;
                }
            }
        }
        return values.length == 0 ? Double.NaN : values.length - 1;
    }
}
