package io.orrery.lab.claim.signal;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.compute.Computation;
import io.orrery.lab.compute.Parameter;
import io.orrery.lab.compute.Results;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.math.Products;
import io.orrery.lab.theory.signal.MeanField;
import io.orrery.lab.theory.signal.PointwiseFunction;
import java.util.List;

/**
 * Signals in random networks z' = W phi(z) + b of finite width: the correlation of two inputs on their way up, and a gradient
 * on its way down through the same weights as the input. Inputs start as normal vectors with exactly the mean square that
 * layers leave as it is.
 */
final class SignalPropagation implements Computation {
    static final String NAME = "signal-propagation";

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
        return "random networks of finite width: the correlation of two inputs layer by layer, a mean over pairs, and the squared norm"
                + " of a gradient that is sent back through the network";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.whole("activation", "0 for ReLU, 1 for tanh", 0, 1),
                Parameter.real("weightVariance", "the variance of a weight times the width", 0.01, 20),
                Parameter.real("biasVariance", "the variance of a bias", 0, 5),
                Parameter.real("correlation", "the correlation of the two inputs", -0.99, 0.99),
                Parameter.whole("width", "the number of units of a layer", 4, 1000),
                Parameter.whole("depth", "the number of layers", 1, 100),
                Parameter.whole("networks", "the number of networks that a gradient is sent through", 1, 100),
                Parameter.whole("pairs", "the number of networks that a pair of inputs is sent through", 1, 10_000));
    }

    /** The recursions of the same network with infinitely many units. */
    static MeanField theory(Setting setting) {
        return new MeanField(
                PointwiseFunction.values()[setting.whole("activation")],
                setting.get("weightVariance"),
                setting.get("biasVariance"));
    }

    @Override
    public Results compute(long seed, Setting setting) {
        Shape shape = Shape.of(setting);
        int depth = shape.depth();
        double[] correlation = new double[depth + 1];
        int pairs = setting.whole("pairs");
        for (int pair = 0; pair < pairs; pair++) {
            add(correlation, shape.correlations(seed, pair), pairs);
        }
        double[] gradient = new double[depth + 1];
        int networks = setting.whole("networks");
        for (int network = 0; network < networks; network++) {
            add(gradient, shape.logGradients(seed, network), networks);
        }
        return Results.none()
                .with("correlation", correlation)
                .with("log-gradient", gradient)
                .with("factor", StrictMath.exp(gradient[0] / depth));
    }

    private static void add(double[] mean, double[] values, int count) {
        for (int i = 0; i < mean.length; i++) {
            mean[i] += values[i] / count;
        }
    }

    /**
     * What all networks of a setting share.
     *
     * @param meanSquare of the inputs, which layers leave as it is
     * @param correlation of the two inputs
     */
    record Shape(MeanField theory, double meanSquare, double correlation, int width, int depth) {
        static Shape of(Setting setting) {
            MeanField theory = SignalPropagation.theory(setting);
            return new Shape(
                    theory,
                    theory.fixedLength(1),
                    setting.get("correlation"),
                    setting.whole("width"),
                    setting.whole("depth"));
        }

        /**
         * Correlations of two inputs in layers 0 to depth. A layer's weights are drawn after its inputs, so given these the
         * preactivations of its units are independent pairs of normal numbers, whose covariance the inputs give: drawing the
         * pairs is the same as drawing the weights, at a cost of width instead of width squared.
         */
        double[] correlations(long seed, long pair) {
            double[] u = RandomStream.of(seed, "first input").normals(pair * (depth + 1), width);
            double[] v = RandomStream.of(seed, "second input").normals(pair * (depth + 1), width);
            straighten(u, v);
            double[] first = new double[width];
            double[] second = new double[width];
            combine(u, v, meanSquare, correlation * meanSquare, meanSquare, first, second);
            double[] correlations = new double[depth + 1];
            correlations[0] = cosine(first, second);
            for (int layer = 1; layer <= depth; layer++) {
                apply(theory.function(), first);
                apply(theory.function(), second);
                double scale = theory.weightVariance() / width;
                double bias = theory.biasVariance();
                double one = bias + scale * dot(first, first);
                double both = bias + scale * dot(first, second);
                double other = bias + scale * dot(second, second);
                u = RandomStream.of(seed, "first input").normals(pair * (depth + 1) + layer, width);
                v = RandomStream.of(seed, "second input").normals(pair * (depth + 1) + layer, width);
                combine(u, v, one, both, other, first, second);
                correlations[layer] = cosine(first, second);
            }
            return correlations;
        }

        /** Logarithms of a gradient's squared norm in layers 0 to depth over that at the top, in one network with its own weights. */
        double[] logGradients(long seed, int network) {
            double[][] inputs = new double[depth + 1][];
            double[][] weights = new double[depth][];
            inputs[0] = RandomStream.of(seed, "input").normals(network, width);
            double scale = Math.sqrt(width * meanSquare / dot(inputs[0], inputs[0]));
            for (int i = 0; i < width; i++) {
                inputs[0][i] *= scale;
            }
            double deviation = Math.sqrt(theory.biasVariance());
            for (int layer = 0; layer < depth; layer++) {
                long step = (long) network * depth + layer;
                weights[layer] = weights(seed, step, width, theory.weightVariance());
                double[] bias = RandomStream.of(seed, "biases").normals(step, width);
                double[] active = inputs[layer].clone();
                apply(theory.function(), active);
                inputs[layer + 1] = new double[width];
                for (int row = 0; row < width; row++) {
                    inputs[layer + 1][row] =
                            Products.dot(weights[layer], row * width, active, 0, width) + deviation * bias[row];
                }
            }
            double[] backward = RandomStream.of(seed, "gradient").normals(network, width);
            double top = dot(backward, backward);
            double[] logarithms = new double[depth + 1];
            for (int layer = depth - 1; layer >= 0; layer--) {
                backward = previous(weights[layer], theory.function(), inputs[layer], backward);
                logarithms[layer] = StrictMath.log(dot(backward, backward) / top);
            }
            return logarithms;
        }
    }

    static double[] weights(long seed, long step, int width, double variance) {
        double[] weights = RandomStream.of(seed, "weights").normals(step, width * width);
        double deviation = Math.sqrt(variance / width);
        for (int i = 0; i < weights.length; i++) {
            weights[i] *= deviation;
        }
        return weights;
    }

    /** Makes two vectors orthogonal, with mean square 1. */
    private static void straighten(double[] u, double[] v) {
        double overlap = dot(u, v) / dot(u, u);
        for (int i = 0; i < u.length; i++) {
            v[i] -= overlap * u[i];
        }
        double scaleU = Math.sqrt(u.length / dot(u, u));
        double scaleV = Math.sqrt(u.length / dot(v, v));
        for (int i = 0; i < u.length; i++) {
            u[i] *= scaleU;
            v[i] *= scaleV;
        }
    }

    /** From independent numbers with variance 1 to pairs with a covariance [[one, both], [both, other]]. */
    private static void combine(
            double[] u, double[] v, double one, double both, double other, double[] first, double[] second) {
        double root = Math.sqrt(one);
        double rest = Math.sqrt(Math.max(0, other - both * both / one));
        for (int i = 0; i < u.length; i++) {
            first[i] = root * u[i];
            second[i] = both / root * u[i] + rest * v[i];
        }
    }

    private static void apply(PointwiseFunction function, double[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = function.value(values[i]);
        }
    }

    /** phi'(z) times W^T gradient. */
    private static double[] previous(double[] weights, PointwiseFunction function, double[] z, double[] gradient) {
        int width = z.length;
        double[] previous = new double[width];
        for (int row = 0; row < width; row++) {
            double factor = gradient[row];
            for (int column = 0; column < width; column++) {
                previous[column] += factor * weights[row * width + column];
            }
        }
        for (int i = 0; i < width; i++) {
            previous[i] *= function.slope(z[i]);
        }
        return previous;
    }

    private static double cosine(double[] a, double[] b) {
        return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
    }

    private static double dot(double[] a, double[] b) {
        return Products.dot(a, 0, b, 0, a.length);
    }
}
