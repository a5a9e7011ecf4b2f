package io.orrery.lab.claim.signal;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.compute.Computation;
import io.orrery.lab.compute.Parameter;
import io.orrery.lab.compute.Results;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.theory.signal.MeanField;
import io.orrery.lab.theory.signal.PointwiseFunction;
import java.util.List;

/**
 * The variance K_l of a layer's preactivations, given the layers before it, of one input in many random networks:
 * K_(l+1) = biasVariance + weightVariance times the mean of phi(z)^2 over units. Given K_l the z are independent normal
 * numbers with that variance, so no weights need be drawn.
 */
final class LengthFluctuation implements Computation {
    static final String NAME = "length-fluctuation";

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
        return "the variance of the preactivations of one input, layer by layer, in many random networks of finite width: its mean,"
                + " and its mean square over its squared mean";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.whole("activation", "0 for ReLU, 1 for tanh, 2 for sine, 3 for GELU", 0, 3),
                Parameter.real("weightVariance", "the variance of a weight times the width", 0.01, 20),
                Parameter.real("biasVariance", "the variance of a bias", 0, 5),
                Parameter.real("start", "the variance of the first layer's preactivations", 1e-6, 100),
                Parameter.whole("width", "the number of units of a layer", 2, 10_000),
                Parameter.whole("depth", "the number of layers", 1, 200),
                Parameter.whole("draws", "the number of networks", 2, 100_000));
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
        int depth = setting.whole("depth");
        int draws = setting.whole("draws");
        double[] mean = new double[depth + 1];
        double[] square = new double[depth + 1];
        for (int draw = 0; draw < draws; draw++) {
            double[] variances = variances(seed, draw, setting);
            for (int layer = 0; layer <= depth; layer++) {
                mean[layer] += variances[layer] / draws;
                square[layer] += variances[layer] * variances[layer] / draws;
            }
        }
        double[] ratio = new double[depth + 1];
        for (int layer = 0; layer <= depth; layer++) {
            ratio[layer] = square[layer] / (mean[layer] * mean[layer]);
        }
        return Results.none().with("mean", mean).with("ratio", ratio);
    }

    /** K_0 to K_depth of one network. */
    static double[] variances(long seed, int draw, Setting setting) {
        MeanField theory = theory(setting);
        int width = setting.whole("width");
        int depth = setting.whole("depth");
        double[] variances = new double[depth + 1];
        variances[0] = setting.get("start");
        double[] units = RandomStream.of(seed, "units").normals(draw, Math.multiplyExact(width, depth));
        for (int layer = 1; layer <= depth; layer++) {
            double deviation = Math.sqrt(variances[layer - 1]);
            double sum = 0;
            for (int unit = (layer - 1) * width; unit < layer * width; unit++) {
                double active = theory.function().value(deviation * units[unit]);
                sum += active * active;
            }
            variances[layer] = theory.biasVariance() + theory.weightVariance() * sum / width;
        }
        return variances;
    }
}
