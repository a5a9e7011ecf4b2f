package io.orrery.lab.examine;

/**
 * A network on the examples of a split.
 *
 * @param loss mean over the examples of the spec's data loss
 * @param accuracy share of what they ask that is answered right; NaN where nothing is right or wrong
 * @param outputs [example][output]
 */
public record Evaluated(double loss, double accuracy, double[][] outputs) {}
