package io.orrery.lab.claim.landscape;

import io.orrery.lab.UserError;
import io.orrery.lab.examine.Examined;
import io.orrery.lab.model.Mlp;
import io.orrery.lab.model.ModelSpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The hidden units of a network of one hidden layer: what comes in to each, and what goes out of it. All methods give copies.
 *
 * @param in weights [unit][input]
 * @param inBias [unit]; empty without biases
 * @param out weights [output][unit]
 * @param outBias [output]; empty without biases
 */
record HiddenUnits(double[] in, double[] inBias, double[] out, double[] outBias, int count) {
    private static final String IN = "layers.0.weight";
    private static final String IN_BIAS = "layers.0.bias";
    private static final String OUT = "layers.1.weight";
    private static final String OUT_BIAS = "layers.1.bias";

    /**
     * Those of a network.
     *
     * @throws UserError if it has not one hidden layer of dense units without normalization
     */
    static HiddenUnits of(Examined examined) {
        if (!(examined.spec().model().architecture() instanceof Mlp)
                || examined.spec().model().normalization() != ModelSpec.Normalization.NONE
                || examined.network().layers().size() != 2) {
            throw new UserError(
                    "model.kind, model.widths, model.normalization: expected one hidden layer of dense units (mlp)"
                            + " without normalization, whose units can be removed; found "
                            + examined.network().layers().size() + " weight layers, "
                            + examined.spec().model().architecture() + "; leave them as they are");
        }
        Map<String, double[]> arrays = examined.arrays();
        double[] none = new double[0];
        return new HiddenUnits(
                arrays.getOrDefault(IN, none),
                arrays.getOrDefault(IN_BIAS, none),
                arrays.getOrDefault(OUT, none),
                arrays.getOrDefault(OUT_BIAS, none),
                examined.network().layers().getFirst().rows());
    }

    /** As arrays of the network. */
    Map<String, double[]> arrays() {
        Map<String, double[]> arrays = new LinkedHashMap<>();
        arrays.put(IN, in);
        arrays.put(OUT, out);
        if (inBias.length > 0) {
            arrays.put(IN_BIAS, inBias);
        }
        if (outBias.length > 0) {
            arrays.put(OUT_BIAS, outBias);
        }
        return arrays;
    }

    /** The same network with some units silenced and what goes out of the others multiplied. */
    HiddenUnits left(int[] units, double factor) {
        return withOut(this, units, units, factor);
    }

    /** The same with what comes in to some units taken from units of another network. */
    HiddenUnits withIn(HiddenUnits other, int[] places, int[] from) {
        double[] weights = in.clone();
        double[] biases = inBias.clone();
        int inputs = in.length / count;
        for (int i = 0; i < places.length; i++) {
            System.arraycopy(other.in, from[i] * inputs, weights, places[i] * inputs, inputs);
            if (biases.length > 0) {
                biases[places[i]] = other.inBias[from[i]];
            }
        }
        return new HiddenUnits(weights, biases, out, outBias, count);
    }

    /** The same with what goes out of some units taken from units of another network, times a factor, and nothing out of the rest. */
    HiddenUnits withOut(HiddenUnits other, int[] places, int[] from, double factor) {
        double[] weights = new double[out.length];
        for (int row = 0; row < out.length; row += count) {
            for (int i = 0; i < places.length; i++) {
                weights[row + places[i]] = factor * other.out[row + from[i]];
            }
        }
        return new HiddenUnits(in, inBias, weights, other.outBias, count);
    }

    /** The place on the straight line to another network. */
    HiddenUnits towards(HiddenUnits end, double share) {
        return new HiddenUnits(
                mixed(in, end.in, share),
                mixed(inBias, end.inBias, share),
                mixed(out, end.out, share),
                mixed(outBias, end.outBias, share),
                count);
    }

    private static double[] mixed(double[] from, double[] to, double share) {
        double[] at = new double[from.length];
        Arrays.setAll(at, i -> (1 - share) * from[i] + share * to[i]);
        return at;
    }
}
