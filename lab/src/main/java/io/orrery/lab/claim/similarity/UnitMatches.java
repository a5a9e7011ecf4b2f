package io.orrery.lab.claim.similarity;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.compute.Parameter;
import io.orrery.lab.compute.Results;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.examine.Examination;
import io.orrery.lab.examine.Examined;
import io.orrery.lab.math.Assignment;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.theory.units.SparsePrediction;
import io.orrery.lab.theory.units.SpectralClusters;
import io.orrery.lab.theory.units.Standardized;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;

/** Finds for the units of a layer of one network those of another's: one to one, few to one, and in clusters of both. */
final class UnitMatches implements Examination {
    static final String NAME = "unit-matches";
    /** A match is a correlation above this. */
    static final double MATCH = 0.5;
    /** A unit is predicted if so much of its variance is. */
    static final double PREDICTED = 0.5;
    /** Predictors that a unit may have. */
    static final int FEW = 4;

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
        return "units of a hidden layer of two networks, by their values on the test examples: correlations in the one-to-one matching that"
                + " makes their sum largest, and the share of units whose match is at most 0.5; the share of units of which up to four of the"
                + " other network's explain half of the variance on test examples that chose nothing; how evenly spectral clusters of both"
                + " networks' units hold units of both";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.whole("layer", "which hidden layer, counted from 0", 0, 50),
                Parameter.whole("clusters", "the number of spectral clusters", 1, 1000),
                Parameter.whole(
                        "shuffle",
                        "which random order the second network's examples are put in, so that units answer to different examples; 0 leaves them",
                        0,
                        1000));
    }

    static Setting setting(int layer, int shuffle) {
        return Setting.empty().with("layer", layer).with("clusters", 8).with("shuffle", shuffle);
    }

    @Override
    public Results examine(List<Examined> networks, long seed, Setting setting) {
        Examined one = networks.getFirst();
        Examined other = networks.getLast();
        RandomStream shuffle = RandomStream.of(seed, NAME + "/shuffle");
        Matrix fitOne = values(one, SplitName.TRAIN, setting, shuffle, false);
        Matrix fitOther = values(other, SplitName.TRAIN, setting, shuffle, true);
        Matrix testOne = values(one, SplitName.TEST, setting, shuffle, false);
        Matrix testOther = values(other, SplitName.TEST, setting, shuffle, true);
        double[] matched = matched(testOne, testOther);
        double[] explained = explained(fitOne, testOne, fitOther, testOther);
        return Results.none()
                .with("correlation", mean(matched))
                .with("unmatched", share(matched, correlation -> correlation <= MATCH))
                .with("correlations", sorted(matched))
                .with("predicted", share(explained, value -> value >= PREDICTED))
                .with("explained", sorted(explained))
                .with("balance", balance(testOne, testOther, setting.whole("clusters")));
    }

    /** Standardized values of a layer's units, [examples, units]; of the second network in the order of the setting. */
    private static Matrix values(
            Examined network, SplitName split, Setting setting, RandomStream shuffle, boolean second) {
        double[][] rows = network.features(split, "layers." + setting.whole("layer"), network.arrays());
        int number = setting.whole("shuffle");
        int[] order = second && number > 0
                ? shuffle.permutation(2L * number + split.ordinal(), rows.length)
                : IntStream.range(0, rows.length).toArray();
        double[] values = Arrays.stream(order)
                .mapToObj(row -> rows[row])
                .flatMapToDouble(Arrays::stream)
                .toArray();
        return Standardized.of(new Matrix(rows.length, rows[0].length, values));
    }

    /** The correlation of each unit with the one that it is matched to; all correlations together are as large as can be. */
    static double[] matched(Matrix one, Matrix other) {
        Matrix correlations = Standardized.correlations(one, other);
        int[] partners = Assignment.largest(correlations);
        return IntStream.range(0, partners.length)
                .mapToDouble(unit -> correlations.at(unit, partners[unit]))
                .toArray();
    }

    /** Of each unit of the first network how much of its variance few of the other's explain: chosen on half of the test examples, asked on the rest. */
    private static double[] explained(Matrix fitOne, Matrix testOne, Matrix fitOther, Matrix testOther) {
        int half = testOne.rows() / 2;
        Matrix chosenOn = rows(testOther, 0, half);
        Matrix askedOn = rows(testOther, half, testOther.rows());
        return IntStream.range(0, fitOne.columns())
                .mapToDouble(unit -> {
                    double[] tested = column(testOne, unit);
                    SparsePrediction found = SparsePrediction.of(
                            fitOther, column(fitOne, unit), FEW, chosenOn, Arrays.copyOf(tested, half));
                    return SparsePrediction.explained(
                            askedOn, found.weights(), Arrays.copyOfRange(tested, half, tested.length));
                })
                .toArray();
    }

    /** The mean over units of 2 min(a, b) / (a + b), a and b the units of either network in the unit's cluster: 1 if all are even, 0 if none mix. */
    static double balance(Matrix one, Matrix other, int clusters) {
        int units = one.columns();
        double[] both = new double[one.rows() * (units + other.columns())];
        int width = units + other.columns();
        for (int example = 0; example < one.rows(); example++) {
            System.arraycopy(one.values(), example * units, both, example * width, units);
            System.arraycopy(other.values(), example * other.columns(), both, example * width + units, other.columns());
        }
        Matrix stacked = new Matrix(one.rows(), width, both);
        double[] affinity = Standardized.correlations(stacked, stacked).values().clone();
        for (int i = 0; i < width; i++) {
            for (int j = 0; j < width; j++) {
                affinity[i * width + j] = i == j ? 1 : Math.abs(affinity[i * width + j]);
            }
        }
        int[] cluster = SpectralClusters.of(new Matrix(width, width, affinity), clusters);
        int[][] counts = new int[clusters][2];
        for (int unit = 0; unit < width; unit++) {
            counts[cluster[unit]][unit < units ? 0 : 1]++;
        }
        return Arrays.stream(counts)
                        .mapToDouble(count -> 2.0 * Math.min(count[0], count[1]))
                        .sum()
                / width;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    private static double share(double[] values, DoublePredicate which) {
        return Arrays.stream(values).filter(which).count() / (double) values.length;
    }

    /** From the largest down. */
    private static double[] sorted(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return IntStream.range(0, sorted.length)
                .mapToDouble(i -> sorted[sorted.length - 1 - i])
                .toArray();
    }

    private static Matrix rows(Matrix values, int from, int to) {
        return new Matrix(
                to - from,
                values.columns(),
                Arrays.copyOfRange(values.values(), from * values.columns(), to * values.columns()));
    }

    private static double[] column(Matrix values, int column) {
        return IntStream.range(0, values.rows())
                .mapToDouble(row -> values.at(row, column))
                .toArray();
    }
}
