package io.orrery.lab.observe;

import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Loss and decisions of single examples of a split, filled in by whoever runs the network on them.
 *
 * @param rows positions of the examples in the split, ascending
 * @param losses of each
 * @param asked how many questions each asks that are answered right or wrong
 * @param right how many of them are answered right
 */
public record Scores(int[] rows, double[] losses, int[] asked, int[] right) {
    /** Scores of examples that are not known yet. */
    public static Scores of(int[] rows) {
        return new Scores(rows, new double[rows.length], new int[rows.length], new int[rows.length]);
    }

    /** Takes over what is known of the same examples; gives the places of those that are left. */
    public int[] take(Scores known) {
        int[] left = new int[rows.length];
        int count = 0;
        int next = 0;
        for (int place = 0; place < rows.length; place++) {
            while (next < known.rows.length && known.rows[next] < rows[place]) {
                next++;
            }
            if (next < known.rows.length && known.rows[next] == rows[place]) {
                losses[place] = known.losses[next];
                asked[place] = known.asked[next];
                right[place] = known.right[next];
            } else {
                left[count++] = place;
            }
        }
        return java.util.Arrays.copyOf(left, count);
    }

    /** Mean loss, added in the order of examples. */
    public double loss() {
        double sum = 0;
        for (double loss : losses) {
            sum += loss;
        }
        return sum / rows.length;
    }

    /** Whether all that an example asks is answered right; false where nothing is asked. */
    public boolean correct(int place) {
        return asked[place] > 0 && right[place] == asked[place];
    }

    /** Share of all questions that are answered right; empty where none is asked. */
    public OptionalDouble accuracy() {
        long questions = IntStream.of(asked).asLongStream().sum();
        return questions == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((double) IntStream.of(right).asLongStream().sum() / questions);
    }

    /** Share of examples of which all questions are answered right; empty where none is asked. */
    public OptionalDouble whole() {
        return IntStream.of(asked).allMatch(questions -> questions == 0)
                ? OptionalDouble.empty()
                : OptionalDouble.of((double) IntStream.range(0, rows.length)
                                .filter(this::correct)
                                .count()
                        / rows.length);
    }
}
