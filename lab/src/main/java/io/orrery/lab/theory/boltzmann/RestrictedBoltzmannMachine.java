package io.orrery.lab.theory.boltzmann;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import io.orrery.lab.spec.Serves;

/**
 * A restricted Boltzmann machine of binary units, p(v, h) ~ exp(b v + c h + v W h) (Smolensky 1986; contrastive divergence: Hinton
 * 2002, Training products of experts).
 *
 * @param weights W, [visible, hidden]
 * @param visible b
 * @param hidden c
 */
@Serves("002-034")
public record RestrictedBoltzmannMachine(Matrix weights, double[] visible, double[] hidden) {
    /** Hidden units beyond which nothing is summed over all their states. */
    private static final int SUMMED = 20;

    /**
     * Small normal weights, hidden biases 0, and visible biases at which the machine without weights has the means of the examples (each at
     * least 1% and at most 99%).
     *
     * @param examples [examples, visible], from 0 to 1
     * @param deviation of the weights
     */
    public static RestrictedBoltzmannMachine start(RandomStream random, Matrix examples, int hidden, double deviation) {
        double[] weights = random.normals(0, Math.multiplyExact(examples.columns(), hidden));
        for (int i = 0; i < weights.length; i++) {
            weights[i] *= deviation;
        }
        double[] biases = Products.columnMeans(examples);
        for (int i = 0; i < biases.length; i++) {
            double mean = Math.clamp(biases[i], 0.01, 0.99);
            biases[i] = StrictMath.log(mean / (1 - mean));
        }
        return new RestrictedBoltzmannMachine(
                new Matrix(examples.columns(), hidden, weights), biases, new double[hidden]);
    }

    /** Probabilities of hidden units given visible ones, [examples, hidden]. */
    public Matrix up(Matrix seen) {
        return probabilities(Products.times(seen, weights), hidden);
    }

    /** Probabilities of visible units given hidden ones, [examples, visible]. */
    public Matrix down(Matrix states) {
        return probabilities(Products.timesTransposed(states, weights), visible);
    }

    /** The mean over examples and units of (v - v')^2, with v' the probabilities down from those up from v. */
    public double reconstructionError(Matrix seen) {
        return Products.squaredNorm(Products.combination(1, seen, -1, down(up(seen)))) / seen.values().length;
    }

    /** -ln sum_h exp(b v + c h + v W h) of each example. */
    public double[] freeEnergies(Matrix seen) {
        Matrix inputs = Products.times(seen, weights);
        double[] energies = new double[seen.rows()];
        for (int row = 0; row < energies.length; row++) {
            energies[row] = -Products.dot(seen.values(), row * visible.length, visible, 0, visible.length);
            for (int unit = 0; unit < hidden.length; unit++) {
                energies[row] -= softplus(inputs.at(row, unit) + hidden[unit]);
            }
        }
        return energies;
    }

    /**
     * The mean log probability of examples, in nats, by a sum over all states of the hidden units.
     *
     * @throws IllegalArgumentException with more than 20 of them
     */
    public double logLikelihood(Matrix seen) {
        double sum = 0;
        for (double energy : freeEnergies(seen)) {
            sum -= energy;
        }
        return sum / seen.rows() - logPartition();
    }

    /** ln of the sum over all states. */
    double logPartition() {
        int states = states(hidden.length);
        double[] terms = new double[states];
        double largest = Double.NEGATIVE_INFINITY;
        for (int state = 0; state < states; state++) {
            for (int unit = 0; unit < hidden.length; unit++) {
                terms[state] += (state >> unit & 1) * hidden[unit];
            }
            for (int unit = 0; unit < visible.length; unit++) {
                double input = visible[unit];
                for (int above = 0; above < hidden.length; above++) {
                    input += (state >> above & 1) * weights.at(unit, above);
                }
                terms[state] += softplus(input);
            }
            largest = Math.max(largest, terms[state]);
        }
        double sum = 0;
        for (double term : terms) {
            sum += StrictMath.exp(term - largest);
        }
        return largest + StrictMath.log(sum);
    }

