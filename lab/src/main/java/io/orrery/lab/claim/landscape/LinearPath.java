package io.orrery.lab.claim.landscape;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.UserError;
import io.orrery.lab.compute.Parameter;
import io.orrery.lab.compute.Results;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.examine.Evaluated;
import io.orrery.lab.examine.Examination;
import io.orrery.lab.examine.Examined;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.model.Mlp;
import io.orrery.lab.model.ModelSpec;
import io.orrery.lab.model.Parameter.Role;
import io.orrery.lab.model.WeightLayer;
import io.orrery.lab.theory.WeightMatching;
import io.orrery.lab.theory.WeightMatching.Dense;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/**
 * Loss and accuracy on the straight line between two networks of dense layers, on the data of the first. The barrier is the
 * largest loss on the line less the mean of both ends' (Frankle et al. 2020, Ainsworth et al. 2023).
 */
public final class LinearPath implements Examination {
    /** Its name. */
    public static final String NAME = "linear-path";

    /** The units of the second network stay where they are. */
    static final int AS_TRAINED = 0;
    /** They are put in the order that {@link WeightMatching} finds. */
    static final int MATCHED = 1;
    /** They are put in a random order. */
    static final int SHUFFLED = 2;

    /** How many points the line has. */
    static final String POINTS = "points";

    private static final String UNITS = "units";

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
        return "loss and accuracy of both splits at equally spaced points of the straight line between two networks, the hidden"
                + " units of the second as they are, matched to those of the first by their weights, or shuffled; the barrier:"
                + " the largest loss on the line less the mean of its ends'";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.whole(POINTS, "the number of points on the line, both ends counted", 2, 1001),
                Parameter.whole(
                        UNITS, "what becomes of the second network's units (0 nothing, 1 matched, 2 shuffled)", 0, 2));
    }

    /** A setting of it. */
    static Setting setting(int points, int units) {
        return Setting.empty().with(POINTS, points).with(UNITS, units);
    }

    @Override
    public Results examine(List<Examined> networks, long seed, Setting setting) {
        Examined first = networks.getFirst();
        Examined second = networks.getLast();
        requireComparable(first, second);
        List<Dense> own = layers(first);
        List<Dense> other = layers(second);
        List<int[]> units = units(own, other, seed, setting.whole(UNITS));
        Map<String, double[]> start = first.arrays();
        Map<String, double[]> end = written(second, WeightMatching.reordered(other, units));
        int points = setting.whole(POINTS);
        Results results = Results.none().with("moved", moved(units));
        for (SplitName split : List.of(SplitName.TRAIN, SplitName.TEST)) {
            double[] losses = new double[points];
            double[] accuracies = new double[points];
            for (int i = 0; i < points; i++) {
                Evaluated there = first.evaluate(split, between(start, end, (double) i / (points - 1)));
                losses[i] = there.loss();
                accuracies[i] = there.accuracy();
            }
            results = results.with(split.text() + "-loss", losses)
                    .with(split.text() + "-accuracy", accuracies)
                    .with(split.text() + "-barrier", barrier(losses));
        }
        return results;
    }

    /** The largest of all values less the mean of the first and the last. */
    static double barrier(double[] losses) {
        return Arrays.stream(losses).max().orElse(Double.NaN) - (losses[0] + losses[losses.length - 1]) / 2;
    }

    private static List<int[]> units(List<Dense> own, List<Dense> other, long seed, int what) {
        return switch (what) {
            case MATCHED -> WeightMatching.of(own, other, RandomStream.of(seed, NAME + "/order of layers"));
            case SHUFFLED -> {
                RandomStream shuffle = RandomStream.of(seed, NAME + "/shuffle");
                yield IntStream.range(0, other.size() - 1)
                        .mapToObj(layer -> shuffle.permutation(
                                layer, other.get(layer).weight().rows()))
                        .toList();
            }
            default -> WeightMatching.identity(other);
        };
    }

    /** The share of hidden units that come to another place. */
    private static double moved(List<int[]> units) {
        long all = units.stream().mapToLong(layer -> layer.length).sum();
        long moved = units.stream()
                .mapToLong(layer -> IntStream.range(0, layer.length)
                        .filter(place -> layer[place] != place)
                        .count())
                .sum();
        return all == 0 ? 0 : (double) moved / all;
    }

    private static Map<String, double[]> between(Map<String, double[]> start, Map<String, double[]> end, double share) {
        Map<String, double[]> between = new LinkedHashMap<>();
        start.forEach((name, from) -> {
            double[] to = end.getOrDefault(name, from);
            double[] at = new double[from.length];
            Arrays.setAll(at, i -> (1 - share) * from[i] + share * to[i]);
            between.put(name, at);
        });
        return between;
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

    private static SequencedMap<String, double[]> written(Examined examined, List<Dense> layers) {
        SequencedMap<String, double[]> arrays = new LinkedHashMap<>(examined.arrays());
        for (int k = 0; k < layers.size(); k++) {
            Dense dense = layers.get(k);
            WeightLayer layer = examined.network().layers().get(k);
            arrays.put(layer.weight().name(), dense.weight().values());
            layer.bias().ifPresent(bias -> arrays.put(bias.name(), dense.bias()));
        }
        return arrays;
    }

    private static void requireComparable(Examined first, Examined second) {
        if (!first.network().arrays().equals(second.network().arrays())) {
            throw new UserError(NAME + ": expected two networks with the same arrays, found "
                    + first.network().arrays() + " and " + second.network().arrays());
        }
        if (!(first.spec().model().architecture() instanceof Mlp)
                || first.spec().model().normalization() != ModelSpec.Normalization.NONE
                || first.network().parameters().stream()
                        .anyMatch(parameter -> parameter.role() != Role.WEIGHT && parameter.role() != Role.BIAS)) {
            throw new UserError(
                    NAME + ": model.kind, model.normalization: expected dense layers (mlp) without normalization,"
                            + " whose units can change places; leave them as they are");
        }
    }
}
