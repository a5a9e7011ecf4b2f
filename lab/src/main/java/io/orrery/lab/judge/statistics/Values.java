package io.orrery.lab.judge.statistics;

/**
 * One side of a comparison.
 *
 * @param words what it is, as in "WORDS is 0.3 times WORDS": {@code NC1 with decay}, {@code that without}
 * @param values one per seed, in seed order; NaN where a seed gave none
 */
public record Values(String words, double[] values) {
    public static Values of(String words, double... values) {
        return new Values(words, values);
    }
}
