package io.orrery.lab.recomputed;

import java.util.ArrayList;
import java.util.List;

/** ||W - W_0|| / ||W_0|| and the cosine of W and W_0, per layer and of all layers as one vector. */
final class DistanceRecomputed implements Recomputation {
    @Override
    public String instrument() {
        return "distance";
    }

    @Override
    public void expect(Moment moment, Expected expected) {
        List<double[]> now = new ArrayList<>();
        List<double[]> start = new ArrayList<>();
        for (int k = 0; k < moment.layers.size(); k++) {
            double[][] rows = moment.layers.get(k).rows();
            double[][] initial = moment.initialLayers.get(k).rows();
            compare(expected, moment.layers.get(k).name(), rows, initial);
            now.addAll(List.of(rows));
            start.addAll(List.of(initial));
        }
        compare(expected, "", now.toArray(double[][]::new), start.toArray(double[][]::new));
    }

    private static void compare(Expected expected, String layer, double[][] now, double[][] start) {
        expected.leftover(
                "relative",
                layer,
                "",
                1,
                PlainAlgebra.norm(PlainAlgebra.sum(now, -1, start)) / PlainAlgebra.norm(start));
        expected.leftover(
                "cosine",
                layer,
                "",
                1,
                PlainAlgebra.inner(now, start) / (PlainAlgebra.norm(now) * PlainAlgebra.norm(start)));
    }
}