    /** The derivative of the mean log probability by the weights, exactly: products of units given the examples less those of the model. */
    public Matrix gradient(Matrix seen) {
        Matrix all = patterns(visible.length);
        double[] energies = freeEnergies(all);
        double logPartition = logPartition();
        double[] shares = new double[energies.length];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = StrictMath.exp(-energies[i] - logPartition);
        }
        double[] even = new double[seen.rows()];
        java.util.Arrays.fill(even, 1.0 / seen.rows());
        return Products.combination(1, products(seen, even), -1, products(all, shares));
    }

    /** What contrastive divergence follows on average after a number of sweeps from the examples, by the chain's transition matrix. */
    public Matrix expectedDivergence(Matrix seen, int sweeps) {
        Matrix all = patterns(visible.length);
        double[] shares = new double[all.rows()];
        double[] even = new double[seen.rows()];
        for (int row = 0; row < seen.rows(); row++) {
            int pattern = 0;
            for (int unit = 0; unit < visible.length; unit++) {
                pattern |= (seen.at(row, unit) > 0.5 ? 1 : 0) << unit;
            }
            shares[pattern] += 1.0 / seen.rows();
            even[row] = 1.0 / seen.rows();
        }
        Matrix there = chances(up(all), patterns(hidden.length));
        Matrix back = chances(down(patterns(hidden.length)), all);
        Matrix state = new Matrix(1, shares.length, shares);
        for (int sweep = 0; sweep < sweeps; sweep++) {
            state = Products.times(Products.times(state, there), back);
        }
        return Products.combination(1, products(seen, even), -1, products(all, state.values()));
    }

    /**
     * One step of contrastive divergence with one sweep: hidden states are drawn from the examples, visible states from them, and the
     * products of units there count against those of the examples (with probabilities for hidden units).
     *
     * @param step of the random stream, a new one for every call
     */
    public RestrictedBoltzmannMachine step(Matrix seen, double rate, RandomStream random, long step) {
        Matrix above = up(seen);
        Matrix drawn = drawn(above, random.uniforms(step, 0, above.values().length));
        Matrix below = down(drawn);
        int from = above.values().length;
        Matrix fantasy = drawn(below, random.uniforms(step, from, below.values().length));
        Matrix again = up(fantasy);
        double share = rate / seen.rows();
        Matrix change = Products.combination(
                share, Products.transposedTimes(seen, above), -share, Products.transposedTimes(fantasy, again));
        return new RestrictedBoltzmannMachine(
                Products.combination(1, weights, 1, change),
                moved(visible, rate, Products.columnMeans(seen), Products.columnMeans(fantasy)),
                moved(hidden, rate, Products.columnMeans(above), Products.columnMeans(again)));
    }

    private static double[] moved(double[] biases, double rate, double[] towards, double[] from) {
        double[] moved = biases.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += rate * (towards[i] - from[i]);
        }
        return moved;
    }

    /** Means of v p(h|v) under shares of patterns. */
    private Matrix products(Matrix patterns, double[] shares) {
        double[] weighted = patterns.values().clone();
        for (int i = 0; i < weighted.length; i++) {
            weighted[i] *= shares[i / patterns.columns()];
        }
        return Products.transposedTimes(new Matrix(patterns.rows(), patterns.columns(), weighted), up(patterns));
    }

    /** The chance of each pattern of independent units, [rows, patterns]. */
    private static Matrix chances(Matrix probabilities, Matrix patterns) {
        double[] chances = new double[probabilities.rows() * patterns.rows()];
        for (int row = 0; row < probabilities.rows(); row++) {
            for (int pattern = 0; pattern < patterns.rows(); pattern++) {
                double chance = 1;
                for (int unit = 0; unit < patterns.columns(); unit++) {
                    double one = probabilities.at(row, unit);
                    chance *= patterns.at(pattern, unit) > 0.5 ? one : 1 - one;
                }
                chances[row * patterns.rows() + pattern] = chance;
            }
        }
        return new Matrix(probabilities.rows(), patterns.rows(), chances);
    }

    /** All states of so many units, [2^units, units]: bit i of the row's number is unit i. */
    static Matrix patterns(int units) {
        int states = states(units);
        double[] patterns = new double[states * units];
        for (int i = 0; i < patterns.length; i++) {
            patterns[i] = i / units >> i % units & 1;
        }
        return new Matrix(states, units, patterns);
    }

    private static int states(int units) {
        if (units > SUMMED) {
            throw new IllegalArgumentException(
                    "expected at most " + SUMMED + " units to sum all their states, found " + units);
        }
        return 1 << units;
    }

    /** States drawn from probabilities. */
    static Matrix drawn(Matrix probabilities, double[] uniforms) {
        double[] states = new double[uniforms.length];
        for (int i = 0; i < states.length; i++) {
            states[i] = uniforms[i] < probabilities.values()[i] ? 1 : 0;
        }
        return new Matrix(probabilities.rows(), probabilities.columns(), states);
    }

    private static Matrix probabilities(Matrix inputs, double[] biases) {
        double[] values = inputs.values();
        double[] result = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = 1 / (1 + StrictMath.exp(-values[i] - biases[i % biases.length]));
        }
        return new Matrix(inputs.rows(), inputs.columns(), result);
    }

    private static double softplus(double x) {
        return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
    }
}
