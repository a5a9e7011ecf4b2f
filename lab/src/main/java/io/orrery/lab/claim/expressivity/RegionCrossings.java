package io.orrery.lab.claim.expressivity;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.compute.Computation;
import io.orrery.lab.compute.DenseNetwork;
import io.orrery.lab.compute.Parameter;
import io.orrery.lab.compute.Results;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.math.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Counts where a curve of inputs crosses the boundaries of linear regions of small ReLU networks, random and while they are trained. */
final class RegionCrossings implements Computation {
    static final String NAME = "region-crossings";

    private static final int POINTS = 2000;
    private static final int EXAMPLES = 100;
    private static final double MOMENTUM = 0.9;
    private static final int LOOKS = 10;

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
        return "small ReLU networks of inputs in the plane: how often a hidden unit changes its sign along a curve of 2000 points, layer by"
                + " layer and for either half of the curve, means over units and networks, at the start and while they learn"
                + " sin(2 s) for s from 0 to 2 pi along the curve, by gradient descent with momentum";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.whole("curve", "0 for a circle, 1 for a tractrix, 2 for a segment, 3 for a ray from 0", 0, 3),
                Parameter.real("size", "what the curve's distances are multiplied with", 1e-3, 1000),
                Parameter.whole("layers", "the number of hidden layers", 1, 20),
                Parameter.whole("width", "the number of units of each", 1, 1000),
                Parameter.real("bias", "the standard deviation of the biases", 0, 10),
                Parameter.whole("networks", "the number of networks that are averaged", 1, 10_000),
                Parameter.whole("steps", "the number of steps of training, 0 for none", 0, 100_000),
                Parameter.real("rate", "the learning rate", 1e-6, 10));
    }

    /** The curve of a setting. */
    static PlaneCurve curve(Setting setting) {
        return new PlaneCurve(PlaneCurve.Shape.values()[setting.whole("curve")], setting.get("size"));
    }

    /** The steps at which a trained network is looked at, from 0 to the last, evenly spaced. */
    static int[] looks(Setting setting) {
        int steps = setting.whole("steps");
        return IntStream.rangeClosed(0, LOOKS)
                .map(look -> steps * look / LOOKS)
                .distinct()
                .toArray();
    }

    @Override
    public Results compute(long seed, Setting setting) {
        PlaneCurve curve = curve(setting);
        int layers = setting.whole("layers");
        int networks = setting.whole("networks");
        int[] widths = new int[layers + 2];
        Arrays.fill(widths, setting.whole("width"));
        widths[0] = 2;
        widths[layers + 1] = 1;
        Matrix along = points(curve, POINTS);
        Matrix examples = points(curve, EXAMPLES);
        Matrix targets = targets();
        int[] looks = looks(setting);
        double[] byLayer = new double[layers];
        double[] halves = new double[2];
        double[] course = new double[looks.length];
        double[] losses = new double[looks.length];
        for (int network = 0; network < networks; network++) {
            DenseNetwork net = new DenseNetwork(
                    RandomStream.of(seed, "network " + network),
                    DenseNetwork.Activation.RELU,
                    2,
                    setting.get("bias"),
                    widths);
            int step = 0;
            for (int look = 0; look < looks.length; look++) {
                for (; step < looks[look]; step++) {
                    net.descend(examples, targets, setting.get("rate"), MOMENTUM);
                }
                double[][] counted = count(net, along, curve.isClosed());
                for (double[] layer : counted) {
                    course[look] += (layer[0] + layer[1]) / layers / networks;
                }
                losses[look] += net.descend(examples, targets, 0, 0) / networks;
                if (look == looks.length - 1) {
                    for (int layer = 0; layer < layers; layer++) {
                        byLayer[layer] += (counted[layer][0] + counted[layer][1]) / networks;
                        halves[0] += counted[layer][0] / layers / networks;
                        halves[1] += counted[layer][1] / layers / networks;
                    }
                }
            }
        }
        return Results.none()
                .with("crossings", byLayer)
                .with("halves", halves)
                .with("course", course)
                .with("loss", losses);
    }

    /** Points of a curve, evenly in its parameter, one per row; of a closed one without the end. */
    static Matrix points(PlaneCurve curve, int count) {
        double[] values = new double[2 * count];
        double step = (curve.to() - curve.from()) / (curve.isClosed() ? count : count - 1);
        for (int row = 0; row < count; row++) {
            double[] point = curve.point(curve.from() + row * step);
            values[2 * row] = point[0];
            values[2 * row + 1] = point[1];
        }
        return new Matrix(count, 2, values);
    }

    private static Matrix targets() {
        double[] values = new double[EXAMPLES];
        for (int row = 0; row < EXAMPLES; row++) {
            values[row] = StrictMath.sin(4 * StrictMath.PI * row / EXAMPLES);
        }
        return new Matrix(EXAMPLES, 1, values);
    }

    /** Changes of sign of a unit along the curve's first and second half, the mean over the units of each hidden layer. */
    static double[][] count(DenseNetwork network, Matrix along, boolean closed) {
        List<Matrix> hidden = new ArrayList<>(network.sums(along));
        hidden.removeLast();
        int points = along.rows();
        double[][] counted = new double[hidden.size()][2];
        for (int layer = 0; layer < counted.length; layer++) {
            Matrix sums = hidden.get(layer);
            for (int row = 0; row < (closed ? points : points - 1); row++) {
                int next = (row + 1) % points;
                for (int unit = 0; unit < sums.columns(); unit++) {
                    boolean changes = sums.at(row, unit) > 0 != sums.at(next, unit) > 0;
                    counted[layer][2 * row / points] += changes ? 1.0 / sums.columns() : 0;
                }
            }
        }
        return counted;
    }
}
