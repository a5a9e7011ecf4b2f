package io.orrery.lab.claim.signal;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.compute.Computation;
import io.orrery.lab.compute.Parameter;
import io.orrery.lab.compute.Results;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.math.Cholesky;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import io.orrery.lab.theory.signal.ShapedAttentionSde;
import java.util.Arrays;
import java.util.List;

/**
 * The covariance between tokens in many random attention networks, and along as many paths of the stochastic differential
 * equation as asked. Weights are not drawn: given X the columns of X W / sqrt(n) are independent normal vectors with covariance
 * X X^T / n, and so are those of queries and keys.
 */
final class AttentionCovariance implements Computation {
    static final String NAME = "attention-covariance";
    /** Places at which both are read, in quarters of the width. */
    static final int[] QUARTERS = {1, 2, 4};

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
        return "random networks of softmax attention, and the stochastic differential equation of their limit: mean and deviation of"
                + " the logarithm of a token's mean square and of two tokens' correlation, at depths of 1/4, 1/2 and 1 times the width";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.whole("tokens", "the number of tokens", 2, 16),
                Parameter.whole("width", "the width, of heads too, and the depth", 4, 1000),
                Parameter.real("mix", "the squared weight of the attention branch", 0, 1),
                Parameter.real("temperature", "the temperature of the softmax", 0.1, 100),
                Parameter.whole("shaped", "1 for shaped attention, 0 for plain softmax without skip connection", 0, 1),
                Parameter.real("correlation", "the correlation of tokens at the start", 0, 0.99),
                Parameter.whole("networks", "the number of networks", 2, 100_000),
                Parameter.whole("paths", "the number of paths of the equation", 2, 1_000_000));
    }

    @Override
    public Results compute(long seed, Setting setting) {
        int width = setting.whole("width");
        Moments networks = new Moments(width);
        for (int network = 0; network < setting.whole("networks"); network++) {
            network(seed, network, setting, networks);
        }
        Moments paths = new Moments(width);
        for (int path = 0; path < setting.whole("paths"); path++) {
            path(seed, path, setting, paths);
        }
        return paths.into(networks.into(Results.none(), ""), "sde-");
    }

    /** Sums over pairs of tokens and draws, by layer. */
    private static final class Moments {
        private final double[][] sums;
        private int draws;

        Moments(int depth) {
            sums = new double[4][depth + 1];
        }

        void add(int layer, Matrix covariance) {
            int tokens = covariance.rows();
            draws += layer == 0 ? 1 : 0;
            for (int a = 0; a < tokens; a++) {
                double logarithm = StrictMath.log(covariance.at(a, a));
                sums[0][layer] += logarithm / tokens;
                sums[1][layer] += logarithm * logarithm / tokens;
                for (int b = 0; b < a; b++) {
                    double c = covariance.at(a, b) / Math.sqrt(covariance.at(a, a) * covariance.at(b, b));
                    double share = 2.0 / (tokens * (tokens - 1));
                    sums[2][layer] += c * share;
                    sums[3][layer] += c * c * share;
                }
            }
        }

        Results into(Results results, String prefix) {
            int depth = sums[0].length - 1;
            double[][] read = new double[4][QUARTERS.length];
            double[] course = new double[depth + 1];
            for (int layer = 0; layer <= depth; layer++) {
                course[layer] = sums[2][layer] / draws;
            }
            for (int i = 0; i < QUARTERS.length; i++) {
                int layer = depth * QUARTERS[i] / 4;
                for (int kind = 0; kind < 2; kind++) {
                    double mean = sums[2 * kind][layer] / draws;
                    read[2 * kind][i] = mean;
                    read[2 * kind + 1][i] = Math.sqrt(Math.max(0, sums[2 * kind + 1][layer] / draws - mean * mean));
                }
            }
            return results.with(prefix + "log-square", read[0])
                    .with(prefix + "log-square-deviation", read[1])
                    .with(prefix + "correlation", read[2])
                    .with(prefix + "correlation-deviation", read[3])
                    .with(prefix + "course", course);
        }
    }

    private static void path(long seed, int path, Setting setting, Moments moments) {
        int width = setting.whole("width");
        int tokens = setting.whole("tokens");
        ShapedAttentionSde sde = new ShapedAttentionSde(setting.get("mix"), setting.get("temperature"));
        double[] noise = RandomStream.of(seed, "paths").normals(path, 2 * width * tokens * tokens);
        Matrix covariance = start(tokens, setting.get("correlation"));
        moments.add(0, covariance);
        for (int step = 0; step < width; step++) {
            covariance = sde.step(
                    covariance, 1.0 / width, slice(noise, 2 * step, tokens), slice(noise, 2 * step + 1, tokens));
            moments.add(step + 1, covariance);
        }
    }

    private static Matrix slice(double[] noise, int index, int tokens) {
        int size = tokens * tokens;
        return new Matrix(tokens, tokens, Arrays.copyOfRange(noise, index * size, (index + 1) * size));
    }

    static Matrix start(int tokens, double correlation) {
        double[] values = new double[tokens * tokens];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % (tokens + 1) == 0 ? 1 : correlation;
        }
        return new Matrix(tokens, tokens, values);
    }

    private static void network(long seed, int network, Setting setting, Moments moments) {
        int width = setting.whole("width");
        int tokens = setting.whole("tokens");
        Matrix x = exact(
                new Matrix(tokens, width, RandomStream.of(seed, "inputs").normals(network, tokens * width)),
                start(tokens, setting.get("correlation")));
        Matrix covariance = covariance(x);
        moments.add(0, covariance);
        for (int layer = 1; layer <= width; layer++) {
            double[] noise =
                    RandomStream.of(seed, "weights").normals((long) network * width + layer, 3 * tokens * width);
            x = layer(x, covariance, noise, setting);
            covariance = covariance(x);
            moments.add(layer, covariance);
        }
    }

    /** Rows with exactly a covariance, from normal ones. */
    static Matrix exact(Matrix normal, Matrix covariance) {
        Matrix white = Cholesky.of(covariance(normal)).solveLower(normal);
        return Products.times(ShapedAttentionSde.root(covariance), white);
    }

    private static Matrix covariance(Matrix x) {
        double[] values = Products.outerGram(x).values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] /= x.columns();
        }
        return new Matrix(x.rows(), x.rows(), values);
    }

    /** One layer, from 3 T n normal numbers: for values, queries and keys. */
    static Matrix layer(Matrix x, Matrix covariance, double[] noise, Setting setting) {
        int width = x.columns();
        int tokens = x.rows();
        Matrix root = ShapedAttentionSde.root(covariance);
        Matrix[] drawn = new Matrix[3];
        for (int i = 0; i < 3; i++) {
            drawn[i] = Products.times(
                    root,
                    new Matrix(tokens, width, Arrays.copyOfRange(noise, i * tokens * width, (i + 1) * tokens * width)));
        }
        Matrix scores = Products.timesTransposed(drawn[1], drawn[2]);
        boolean shaped = setting.whole("shaped") == 1;
        double scale = shaped ? setting.get("temperature") * width : Math.sqrt(width);
        Matrix attention = attention(scores, scale, shaped);
        double mix = shaped ? setting.get("mix") : 1;
        return Products.combination(Math.sqrt(1 - mix), x, Math.sqrt(mix), Products.times(attention, drawn[0]));
    }

    /** softmax of each row of scores / scale; shaped: less 1 / T, plus the identity. */
    static Matrix attention(Matrix scores, double scale, boolean shaped) {
        int tokens = scores.rows();
        double[] values = new double[tokens * tokens];
        for (int a = 0; a < tokens; a++) {
            double most = Double.NEGATIVE_INFINITY;
            for (int b = 0; b < tokens; b++) {
                most = Math.max(most, scores.at(a, b) / scale);
            }
            double sum = 0;
            for (int b = 0; b < tokens; b++) {
                values[a * tokens + b] = StrictMath.exp(scores.at(a, b) / scale - most);
                sum += values[a * tokens + b];
            }
            for (int b = 0; b < tokens; b++) {
                double weight = values[a * tokens + b] / sum;
                values[a * tokens + b] = shaped ? weight - 1.0 / tokens + (a == b ? 1 : 0) : weight;
            }
        }
        return new Matrix(tokens, tokens, values);
    }
}
