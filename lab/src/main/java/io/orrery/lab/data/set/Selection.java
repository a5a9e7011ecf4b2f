package io.orrery.lab.data.set;

import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.random.RandomStream;
import io.orrery.engine.state.SharedArray;
import io.orrery.lab.UserError;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Some examples of a split, in its order, with targets of their own. No input is copied before {@link #split()}.
 *
 * @param examples indices into the split, ascending
 * @param targets one row per index
 */
public record Selection(Split source, int[] examples, Targets targets) {
    /** All examples of a split. */
    public static Selection all(Split split) {
        int[] examples = new int[split.count()];
        Arrays.setAll(examples, i -> i);
        return new Selection(split, examples, split.targets());
    }

    /** The number of examples that are selected. */
    public int count() {
        return examples.length;
    }

    /** One whole number per example, see {@link Targets#labels}. */
    public int[] labels() {
        return targets.labels();
    }

    /** The examples of some classes, renumbered by their place in the list. */
    public Selection classes(List<Integer> classes, int known) {
        int[] renumbered = new int[known];
        Arrays.fill(renumbered, -1);
        for (int i = 0; i < classes.size(); i++) {
            renumbered[classes.get(i)] = i;
        }
        boolean[] kept = new boolean[count()];
        int[] labels = labels();
        int[] changed = labels.clone();
        for (int i = 0; i < kept.length; i++) {
            changed[i] = renumbered[labels[i]];
            kept[i] = changed[i] >= 0;
        }
        return relabelled(changed).where(kept, true);
    }

    /** Chooses {@code quotas[c]} examples of each class c at random. */
    public boolean[] choose(int[] quotas, RandomStream random, long step) {
        return choose(labels(), quotas, random, step);
    }

    /** The same for examples of which only the labels are known. */
    public static boolean[] choose(int[] labels, int[] quotas, RandomStream random, long step) {
        int[] left = quotas.clone();
        boolean[] chosen = new boolean[labels.length];
        for (int i : random.permutation(step, labels.length)) {
            if (left[labels[i]] > 0) {
                left[labels[i]]--;
                chosen[i] = true;
            }
        }
        return chosen;
    }

    /** The examples whose mark equals the wanted one. */
    public Selection where(boolean[] marks, boolean wanted) {
        int[] places = places(marks, wanted);
        int[] some = IntStream.of(places).map(place -> examples[place]).toArray();
        return new Selection(source, some, targets.at(places));
    }

    /** The places whose mark equals the wanted one. */
    public static int[] places(boolean[] marks, boolean wanted) {
        return IntStream.range(0, marks.length).filter(i -> marks[i] == wanted).toArray();
    }

    /** The same examples with other labels. */
    public Selection relabelled(int[] changed) {
        return new Selection(source, examples, Targets.of(changed));
    }

    /** Examples of each class. */
    public int[] counts(int classes) {
        int[] counts = new int[classes];
        for (int label : labels()) {
            counts[label]++;
        }
        return counts;
    }

    /** The chosen examples as a split of their own; shares the inputs if all examples were chosen. */
    public Split split() {
        if (count() == 0) {
            throw new UserError("no examples are left");
        }
        if (count() == source.count()) {
            return new Split(source.inputs(), targets);
        }
        SharedArray inputs = source.inputs();
        Shape shape = inputs.shape().with(0, count());
        int size = inputs.shape().inner(0);
        if (inputs.precision() == Precision.SINGLE) {
            float[] gathered = new float[shape.count()];
            for (int i = 0; i < count(); i++) {
                System.arraycopy(inputs.singles(), examples[i] * size, gathered, i * size, size);
            }
            return new Split(SharedArray.of(shape, gathered), targets);
        }
        double[] gathered = new double[shape.count()];
        for (int i = 0; i < count(); i++) {
            System.arraycopy(inputs.doubles(), examples[i] * size, gathered, i * size, size);
        }
        return new Split(SharedArray.of(shape, gathered), targets);
    }

    /**
     * How many examples of each class make {@code wanted} of them, in proportion to the class sizes: rounded down, then
     * one more for the largest remainders, the lowest class first. No class is used up as long as others have some to give.
     */
    public static int[] proportional(int[] counts, int wanted) {
        long total = Arrays.stream(counts).asLongStream().sum();
        int[] quotas = new int[counts.length];
        long[] remainders = new long[counts.length];
        int given = 0;
        for (int c = 0; c < counts.length; c++) {
            quotas[c] = (int) ((long) counts[c] * wanted / total);
            remainders[c] = (long) counts[c] * wanted % total;
            given += quotas[c];
        }
        for (; given < wanted; given++) {
            int most = -1;
            for (int c = 0; c < counts.length; c++) {
                boolean some = quotas[c] + 1 < counts[c];
                if (some && (most < 0 || remainders[c] > remainders[most])) {
                    most = c;
                }
            }
            if (most < 0) {
                throw new UserError("holding out " + wanted + " of " + total
                        + " examples would leave a class without any; hold out fewer");
            }
            quotas[most]++;
            remainders[most] -= total;
        }
        return quotas;
    }
}
