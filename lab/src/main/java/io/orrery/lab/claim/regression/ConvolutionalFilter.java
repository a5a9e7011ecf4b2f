package io.orrery.lab.claim.regression;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.compute.Computation;
import io.orrery.lab.compute.Parameter;
import io.orrery.lab.compute.Results;
import io.orrery.lab.compute.Setting;
import java.util.Arrays;
import java.util.List;

/**
 * A network of one convolutional filter, f(Z) = (1/k) sum_i relu(w . Z_i), learns a teacher of the same form by stochastic gradient
 * descent on (f - f*)^2 / 2, fresh examples at each step (Du, Lee and Tian 2018). Patches are alike: Z_i = sqrt(closeness) c + sqrt(1 -
 * closeness) e_i, with c and e_i standard normal. The teacher w* is the first unit vector, which is no loss, since inputs are isotropic.
 */
final class ConvolutionalFilter implements Computation {
    static final String NAME = "convolutional-filter";

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
        return "one ReLU filter learns a teacher of its own form by stochastic gradient descent: distance to the teacher after each step, the"
                + " first step at which it is below 0.01, and the last distance";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.whole("dimensions", "numbers in a patch", 1, 500),
                Parameter.whole("patches", "patches of an example", 1, 100),
                Parameter.whole("batch", "examples of a step", 1, 10_000),
                Parameter.whole("steps", "steps of descent", 1, 100_000),
                Parameter.real("closeness", "share of a patch that all patches of an example have in common", 0, 1),
                Parameter.real("rate", "learning rate", 0, 10),
                Parameter.real("later-rate", "learning rate once the distance has been below 0.5", 0, 10),
                Parameter.whole("opposed", "1: start at -w*/10 instead of in a random direction on its side", 0, 1));
    }

    @Override
    public Results compute(long seed, Setting setting) {
        int dimensions = setting.whole("dimensions");
        int steps = setting.whole("steps");
        double[] w = start(seed, dimensions, setting.whole("opposed") == 1);
        double[] distances = new double[steps + 1];
        distances[0] = distance(w);
        double hit = Double.NaN;
        boolean near = false;
        RandomStream stream = RandomStream.of(seed, "patches");
        for (int step = 0; step < steps; step++) {
            near |= distances[step] < 0.5;
            double rate = setting.get(near ? "later-rate" : "rate");
            double[] gradient = gradient(w, patches(stream, step, setting), setting);
            for (int j = 0; j < dimensions; j++) {
                w[j] -= rate * gradient[j];
            }
            distances[step + 1] = distance(w);
            if (Double.isNaN(hit) && distances[step + 1] < 0.01) {
                hit = step + 1.0;
            }
        }
        return Results.none()
                .with("distance", distances)
                .with("hit", hit)
                .with("last", distances[steps])
                .with("norm", Math.sqrt(Arrays.stream(w).map(x -> x * x).sum()));
    }

    private static double[] start(long seed, int dimensions, boolean opposed) {
        double[] w = new double[dimensions];
        if (opposed) {
            w[0] = -0.1;
            return w;
        }
        double[] drawn = RandomStream.of(seed, "start").normals(0, dimensions);
        double norm = Math.sqrt(Arrays.stream(drawn).map(x -> x * x).sum());
        double sign = drawn[0] < 0 ? -1 : 1;
        for (int j = 0; j < dimensions; j++) {
            w[j] = sign * 0.1 * drawn[j] / norm;
        }
        return w;
    }

    private static double distance(double[] w) {
        double sum = (w[0] - 1) * (w[0] - 1);
        for (int j = 1; j < w.length; j++) {
            sum += w[j] * w[j];
        }
        return Math.sqrt(sum);
    }

    /** The patches of a step, [batch, patches, dimensions]. */
    static double[] patches(RandomStream stream, long step, Setting setting) {
        int d = setting.whole("dimensions");
        int k = setting.whole("patches");
        int batch = setting.whole("batch");
        double common = Math.sqrt(setting.get("closeness"));
        double own = Math.sqrt(1 - setting.get("closeness"));
        double[] normals = stream.normals(step, batch * (k + 1) * d);
        double[] patches = new double[batch * k * d];
        for (int example = 0; example < batch; example++) {
            int shared = example * (k + 1) * d;
            for (int i = 0; i < k * d; i++) {
                patches[example * k * d + i] = common * normals[shared + i % d] + own * normals[shared + d + i];
            }
        }
        return patches;
    }

    /** The gradient of the mean over a batch of (f - f*)^2 / 2: (f - f*) times the mean over patches of those with w . Z_i above 0. */
    static double[] gradient(double[] w, double[] patches, Setting setting) {
        int d = w.length;
        int k = setting.whole("patches");
        int batch = patches.length / (k * d);
        double[] gradient = new double[d];
        double[] active = new double[d];
        for (int example = 0; example < batch; example++) {
            Arrays.fill(active, 0);
            double error = 0;
            for (int i = 0; i < k; i++) {
                int from = (example * k + i) * d;
                double sum = 0;
                for (int j = 0; j < d; j++) {
                    sum += w[j] * patches[from + j];
                }
                if (sum > 0) {
                    error += sum / k;
                    for (int j = 0; j < d; j++) {
                        active[j] += patches[from + j] / k;
                    }
                }
                error -= Math.max(patches[from], 0) / k;
            }
            for (int j = 0; j < d; j++) {
                gradient[j] += error * active[j] / batch;
            }
        }
        return gradient;
    }
}
