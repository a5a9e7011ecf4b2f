package io.orrery.lab.observe;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.Split;
import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.data.set.TargetKind;
import java.util.Arrays;

/** Which examples of a split instruments look at: positions in ascending order, fixed for a run by the stream probe. */
public final class ExampleChoice {
    private static final int WHOLE = 2000;
    private static final double PROBE = 1000;
    private static final String STREAM = "probe";

    private ExampleChoice() {}

    /** All examples. */
    public static int[] all(int count) {
        int[] rows = new int[count];
        Arrays.setAll(rows, i -> i);
        return rows;
    }

    /** At most so many examples, all equally likely. */
    static int[] sample(long seed, SplitName split, int count, int size) {
        if (count <= size) {
            return all(count);
        }
        int[] rows = Arrays.copyOf(RandomStream.of(seed, STREAM).permutation(split.ordinal(), count), size);
        Arrays.sort(rows);
        return rows;
    }

    /**
     * The probe set: everything up to 2,000 examples or where classes are imbalanced on purpose, else the smaller of ceil(1000 / K) and what there is of each of K
     * classes (1,000 examples where targets are no classes).
     */
    static int[] probe(long seed, SplitName name, Dataset data, Split split, boolean imbalanced) {
        int count = split.count();
        if (count <= WHOLE || imbalanced && name == SplitName.TRAIN) {
            return all(count);
        }
        if (!(data.target() instanceof TargetKind.Classes)) {
            return sample(seed, name, count, (int) PROBE);
        }
        int perClass = (int) Math.ceil(PROBE / data.classes());
        int[] taken = new int[data.classes()];
        int[] rows = new int[perClass * data.classes()];
        int next = 0;
        for (int row : RandomStream.of(seed, STREAM).permutation(name.ordinal(), count)) {
            if (taken[split.labels()[row]]++ < perClass) {
                rows[next++] = row;
            }
        }
        rows = Arrays.copyOf(rows, next);
        Arrays.sort(rows);
        return rows;
    }
}
