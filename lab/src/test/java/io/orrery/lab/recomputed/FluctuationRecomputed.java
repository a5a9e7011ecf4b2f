package io.orrery.lab.recomputed;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.data.set.SplitName;
import java.util.ArrayList;
import java.util.List;

/** The outputs of sixteen examples, and weights along eight directions. */
final class FluctuationRecomputed implements Recomputation {
    @Override
    public String instrument() {
        return "fluctuation";
    }

    @Override
    public void expect(Moment moment, Expected expected) {
        double[][] outputs = moment.probe(SplitName.TRAIN).orElseThrow().outputs();
        List<Double> first = new ArrayList<>();
        for (int example = 0; example < 16 && example < outputs.length; example++) {
            for (double output : outputs[example]) {
                first.add(output);
            }
        }
        expected.leftover(
                "outputs",
                "",
                "train",
                1,
                first.stream().mapToDouble(Double::doubleValue).toArray());
        for (PlainNetwork.Weighted layer : moment.layers) {
            double[] along = new double[8];
            RandomStream stream = RandomStream.of(moment.seed, "instrument/fluctuation/" + layer.name());
            for (int direction = 0; direction < along.length; direction++) {
                int place = 0;
                for (double[] row : layer.rows()) {
                    for (double weight : row) {
                        along[direction] += stream.normal(direction, place++) * weight;
                    }
                }
            }
            double size = PlainAlgebra.norm(layer.rows());
            expected.leftover("directions", layer.name(), "", size, along);
            expected.number("size", layer.name(), "", size);
        }
    }
}
