package io.orrery.lab.instrument.collapse;

import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.data.set.TargetKind;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import io.orrery.lab.math.Svd;
import io.orrery.lab.observe.Emitter;
import io.orrery.lab.observe.Instrument;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.observe.Observation;
import io.orrery.lab.observe.Observation.Probe;
import io.orrery.lab.observe.Reading;
import io.orrery.lab.observe.figure.AxisScale;
import io.orrery.lab.observe.figure.Curves;
import io.orrery.lab.observe.figure.Figures;
import io.orrery.lab.observe.figure.VectorEntries;
import io.orrery.lab.observe.reading.ProbeReading;
import io.orrery.lab.observe.reading.WeightsReading;
import io.orrery.lab.spec.Serves;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One number per class, on the training probe (core theory, sections 4.2 to 4.5, where class sizes differ). Vectors in the
 * order of the classes: {@code examples}, n_c on the probe; {@code output}, the mean output on the true class s_c; {@code
 * feature-norm}, the mean of ||h||^2; {@code classifier-norm}, ||w_c||^2; {@code bias} of the last layer if it has one. {@code
 * classifier-cosines} are those of all pairs of classifiers, (0, 1), (0, 2), ... (1, 2), ... up to 64 classes. {@code off-diagonal} is
 * the largest mean output in size on a wrong class, {@code output-singular-values} those of the matrix of mean outputs, and
 * {@code spread} the root mean square distance of features to their class means over that of the class means to 0.
 *
 * <p>Features enter the last layer, which is dense with one output per class; under frobenius normalization rho is counted to
 * its weights. Classes without examples have NaN, and so have all singular values then; they are left out of {@code
 * off-diagonal} and {@code spread}.
 */
@Serves("002-134")
public final class ClassesInstrument implements Instrument {
    private static final int MOST_CLASSES = 64;

    @Override
    public String name() {
        return "classes";
    }

    @Override
    public String about() {
        return "outputs, features and classifiers of each class, where classes may differ in size";
    }

    @Override
    public List<String> quantities() {
        return List.of(
                "examples",
                "output",
                "off-diagonal",
                "output-singular-values",
                "feature-norm",
                "spread",
                "classifier-norm",
                "classifier-cosines",
                "bias");
    }

    @Override
    public Figures figures() {
        return Figures.of(
                        "Classes one by one",
                        Curves.of("Largest mean output on a wrong class", "In size.", AxisScale.AUTO, "off-diagonal"),
                        Curves.of(
                                "Spread of the features",
                                "Root mean square distance to the class means over that of the class means to 0.",
                                AxisScale.AUTO,
                                "spread"),
                        VectorEntries.byClass("Mean output on the true class", "", "output"),
                        VectorEntries.of(
                                "Singular values of the mean outputs",
                                "Of the matrix of mean outputs, class by class.",
                                "output-singular-values"),
                        VectorEntries.byClass("Mean squared norm of the features", "", "feature-norm"),
                        VectorEntries.byClass("Squared norm of each classifier", "", "classifier-norm"),
                        VectorEntries.of(
                                "Cosines between classifiers",
                                "Pairs of classes in the order (0, 1), (0, 2) and so on, then (1, 2).",
                                "classifier-cosines"),
                        VectorEntries.byClass("Bias", "", "bias"))
                .andFurther(VectorEntries.byClass("Examples of each class", "On the training probe.", "examples"));
    }

    @Override
    public boolean reads(TargetKind target) {
        return target.labels();
    }

    @Override
    public Set<Reading<?>> needs() {
        return Set.of(new WeightsReading(), new ProbeReading(SplitName.TRAIN));
    }

    @Override
    public void observe(Observation observation, Consumer<Measurement> measurements) {
        if (!(observation.target() instanceof TargetKind.Classes)) {
            return;
        }
        Emitter emitter = new Emitter(observation, this, measurements);
        observation
                .probe(SplitName.TRAIN)
                .filter(probe -> probe.outputs().columns() == observation.classes())
                .ifPresent(probe -> LastLayer.of(observation, probe).ifPresent(last -> observe(emitter, probe, last)));
    }

    private static void observe(Emitter emitter, Probe probe, LastLayer last) {
        int classes = last.weights().rows();
        double[] examples = new double[classes];
        for (int label : probe.labels()) {
            examples[label]++;
        }
        Matrix outputs = means(probe.outputs(), probe.labels(), examples);
        Matrix features = means(last.features(), probe.labels(), examples);
        emitter.vector("examples", "", "", examples);
        emitter.vector("output", "", "", diagonal(outputs));
        emitter.number("off-diagonal", largestOffDiagonal(outputs));
        emitter.vector("output-singular-values", "", "", Svd.valuesOf(outputs));
        emitter.vector("feature-norm", "", "", meanSquares(last.features(), probe.labels(), examples));
        emitter.number("spread", spread(last.features(), features, probe.labels()));
        Matrix gram = Products.outerGram(last.weights());
        emitter.vector("classifier-norm", "", "", diagonal(gram));
        if (classes <= MOST_CLASSES) {
            emitter.vector("classifier-cosines", "", "", cosines(gram));
        }
        if (last.bias().length > 0) {
            emitter.vector("bias", "", "", last.bias());
        }
    }

    private static Matrix means(Matrix rows, int[] labels, double[] examples) {
        Matrix means = Matrix.zeros(examples.length, rows.columns());
        for (int n = 0; n < labels.length; n++) {
            for (int j = 0; j < rows.columns(); j++) {
                means.values()[labels[n] * rows.columns() + j] += rows.at(n, j);
            }
        }
        for (int i = 0; i < means.values().length; i++) {
            means.values()[i] /= examples[i / rows.columns()];
        }
        return means;
    }

    private static double[] meanSquares(Matrix rows, int[] labels, double[] examples) {
        int width = rows.columns();
        double[] means = new double[examples.length];
        for (int n = 0; n < labels.length; n++) {
            means[labels[n]] += Products.dot(rows.values(), n * width, rows.values(), n * width, width);
        }
        for (int c = 0; c < means.length; c++) {
            means[c] /= examples[c];
        }
        return means;
    }

    private static double spread(Matrix features, Matrix means, int[] labels) {
        double within = 0;
        double size = 0;
        for (int n = 0; n < labels.length; n++) {
            for (int j = 0; j < features.columns(); j++) {
                double mean = means.at(labels[n], j);
                within += (features.at(n, j) - mean) * (features.at(n, j) - mean);
                size += mean * mean;
            }
        }
        return Math.sqrt(within / size);
    }

    private static double[] diagonal(Matrix square) {
        double[] diagonal = new double[square.rows()];
        for (int i = 0; i < diagonal.length; i++) {
            diagonal[i] = square.at(i, i);
        }
        return diagonal;
    }

    private static double largestOffDiagonal(Matrix square) {
        double largest = 0;
        for (int i = 0; i < square.rows(); i++) {
            for (int j = 0; j < square.columns(); j++) {
                if (i != j && Math.abs(square.at(i, j)) > largest) {
                    largest = Math.abs(square.at(i, j));
                }
            }
        }
        return largest;
    }

    private static double[] cosines(Matrix gram) {
        int count = gram.rows();
        double[] cosines = new double[count * (count - 1) / 2];
        int next = 0;
        for (int i = 0; i < count; i++) {
            for (int j = i + 1; j < count; j++) {
                cosines[next++] = gram.at(i, j) / Math.sqrt(gram.at(i, i) * gram.at(j, j));
            }
        }
        return cosines;
    }
}
