package io.orrery.lab.observe;

import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.model.Network;
import io.orrery.lab.model.WeightLayer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How large the things are that instruments read, for predictions of what they cost.
 *
 * @param weights one matrix per weight layer, in forward order
 * @param entering what enters each weight layer on the training probe, one row per example
 * @param dense of each weight layer whether it is applied as a matrix: dense, or positionwise in a sequence
 * @param positions of each weight layer how often its kernel is applied: 1 for all but convolutions
 * @param examples of each split that the data has
 * @param probes examples in the probe set of each
 * @param pass FLOPs of the network on one example
 * @param otherPasses the same of all networks of other roles that have its inputs and outputs together; 0 if there are none
 * @param sample examples of a split on which loss and accuracy are usually taken
 * @param batch examples of a mini-batch as the spec says
 * @param tasks how many tasks the run has
 */
public record Sizes(
        List<Size> weights,
        List<Size> entering,
        List<Boolean> dense,
        List<Integer> positions,
        Map<SplitName, Integer> examples,
        Map<SplitName, Integer> probes,
        double pass,
        double otherPasses,
        int sample,
        int batch,
        int tasks) {
    /** A gradient costs about as much as three forward passes. */
    private static final double BACKWARD = 3;

    /** Rows and columns of a matrix. */
    public record Size(int rows, int columns) {}

    /** The sizes of a run. */
    static Sizes of(Subject subject) {
        Network network = subject.network();
        Map<SplitName, Integer> examples = new EnumMap<>(SplitName.class);
        Map<SplitName, Integer> probes = new EnumMap<>(SplitName.class);
        for (SplitName name : SplitName.values()) {
            subject.data().split(name).ifPresent(split -> {
                examples.put(name, split.count());
                probes.put(name, subject.probeRows(name).length);
            });
        }
        int rows = subject.probeRows(SplitName.TRAIN).length;
        return new Sizes(
                network.layers().stream()
                        .map(layer -> new Size(layer.rows(), layer.columns()))
                        .toList(),
                network.layers().stream()
                        .map(layer -> new Size(rows, layer.input().count()))
                        .toList(),
                network.layers().stream().map(WeightLayer::matrix).toList(),
                network.layers().stream()
                        .map(layer -> layer.kind() == WeightLayer.Kind.CONVOLUTION ? layer.positions() : 1)
                        .toList(),
                examples,
                probes,
                network.flops(),
                subject.others().stream().mapToDouble(Network::flops).sum(),
                subject.spec().measure().sampleSize(),
                subject.spec().data().batchSize(),
                subject.tasks().count());
    }

    /** Numbers in all weight matrices together. */
    public double numbersOfWeights() {
        return weights.stream()
                .mapToLong(size -> (long) size.rows() * size.columns())
                .sum();
    }

    /** Numbers that enter all weight layers but the first, for one example. */
    public double features() {
        return entering.stream().skip(1).mapToLong(Size::columns).sum();
    }

    /** Examples in the probe set of a split; 0 if the data has no such split. */
    public int probed(SplitName split) {
        return probes.getOrDefault(split, 0);
    }

    /** FLOPs of a gradient on one example. */
    public double gradient() {
        return BACKWARD * pass;
    }

    /** FLOPs of the network on all splits, at most so many examples of each. */
    public double passes(int most) {
        return pass
                * examples.values().stream()
                        .mapToLong(count -> Math.min(count, most))
                        .sum();
    }
}
