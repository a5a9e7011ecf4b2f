package io.orrery.lab.judge.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Numbers per seed of one or more arms, less the seeds of which an arm has none. */
public final class Seeds {
    private final int size;
    private final int[] kept;
    private final List<Integer> missing;

    private Seeds(int size, int[] kept, List<Integer> missing) {
        this.size = size;
        this.kept = kept;
        this.missing = missing;
    }

    /** The places at which every arm is finite. All arms have the same length. */
    public static Seeds of(double[]... arms) {
        int size = arms[0].length;
        List<Integer> missing = new ArrayList<>();
        int[] kept = new int[size];
        int count = 0;
        for (double[] arm : arms) {
            if (arm.length != size) {
                throw new IllegalArgumentException("paired arms need one number per seed each, found " + size + " and "
                        + arm.length + "; put NaN where a seed gave none");
            }
        }
        for (int seed = 0; seed < size; seed++) {
            int place = seed;
            if (Arrays.stream(arms).allMatch(arm -> Double.isFinite(arm[place]))) {
                kept[count++] = seed;
            } else {
                missing.add(seed);
            }
        }
        return new Seeds(size, Arrays.copyOf(kept, count), missing);
    }

    /** The values of an arm at the seeds that are kept. */
    public double[] keep(double[] arm) {
        return Arrays.stream(kept).mapToDouble(seed -> arm[seed]).toArray();
    }

    /** How many seeds there were and are kept, and what was wrong with the others. */
    public Sample sample(String unit, String flaw) {
        return new Sample(unit, size, missing, flaw);
    }

    /** Why these values may not be averaged on this scale; empty if they may. Dropping a zero would flatter a ratio. */
    public static String flaw(Average average, double[]... arms) {
        for (double[] arm : arms) {
            for (double value : arm) {
                if (average == Average.GEOMETRIC && value <= 0) {
                    return "ratios and logarithms need positive values, found " + Plain.number(value);
                }
            }
        }
        return "";
    }
}
