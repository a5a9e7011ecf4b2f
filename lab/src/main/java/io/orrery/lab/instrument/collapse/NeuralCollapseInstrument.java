package io.orrery.lab.instrument.collapse;

import io.orrery.engine.graph.Precision;
import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.data.set.TargetKind;
import io.orrery.lab.instrument.Answers;
import io.orrery.lab.instrument.ProbeLayers;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import io.orrery.lab.observe.Emitter;
import io.orrery.lab.observe.Instrument;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.observe.Observation;
import io.orrery.lab.observe.Observation.Features;
import io.orrery.lab.observe.Observation.LayerWeights;
import io.orrery.lab.observe.Observation.Probe;
import io.orrery.lab.observe.Reading;
import io.orrery.lab.observe.figure.Figures;
import io.orrery.lab.observe.reading.ProbeReading;
import io.orrery.lab.observe.reading.WeightsReading;
import io.orrery.lab.setup.Spec;
import io.orrery.lab.spec.Serves;
import io.orrery.lab.theory.collapse.CollapseTheory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The metrics of neural collapse on the features that enter the last layer (Papyan, Han and Donoho 2020; definitions and
 * reference code of Han, Papyan and Donoho 2022; core theory, section 3).
 *
 * <ul>
 *   <li>{@code nc1} = tr(Sigma_W Sigma_B^+) / K, {@code nc1-raw} without the 1/K, {@code nc1b} = tr Sigma_W / tr Sigma_B (another
 *       scale), {@code cdnv}; the global mean is the unweighted mean of the class means, whatever the class sizes.
 *   <li>{@code equinorm-*} with the sample deviation, {@code equiangularity-*} with the population deviation,
 *       {@code maximal-angle-*}: of the centred class means, of the last layer's rows, and ({@code -weights-centred}) of these
 *       rows minus their mean.
 *   <li>{@code self-duality} and {@code self-duality-centred}; {@code self-duality-floor} is 2 - 2 ||PW|| / ||W||, P taking the mean row
 *       away: what the raw one cannot fall below with these weights. It is 2 - 2 sqrt((K-1)/K) for orthogonal rows, the optimum without
 *       a bias where features are free ({@link CollapseTheory}), and less where the rows add up to less.
 *   <li>{@code nc4}: share of examples whose decision is not the class of the nearest class mean; on the test probe the means
 *       are those of the training probe.
 *   <li>{@code cosines}: of the centred class means, K * K numbers by rows.
 *   <li>with a layer: {@code nc1} and {@code nc1b} of that layer's activations; of the {@code inputs} at thorough looks.
 * </ul>
 *
 * A single output w counts as the two rows -w and +w, the two-output classifier with the same decisions. Classes without
 * examples in the probe are left out with their rows. Where class means differ by no more than rounding makes of equal ones, all that
 * is read of them is NaN; variability is NaN too where examples differ within classes by no more than that without being equal. Nothing is read for several bits per label, for targets that are no labels, nor with fewer than two classes.
 */
@Serves({"001-02", "001-03", "001-04"})
public final class NeuralCollapseInstrument implements Instrument {
    @Override
    public String name() {
        return "neural-collapse";
    }

    @Override
    public String about() {
        return "NC1 to NC4 of the last features, NC1 per layer, class-mean geometry (Papyan, Han and Donoho 2020)";
    }

    @Override
    public List<String> quantities() {
        return List.of(
                "nc1",
                "nc1-raw",
                "nc1b",
                "cdnv",
                "equinorm-means",
                "equiangularity-means",
                "maximal-angle-means",
                "cosines",
                "equinorm-weights",
                "equiangularity-weights",
                "maximal-angle-weights",
                "maximal-angle-weights-centred",
                "self-duality",
                "self-duality-centred",
                "self-duality-floor",
                "nc4");
    }

    @Override
    public Figures figures() {
        return NeuralCollapseFigures.all();
    }

    @Override
    public boolean reads(TargetKind target) {
        return target.labels();
    }

    @Override
    public Set<Reading<?>> needs() {
        return Set.of(new WeightsReading(), new ProbeReading(SplitName.TRAIN), new ProbeReading(SplitName.TEST));
    }

    @Override
    public void observe(Observation observation, Consumer<Measurement> measurements) {
        Emitter emitter = new Emitter(observation, this, measurements);
        int classes = switch (observation.target()) {
            case TargetKind.Classes(List<String> names) -> names.size();
            // One bit is two classes.
            case TargetKind.Bits(List<String> names) -> names.size() == 1 ? 2 : 0;
            case TargetKind.Reals _, TargetKind.Tokens _, TargetKind.None _ -> 0;
        };
        if (classes == 0) {
            return;
        }
        double unit = unit(observation.spec());
        observation.probe(SplitName.TRAIN).ifPresent(probe -> {
            List<Features> layers = ProbeLayers.of(probe);
            List<Features> before = new ArrayList<>(layers.subList(0, layers.size() - 1));
            if (observation.thorough() && !probe.layers().isEmpty()) {
                before.addFirst(new Features(ProbeLayers.INPUTS, probe.inputs()));
            }
            for (Features layer : before) {
                ClassGeometry geometry = new ClassGeometry(layer.activations(), probe.labels(), classes, unit);
                if (geometry.classes().length > 1) {
                    variability(emitter, layer.name(), SplitName.TRAIN, geometry);
                }
            }
            Features last = layers.getLast();
            ClassGeometry geometry = new ClassGeometry(last.activations(), probe.labels(), classes, unit);
            if (geometry.classes().length < 2) {
                return;
            }
            variability(emitter, last.name(), SplitName.TRAIN, geometry);
            means(emitter, geometry);
            weights(emitter, observation.weights().getLast(), geometry);
            mismatch(emitter, SplitName.TRAIN, geometry, geometry.nearest(), new Answers(observation, probe));
            observation.probe(SplitName.TEST).ifPresent(test -> test(emitter, observation, test, geometry, classes));
        });
    }

