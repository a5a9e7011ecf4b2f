package io.orrery.lab.claim.signal;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.compute.Computation;
import io.orrery.lab.compute.Parameter;
import io.orrery.lab.compute.Results;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.theory.signal.MeanField;
import java.util.List;
import java.util.stream.DoubleStream;

/** The correlation of two inputs in an infinitely wide network, a thousand layers deep, from a correlation that the seed draws. */
final class CorrelationRecursion implements Computation {
    static final String NAME = "correlation-recursion";

    private static final double[] LAYERS = {1, 2, 3, 5, 8, 12, 20, 30, 50, 80, 120, 200, 300, 500, 800, 1000};

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
        return "the correlation c of two inputs in an infinitely wide random network, from a correlation drawn between"
                + " -0.5 and 0.5: 1 - c layer by layer, and the exponent of its decay from layer 300 to 1000";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.whole("activation", "0 for ReLU, 1 for tanh", 0, 1),
                Parameter.real("weightVariance", "the variance of a weight times the width", 0.01, 20),
                Parameter.real("biasVariance", "the variance of a bias", 0, 5));
    }

    /** The layers at which it is read. */
    static double[] layers() {
        return LAYERS.clone();
    }

    /** The last layer. */
    static int last() {
        return (int) LAYERS[LAYERS.length - 1];
    }

    /** From this layer on the exponent is read. */
    static int from() {
        return 300;
    }

    @Override
    public Results compute(long seed, Setting setting) {
        MeanField theory = SignalPropagation.theory(setting);
        double q = theory.fixedLength(1);
        double c = -0.5 + RandomStream.of(seed, "correlation").uniform(0, 0);
        int last = last();
        double[] distance = new double[last + 1];
        distance[0] = 1 - c;
        for (int layer = 1; layer <= last; layer++) {
            c = theory.correlation(q, c);
            distance[layer] = 1 - c;
        }
        double exponent = StrictMath.log(distance[last] / distance[from()]) / StrictMath.log((double) last / from());
        return Results.none()
                .with(
                        "distance",
                        DoubleStream.of(LAYERS)
                                .map(layer -> distance[(int) layer])
                                .toArray())
                .with("last", distance[last])
                .with("exponent", exponent);
    }
}
