package io.orrery.lab.claim.capacity;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.UserError;
import io.orrery.lab.compute.Parameter;
import io.orrery.lab.compute.Results;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.examine.Examination;
import io.orrery.lab.examine.Examined;
import io.orrery.lab.math.Largest;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.model.Mlp;
import io.orrery.lab.model.ModelSpec;
import io.orrery.lab.model.WeightLayer;
import io.orrery.lab.theory.WeightMatching;
import io.orrery.lab.theory.WeightMatching.Dense;
import java.util.ArrayList;
import java.util.List;

/** How often two networks of dense layers answer otherwise, and how far apart their weights are once hidden units are matched. */
final class HowFarApart implements Examination {
    static final String NAME = "how-far-apart";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public String about() {
        return "two networks on the data of the first: the share of examples of each split that they answer otherwise; the distance"
                + " of their weights and biases after matching hidden units, over the root of the sum of both squared norms"
                + " (0 the same, 1 at right angles)";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of();
    }

    @Override
    public Results examine(List<Examined> networks, long seed, Setting setting) {
        Examined first = networks.getFirst();
        Examined second = networks.getLast();
        requireComparable(first, second);
        List<Dense> own = layers(first);
        List<Dense> other = layers(second);
        List<int[]> units = WeightMatching.of(own, other, RandomStream.of(seed, NAME + "/order of layers"));
        return Results.none()
                .with("training-disagreement", disagreement(first, second, SplitName.TRAIN))
                .with("test-disagreement", disagreement(first, second, SplitName.TEST))
                .with("distance", distance(own, WeightMatching.reordered(other, units)));
    }

    private static double disagreement(Examined first, Examined second, SplitName split) {
        double[][] own = first.evaluate(split).outputs();
        double[][] other = first.evaluate(split, second.arrays()).outputs();
        int differ = 0;
        for (int row = 0; row < own.length; row++) {
            differ += Largest.of(own[row]) == Largest.of(other[row]) ? 0 : 1;
        }
        return (double) differ / own.length;
    }

    /** |a - b| / sqrt(|a|^2 + |b|^2) over all weights and biases. */
    static double distance(List<Dense> own, List<Dense> other) {
        double apart = 0;
        double norms = 0;
        for (int k = 0; k < own.size(); k++) {
            for (double[][] pair : new double[][][] {
                {own.get(k).weight().values(), other.get(k).weight().values()},
                {own.get(k).bias(), other.get(k).bias()}
            }) {
                for (int i = 0; i < pair[0].length; i++) {
                    double difference = pair[0][i] - pair[1][i];
                    apart += difference * difference;
                    norms += pair[0][i] * pair[0][i] + pair[1][i] * pair[1][i];
                }
            }
        }
        return Math.sqrt(apart / norms);
    }

    private static List<Dense> layers(Examined examined) {
        List<Dense> layers = new ArrayList<>();
        for (WeightLayer layer : examined.network().layers()) {
            layers.add(new Dense(
                    new Matrix(
                            layer.rows(),
                            layer.columns(),
                            examined.array(layer.weight().name())),
                    layer.bias().map(bias -> examined.array(bias.name())).orElse(new double[0])));
        }
        return layers;
    }

    private static void requireComparable(Examined first, Examined second) {
        if (!first.network().arrays().equals(second.network().arrays())
                || !(first.spec().model().architecture() instanceof Mlp)
                || first.spec().model().normalization() != ModelSpec.Normalization.NONE) {
            throw new UserError(
                    NAME + ": model: expected two networks of dense layers (mlp) with the same arrays and without"
                            + " normalization, found " + first.network().arrays() + " and "
                            + second.network().arrays()
                            + "; leave model.kind, model.widths and model.normalization as they are");
        }
    }
}