    private static void variability(Emitter emitter, String layer, SplitName split, ClassGeometry geometry) {
        emitter.number("nc1", layer, split.text(), geometry.withinOverBetween() / geometry.classes().length);
        emitter.number("nc1b", layer, split.text(), geometry.traceRatio());
    }

    private static void means(Emitter emitter, ClassGeometry geometry) {
        String train = SplitName.TRAIN.text();
        double trace = geometry.withinOverBetween();
        emitter.number("nc1", "", train, trace / geometry.classes().length);
        emitter.number("nc1-raw", "", train, trace);
        emitter.number("nc1b", "", train, geometry.traceRatio());
        emitter.number("cdnv", "", train, geometry.distanceNormalizedVariance());
        Frame means = new Frame(geometry.separate() ? geometry.gram() : undefined(geometry.gram()));
        emitter.number("equinorm-means", "", train, means.equinorm());
        emitter.number("equiangularity-means", "", train, means.equiangularity());
        emitter.number("maximal-angle-means", "", train, means.maximalAngle());
        emitter.vector("cosines", "", train, means.cosines());
    }

    private static void weights(Emitter emitter, LayerWeights last, ClassGeometry geometry) {
        Matrix means = geometry.separate() ? geometry.centredMeans() : undefined(geometry.centredMeans());
        if (last.matrix().columns() != means.columns()) {
            return;
        }
        Matrix rows = classRows(last.matrix(), geometry.classes());
        // W - (1/K) 1 1^T W: the mean over classes is taken from every row.
        Matrix centred = Products.centred(rows);
        String train = SplitName.TRAIN.text();
        Frame frame = Frame.ofRows(rows);
        emitter.number("equinorm-weights", "", train, frame.equinorm());
        emitter.number("equiangularity-weights", "", train, frame.equiangularity());
        emitter.number("maximal-angle-weights", "", train, frame.maximalAngle());
        emitter.number(
                "maximal-angle-weights-centred",
                "",
                train,
                Frame.ofRows(centred).maximalAngle());
        emitter.number("self-duality", "", train, selfDuality(rows, means));
        emitter.number("self-duality-centred", "", train, selfDuality(centred, means));
        emitter.number("self-duality-floor", "", train, CollapseTheory.selfDualityFloor(rows));
    }

    private static void mismatch(
            Emitter emitter, SplitName split, ClassGeometry training, int[] nearest, Answers answers) {
        int different = 0;
        for (int n = 0; n < nearest.length; n++) {
            different += answers.decision(n) == nearest[n] ? 0 : 1;
        }
        emitter.number("nc4", "", split.text(), training.separate() ? (double) different / nearest.length : Double.NaN);
    }

    private static void test(
            Emitter emitter, Observation observation, Probe test, ClassGeometry training, int classes) {
        Matrix features = ProbeLayers.of(test).getLast().activations();
        ClassGeometry geometry = new ClassGeometry(features, test.labels(), classes, unit(observation.spec()));
        if (geometry.classes().length > 1) {
            variability(emitter, "", SplitName.TEST, geometry);
        }
        mismatch(emitter, SplitName.TEST, training, training.nearest(features), new Answers(observation, test));
    }

    /** What one operation of a run's arithmetic rounds by: half the distance from 1 to the next number. */
    private static double unit(Spec spec) {
        return spec.precision() == Precision.DOUBLE ? 0x1p-53 : 0x1p-24;
    }

    private static Matrix undefined(Matrix matrix) {
        double[] values = new double[matrix.rows() * matrix.columns()];
        Arrays.fill(values, Double.NaN);
        return new Matrix(matrix.rows(), matrix.columns(), values);
    }

    /** ||W / ||W|| - M / ||M|| ||^2, both with one row per class. */
    private static double selfDuality(Matrix rows, Matrix means) {
        return Products.squaredNorm(
                Products.combination(1 / Products.norm(rows), rows, -1 / Products.norm(means), means));
    }

    private static Matrix classRows(Matrix weights, int[] classes) {
        int width = weights.columns();
        Matrix rows = Matrix.zeros(classes.length, width);
        for (int i = 0; i < classes.length; i++) {
            boolean single = weights.rows() == 1;
            double sign = single && classes[i] == 0 ? -1 : 1;
            for (int j = 0; j < width; j++) {
                rows.values()[i * width + j] = sign * weights.at(single ? 0 : classes[i], j);
            }
        }
        return rows;
    }
}
