package io.orrery.lab.observe;

import java.util.List;

/**
 * How large the things are that instruments read, for predictions of what they cost.
 *
 * @param weights one matrix per weight layer, in forward order
 * @param entering what enters each weight layer on the training probe, one row per example
 * @param dense of each weight layer whether it is dense
 * @param positions of each weight layer how often its kernel is applied: 1 for dense and local layers
 */
public record Sizes(List<Size> weights, List<Size> entering, List<Boolean> dense, List<Integer> positions) {
    /** Rows and columns of a matrix. */
    public record Size(int rows, int columns) {}
}
