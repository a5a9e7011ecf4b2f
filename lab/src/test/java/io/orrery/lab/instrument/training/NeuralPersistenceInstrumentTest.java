package io.orrery.lab.instrument.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.instrument.Sight;
import io.orrery.lab.instrument.Sight.Found;
import io.orrery.lab.instrument.Specs;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.model.WeightLayer;
import io.orrery.lab.observe.Observation.LayerWeights;
import io.orrery.lab.observe.Observation.Probe;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class NeuralPersistenceInstrumentTest {
    private static Found read(LayerWeights... layers) {
        Matrix outputs = new Matrix(1, 2, new double[] {1, 0.5});
        return Sight.read(
                new NeuralPersistenceInstrument(),
                Sight.of(
                        Specs.plain(),
                        2,
                        List.of(layers),
                        new Probe(new int[] {0}, outputs, List.of(), outputs, true, 1)));
    }

    private static LayerWeights layer(String name, int rows, int columns, double... weights) {
        return new LayerWeights(
                name,
                new Matrix(rows, columns, weights),
                WeightLayer.Kind.DENSE,
                1,
                1,
                new double[0],
                Optional.empty());
    }

    private static double normalized(LayerWeights layer) {
        return read(layer).get("neural-persistence.normalized/" + layer.name()).getFirst();
    }

    /** Of the sizes 1, 0.5, 0.25 and 0.75 the three largest join all four vertices: lives 0, 0.5, 0.25. The other layer's are 0.5, 1. */
    @Test
    void twoLayersByHand() {
        Found found = read(layer("layers.0", 2, 2, 4, -2, 1, 3), layer("layers.1", 1, 2, -2, 0));

        assertThat(found.get("neural-persistence.normalized/layers.0").getFirst())
                .isCloseTo(Math.sqrt(0.3125 / 3), within(1e-15));
        assertThat(found.get("neural-persistence.with-unpaired/layers.0").getFirst())
                .isCloseTo(Math.sqrt(1.3125 / 3), within(1e-15));
        assertThat(found.get("neural-persistence.normalized/layers.1").getFirst())
                .isCloseTo(Math.sqrt(1.25 / 2), within(1e-15));
        assertThat(found.get("neural-persistence.normalized").getFirst())
                .isCloseTo((Math.sqrt(0.3125 / 3) + Math.sqrt(1.25 / 2)) / 2, within(1e-15));
        assertThat(found.get("neural-persistence.weight-variance/layers.1").getFirst())
                .isCloseTo(0.0625, within(1e-15));
    }

    /** The four largest weights are a cycle, whose smallest, 0.7, ends nothing; the third input waits for 0.2. */
    @Test
    void anEdgeWithinAPartEndsNothing() {
        assertThat(normalized(layer("layers.0", 2, 3, 1, 0.9, 0.1, 0.8, 0.7, 0.2)))
                .isCloseTo(Math.sqrt((0.01 + 0.04 + 0.64) / 4), within(1e-15));
    }

    @Test
    void equalWeightsHaveNoneAndOneThatStandsOutAllButItself() {
        assertThat(normalized(layer("layers.0", 3, 2, 2, -2, 2, 2, -2, 2))).isZero();
        assertThat(normalized(layer("layers.0", 1, 5, 0, 0, -7, 0, 0))).isCloseTo(Math.sqrt(0.8), within(1e-15));
    }

    @Test
    void aNetworkOfZerosHasNoNumber() {
        assertThat(normalized(layer("layers.0", 1, 2, 0, 0))).isNaN();
    }

    @Test
    void scaleSignAndOrderOfUnitsDoNotMatter() {
        double[] weights = RandomStream.of(1, "weights").normals(0, 12);
        double[] turned = new double[12];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 4; j++) {
                turned[(2 - i) * 4 + (j + 1) % 4] = -3 * weights[i * 4 + j];
            }
        }
        assertThat(normalized(layer("layers.0", 3, 4, turned)))
                .isCloseTo(normalized(layer("layers.0", 3, 4, weights)), within(1e-14));
    }

    /** Of all sets of five edges that join all six vertices the one with the largest sum. */
    @Test
    void theTreeIsTheBestOfAllTrees() {
        for (int draw = 0; draw < 5; draw++) {
            double[] weights = RandomStream.of(2, "weights").normals(draw, 9);
            double largest = 0;
            for (double weight : weights) {
                largest = Math.max(largest, Math.abs(weight));
            }
            double best = -1;
            double lives = 0;
            for (int set = 0; set < 1 << 9; set++) {
                if (Integer.bitCount(set) == 5 && joinsAll(set)) {
                    double sum = 0;
                    double squares = 0;
                    for (int edge = 0; edge < 9; edge++) {
                        if ((set >> edge & 1) == 1) {
                            double size = Math.abs(weights[edge]) / largest;
                            sum += size;
                            squares += (1 - size) * (1 - size);
                        }
                    }
                    if (sum > best) {
                        best = sum;
                        lives = squares;
                    }
                }
            }
            assertThat(normalized(layer("layers.0", 3, 3, weights))).isCloseTo(Math.sqrt(lives / 5), within(1e-14));
        }
    }

    private static boolean joinsAll(int set) {
        int[] part = {0, 1, 2, 3, 4, 5};
        for (int edge = 0; edge < 9; edge++) {
            if ((set >> edge & 1) == 1) {
                int from = part[edge / 3];
                int to = part[3 + edge % 3];
                for (int vertex = 0; vertex < 6; vertex++) {
                    part[vertex] = part[vertex] == from ? to : part[vertex];
                }
            }
        }
        for (int vertex = 1; vertex < 6; vertex++) {
            if (part[vertex] != part[0]) {
                return false;
            }
        }
        return true;
    }
}
