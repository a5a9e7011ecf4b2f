package io.orrery.lab.claim.collapse;

import io.orrery.lab.claim.ArmRuns;
import io.orrery.lab.claim.Protocol;
import io.orrery.lab.data.source.FreeFeatures;
import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.Requirement;
import io.orrery.lab.judge.criterion.Exactly;
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.model.Mlp;
import io.orrery.lab.setup.Spec;
import io.orrery.lab.setup.SpecDocument;
import io.orrery.lab.train.update.DecaySpec;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What claims about free features share: one-hot inputs make the first layer the features themselves, the halved square loss
 * with framework decay is that of the theory, and momentum descent on the whole set reaches its minimum.
 */
final class FreeFeatureProtocols {
    static final String OUTPUT = "classes.output";
    static final String WRONG_OUTPUT = "classes.off-diagonal";
    static final String CLASSIFIER = "classes.classifier-norm";
    static final String FEATURE = "classes.feature-norm";
    static final String SPREAD = "classes.spread";
    static final String OBJECTIVE = "loss.objective@train";

    static final String OWN_DATA =
            "its closed form is about features that are free to move one by one, which takes one-hot"
                    + " inputs (source free-features); change data.classSizes to ask it of other classes";

    /** To which ends are held to a closed form. */
    static final double TOLERANCE = 1e-4;

    private static final double ZERO = 1e-6;

    private FreeFeatureProtocols() {}

    /** Full-batch momentum descent on free features of so many dimensions, in double precision. */
    static SpecDocument base(int dimensions) {
        return Protocol.spec("""
                precision: double
                data: {source: free-features, classSizes: [40, 20, 10, 4], order: full}
                model: {kind: mlp, widths: [16], activation: linear, initialization: normal, initialScale: 0.1}
                loss: {kind: square, half: true}
                optimizer: {kind: sgd, learningRate: 0.5, momentum: 0.9}
                decay: {convention: framework}
                stop: {steps: 20000}
                measure: {instruments: [classes, loss], perDecade: 3}
                """).having("model.widths=[" + dimensions + "]");
    }

    /** Examples of each class in the data that were run; empty for data of another source. */
    static int[] classSizes(ArmRuns arm) {
        return arm.spec().data().source() instanceof FreeFeatures free
                ? free.classSizes().stream().mapToInt(size -> size).toArray()
                : new int[0];
    }

    /** lambda of the first layer, whose columns are the features. */
    static double featureDecay(ArmRuns arm) {
        DecaySpec decay = arm.spec().decay();
        return decay.perLayer().isEmpty() ? decay.lambda() : decay.perLayer().getFirst();
    }

    /** lambda of the last layer. */
    static double weightDecay(ArmRuns arm) {
        DecaySpec decay = arm.spec().decay();
        return decay.perLayer().isEmpty() ? decay.lambda() : decay.perLayer().getLast();
    }

    /** Whether an arm can be held to a closed form: decay acts on features and weights, and descent has ended. */
    static List<Requirement> stationary(ArmRuns arm) {
        return List.of(decays(arm), wide(arm.spec(), arm.name()), rest(arm));
    }

    /** Whether vectors of all classes fit beside each other: the theorems speak of layers at least as wide as there are classes. */
    static Requirement wide(Spec spec, String arm) {
        int classes = spec.data().source() instanceof FreeFeatures free
                ? free.classSizes().size()
                : 0;
        int narrowest = spec.model().architecture() instanceof Mlp mlp
                ? mlp.widths().stream().mapToInt(width -> width).min().orElse(Integer.MAX_VALUE)
                : Integer.MAX_VALUE;
        return Requirement.of(
                "as wide as there are classes",
                narrowest >= classes,
                "every hidden layer must have at least as many units as there are classes, " + classes
                        + ", in the arm '" + arm + "', or the theorem does not speak of it; the narrowest has "
                        + narrowest);
    }

    /** Whether the closed form speaks of what was run: decay on every layer, and decay.lambda not changed in vain. */
    static Requirement decays(ArmRuns arm) {
        DecaySpec decay = arm.spec().decay();
        boolean inVain = !decay.perLayer().isEmpty()
                && decay.lambda() != DecaySpec.defaults().lambda();
        boolean acts = classSizes(arm).length > 0 && featureDecay(arm) > 0 && weightDecay(arm) > 0;
        return Requirement.of(
                "decay on features and weights",
                acts && !inVain,
                inVain
                        ? "decay.lambda was changed, but decay.perLayer stands in its place in the arm '" + arm.name()
                                + "': change that"
                        : acts
                                ? "features and weights decay in the arm '" + arm.name() + "'"
                                : "features and weights must decay in the arm '" + arm.name()
                                        + "', or there is no minimum to compare with");
    }

    /** Whether descent has come to its end: the objective is what it was half the steps before, but for a millionth. */
    private static Requirement rest(ArmRuns arm) {
        double[] end = arm.last(OBJECTIVE);
        double[] steps = arm.steps();
        double[] changes = perSeed(end.length, seed -> {
            double before = arm.at(OBJECTIVE, (long) (steps[seed] / 2))[seed];
            return Math.abs(end[seed] - before) / end[seed];
        });
        return Requirement.all(
                "at rest, " + arm.name(),
                "the relative change of the objective over the second half of the steps",
                changes,
                Threshold.atMost(1e-6));
    }

    /** That numbers, one per seed, are 0 but for a millionth. */
    static Finding vanishing(String quantity, String statement, double[] values) {
        return Exactly.bound(quantity, statement, values, perSeed(values.length, _ -> ZERO));
    }

    /** The largest distance of a vector's numbers from what was expected, in units of the largest expected size, seed by seed. */
    static double[] errors(ArmRuns arm, String series, double[] expected) {
        return errors(arm.lastVectors(series), expected);
    }

    /** The same of vectors, one row per seed; NaN for a row of another length. */
    static double[] errors(double[][] vectors, double[] expected) {
        double scale = Arrays.stream(expected).map(Math::abs).max().orElse(Double.NaN);
        return Arrays.stream(vectors)
                .mapToDouble(seen -> seen.length != expected.length ? Double.NaN : distance(seen, expected) / scale)
                .toArray();
    }

    /** |seen - expected| / expected, seed by seed. */
    static double[] errors(double[] seen, double expected) {
        return Arrays.stream(seen)
                .map(value -> Math.abs(value - expected) / expected)
                .toArray();
    }

    /** The larger of two errors in each seed. */
    static double[] worst(double[] first, double[] second) {
        return perSeed(first.length, seed -> Math.max(first[seed], second[seed]));
    }

    /** One component of the last vectors of a series, seed by seed. */
    static double[] component(ArmRuns arm, String series, int index) {
        return Arrays.stream(arm.lastVectors(series))
                .mapToDouble(seen -> index < seen.length ? seen[index] : Double.NaN)
                .toArray();
    }

    static double[] perSeed(int count, IntToDoubleFunction number) {
        return IntStream.range(0, count).mapToDouble(number).toArray();
    }

    private static double distance(double[] seen, double[] expected) {
        double largest = 0;
        for (int i = 0; i < seen.length; i++) {
            largest = Math.max(largest, Math.abs(seen[i] - expected[i]));
        }
        return largest;
    }
}
