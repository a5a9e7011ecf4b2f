package io.orrery.lab.recomputed;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.data.set.SplitName;
import java.util.Arrays;

/** The gradient over the probe and its variance across batches, from every example's own gradient. */
final class GradientRecomputed implements Recomputation {
    private static final int MOST = 16;

    @Override
    public String instrument() {
        return "gradient";
    }

    @Override
    public void expect(Moment moment, Expected expected) {
        int[] probe = moment.probeRows(SplitName.TRAIN);
        double[] mean = mean(moment, probe);
        double size = PlainAlgebra.norm(mean);
        expected.leftover("norm", "", "", size, PlainAlgebra.norm(PlainAlgebra.sum(mean, 1, moment.decayGradient())));
        for (PlainNetwork.Weighted layer : moment.layers) {
            expected.leftover(
                    "data-norm", layer.name(), "", size, PlainAlgebra.norm(layerGradient(moment, layer, probe)));
        }
        int examples = moment.data.train().count();
        int batch = Math.min(moment.spec.data().batchSize(), examples);
        int batches = Math.min(MOST, examples / batch);
        if (batches < 2) {
            expected.number("batches", 0);
            expected.number("batch-variance", 0);
            return;
        }
        int[] order = RandomStream.of(moment.seed, "instrument/gradient").permutation(0, examples);
        double[][] gradients = new double[batches][];
        for (int i = 0; i < batches; i++) {
            gradients[i] = mean(moment, Arrays.copyOfRange(order, i * batch, (i + 1) * batch));
        }
        double[] centre = PlainAlgebra.meanRow(gradients);
        double sum = 0;
        for (double[] gradient : gradients) {
            double distance = PlainAlgebra.norm(PlainAlgebra.sum(gradient, -1, centre));
            sum += distance * distance;
        }
        // Two disjoint batches have covariance -V B / (N - B), so the sample variance has mean V N / (N - B).
        double unbiased = sum / (batches - 1) * (examples - batch) / examples;
        expected.number("batches", batches);
        expected.leftover("batch-variance", "", "", size * size, unbiased);
    }

    /** The data loss's mean gradient along a layer's weights as the network uses them. */
    static double[] layerGradient(Moment moment, PlainNetwork.Weighted layer, int[] rows) {
        int count = layer.rows().length * layer.rows()[0].length;
        String weight = layer.name() + ".weight";
        String along = moment.now.has(weight) ? weight : PlainNetwork.USED + layer.name();
        double[] sum = new double[count];
        for (int row : rows) {
            sum = PlainAlgebra.sum(sum, 1.0 / rows.length, moment.gradient(along, count, row));
        }
        return moment.tangent(weight, sum);
    }

    static double[] mean(Moment moment, int[] rows) {
        double[] sum = moment.gradient(rows[0]);
        for (int i = 1; i < rows.length; i++) {
            sum = PlainAlgebra.sum(sum, 1, moment.gradient(rows[i]));
        }
        return PlainAlgebra.scaled(1.0 / rows.length, new double[][] {sum})[0];
    }
}
