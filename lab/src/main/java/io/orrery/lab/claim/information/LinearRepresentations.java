package io.orrery.lab.claim.information;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.compute.Computation;
import io.orrery.lab.compute.Parameter;
import io.orrery.lab.compute.Results;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.math.HaarOrthogonal;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Normal;
import io.orrery.lab.math.Products;
import io.orrery.lab.math.RowSpan;
import java.util.ArrayList;
import java.util.List;

/** Training sets of two Gaussian classes seen through the layers of a fixed linear network, each with its nearest-mean classifier. */
final class LinearRepresentations implements Computation {
    static final String NAME = "linear-representations";
    /** Widths of the hidden layers, as shares of the inputs. */
    private static final double[] WIDTHS = {0.8, 0.5, 0.2, 0.6};

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
        return "training sets of two Gaussian classes seen through a fixed random linear network of widths 0.8, 0.5, 0.2 and 0.6 of the"
                + " inputs: divergence and Wasserstein distance between training and test examples given the training mean, and test less"
                + " training loss of the nearest-mean classifier of each layer, means over training sets";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.whole("inputs", "the number of inputs", 5, 500),
                Parameter.whole("examples", "the number of training examples", 2, 10_000),
                Parameter.real("separation", "the distance of each class's mean from 0", 0, 100),
                Parameter.whole("orthogonal", "1 for square orthogonal layers, 0 for random ones that narrow", 0, 1),
                Parameter.whole("draws", "the number of training sets that are averaged", 1, 100_000));
    }

    /** The number of layers. */
    static int layers() {
        return WIDTHS.length;
    }

    @Override
    public Results compute(long seed, Setting setting) {
        int inputs = setting.whole("inputs");
        int examples = setting.whole("examples");
        double separation = setting.get("separation");
        int draws = setting.whole("draws");
        List<Layer> layers = layers(seed, inputs, setting.whole("orthogonal") == 1);
        Matrix scatter = Matrix.zeros(inputs, inputs);
        int depth = layers.size();
        double[] meanShift = new double[depth];
        double[] inSpan = new double[depth];
        double[] errorGap = new double[depth];
        double[] rampGap = new double[depth];
        RandomStream stream = RandomStream.of(seed, "examples");
        for (int draw = 0; draw < draws; draw++) {
            Matrix drawn = examples(stream, draw, examples, inputs, separation);
            double[] mean = Products.columnMeans(drawn);
            scatter = Products.combination(1, scatter, 1, Products.gram(Products.centred(drawn)));
            double[] shift = mean.clone();
            shift[0] -= separation;
            for (int l = 0; l < depth; l++) {
                meanShift[l] += squared(layers.get(l).map, shift) / draws;
                inSpan[l] += squared(layers.get(l).span, shift) / draws;
                double[] reader = layers.get(l).reader(mean);
                double[] scores =
                        Products.times(drawn, new Matrix(inputs, 1, reader)).values();
                double centre = separation * reader[0];
                double spread = Math.sqrt(Products.dot(reader, 0, reader, 0, inputs));
                errorGap[l] += (Normal.cumulative(-centre / spread) - error(scores)) / draws;
                rampGap[l] += (ramp(centre, spread) - ramp(scores)) / draws;
            }
        }
        double count = (double) draws * examples;
        double[] divergence = new double[depth];
        double[] wasserstein = new double[depth];
        double[] ranks = new double[depth];
        double[] norms = new double[depth];
        for (int l = 0; l < depth; l++) {
            Layer layer = layers.get(l);
            ranks[l] = layer.span.rows();
            norms[l] = Products.norm(layer.map);
            double within = trace(layer.span, scatter) / count;
            // The mean logarithm of the density given the training mean over that of a test example, at the training
            // examples.
            divergence[l] =
                    (-ranks[l] * StrictMath.log1p(-1.0 / examples) + within + inSpan[l] - within / (1 - 1.0 / examples))
                            / 2;
            double contraction = Math.sqrt(trace(layer.map, scatter) / count) - norms[l];
            wasserstein[l] = meanShift[l] + contraction * contraction;
        }
        return Results.none()
                .with("divergence", divergence)
                .with("squared-wasserstein", wasserstein)
                .with("error-gap", errorGap)
                .with("ramp-gap", rampGap)
                .with("ranks", ranks)
                .with("norms", norms);
    }

    /** Examples times their labels, one per row: normal with variance 1 around the mean (separation, 0, ..., 0). */
    static Matrix examples(RandomStream stream, int draw, int examples, int inputs, double separation) {
        double[] values = stream.normals(draw, Math.multiplyExact(examples, inputs));
        for (int row = 0; row < examples; row++) {
            values[row * inputs] += separation;
        }
        return new Matrix(examples, inputs, values);
    }

    /** The maps from the inputs to each layer. */
    static List<Layer> layers(long seed, int inputs, boolean orthogonal) {
        List<Layer> layers = new ArrayList<>();
        Matrix map = HaarOrthogonal.of(RandomStream.of(seed, "rotation"), 0, inputs);
        for (int l = 0; l < WIDTHS.length; l++) {
            int before = map.rows();
            int width = orthogonal ? inputs : Math.toIntExact(Math.max(1, Math.round(WIDTHS[l] * inputs)));
            Matrix weights;
            if (orthogonal) {
                weights = HaarOrthogonal.of(RandomStream.of(seed, "layer"), l, inputs);
            } else {
                double[] drawn = RandomStream.of(seed, "layer").normals(l, Math.multiplyExact(width, before));
                for (int i = 0; i < drawn.length; i++) {
                    drawn[i] /= Math.sqrt(before);
                }
                weights = new Matrix(width, before, drawn);
            }
            map = Products.times(weights, map);
            layers.add(new Layer(map, span(map)));
        }
        return layers;
    }

    private static Matrix span(Matrix map) {
        RowSpan span = RowSpan.of(map, 1e-6);
        return span.rank() == map.columns() ? identity(map.columns()) : span.basis();
    }

    private static Matrix identity(int size) {
        Matrix identity = Matrix.zeros(size, size);
        for (int i = 0; i < size; i++) {
            identity.values()[i * size + i] = 1;
        }
        return identity;
    }

    private static double squared(Matrix map, double[] vector) {
        return Products.squaredNorm(Products.times(map, new Matrix(vector.length, 1, vector)));
    }

    /** tr(A S A^T). */
    private static double trace(Matrix map, Matrix scatter) {
        return Products.inner(Products.times(map, scatter), map);
    }

    private static double error(double[] scores) {
        int wrong = 0;
        for (double score : scores) {
            wrong += score <= 0 ? 1 : 0;
        }
        return wrong / (double) scores.length;
    }

    private static double ramp(double[] scores) {
        double sum = 0;
        for (double score : scores) {
            sum += Math.clamp(1 - score, 0.0, 1.0);
        }
        return sum / scores.length;
    }

    /** The mean ramp loss, 1 - score cut to 0..1, of normal scores: the integral over t from 0 to 1 of the probability of a score below t. */
    static double ramp(double centre, double spread) {
        return integral((1 - centre) / spread) * spread - integral(-centre / spread) * spread;
    }

    /** The integral of the normal distribution from minus infinity to z. */
    private static double integral(double z) {
        return z * Normal.cumulative(z) + StrictMath.exp(-z * z / 2) / Math.sqrt(2 * StrictMath.PI);
    }

    /**
     * A layer.
     *
     * @param map from the inputs to it, [width, inputs]
     * @param span an orthonormal basis of the map's rows, [rank, inputs]
     */
    record Layer(Matrix map, Matrix span) {
        /** What the nearest-mean classifier of this layer does to inputs: A^T A m / |A m|. */
        double[] reader(double[] mean) {
            Matrix seen = Products.times(map, new Matrix(mean.length, 1, mean));
            double length = Products.norm(seen);
            double[] reader = Products.transposedTimes(map, seen).values();
            for (int i = 0; i < reader.length; i++) {
                reader[i] /= length;
            }
            return reader;
        }
    }
}
