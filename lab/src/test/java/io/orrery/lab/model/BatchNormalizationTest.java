package io.orrery.lab.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.graph.Draw;
import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.state.State;
import io.orrery.engine.worker.Workers;
import io.orrery.lab.data.DataSpec;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.run.Trainer;
import io.orrery.lab.train.TestSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BatchNormalizationTest {
    private static final int COUNT = 10;
    private static final int INPUTS = 4;
    private static final int UNITS = 3;

    @Test
    void runningStatisticsFollowPyTorchsConvention() {
        TestSpec spec = new TestSpec();
        spec.architecture = new Mlp(List.of(UNITS));
        spec.normalization = ModelSpec.Normalization.BATCH;
        spec.order = DataSpec.Order.FULL;
        spec.learningRate = 0;
        Dataset data = TestSpec.clusters(2, COUNT, Shape.of(INPUTS), 0.5, 3);
        Trainer trainer = new Trainer(spec.build(), 1, data, List.of(), Workers.single());
        trainer.advance();
        trainer.advance();
        State state = trainer.state();
        double[] weight = state.read("layers.0.weight");
        for (int unit = 0; unit < UNITS; unit++) {
            double[] values = new double[COUNT];
            double mean = 0;
            for (int n = 0; n < COUNT; n++) {
                for (int j = 0; j < INPUTS; j++) {
                    values[n] +=
                            weight[unit * INPUTS + j] * data.train().inputs().get(n * INPUTS + j);
                }
                mean += values[n] / COUNT;
            }
            double unbiased = 0;
            for (double value : values) {
                unbiased += (value - mean) * (value - mean) / (COUNT - 1);
            }
            // Two updates of running = 0.9 old + 0.1 new from 0 and 1.
            assertThat(state.read("layers.0.norm.running_mean")[unit]).isCloseTo(0.19 * mean, within(1e-12));
            assertThat(state.read("layers.0.norm.running_var")[unit]).isCloseTo(0.81 + 0.19 * unbiased, within(1e-12));
        }
    }

    @Test
    void evaluationUsesTheRunningStatistics() {
        TestSpec spec = new TestSpec();
        spec.architecture = new Mlp(List.of(2));
        spec.normalization = ModelSpec.Normalization.BATCH;
        Network network = Network.of(spec.model(), Shape.of(2), 1);
        State state = NetworkTest.state(network, 1);
        state.write("layers.0.weight", new double[] {1, 0, 0, 1});
        state.write("layers.0.norm.weight", new double[] {2, 3});
        state.write("layers.0.norm.bias", new double[] {0.5, 0.25});
        state.write("layers.0.norm.running_mean", new double[] {1, -1});
        state.write("layers.0.norm.running_var", new double[] {4 - 1e-5, 1 - 1e-5});
        state.write("layers.1.weight", new double[] {1, 10});
        // (5 - 1) / 2 * 2 + 0.5 = 4.5 and (1 + 1) / 1 * 3 + 0.25 = 6.25.
        assertThat(NetworkTest.outputs(network, state, new double[] {5, 1}, 1)[0])
                .isCloseTo(4.5 + 62.5, within(1e-12));
    }

    @Test
    void dropoutIsOffInEvaluation() {
        TestSpec spec = new TestSpec();
        spec.dropout = 0.5;
        Network network = Network.of(spec.model(), Shape.of(2), 1);
        Graph graph = new Graph(Precision.DOUBLE);
        network.evaluate(graph, network.read(graph), graph.input("x", Shape.of(3, 2)));
        assertThat(graph.nodes()).noneMatch(node -> node.operation() instanceof Draw);
        network.train(
                graph, network.read(graph), graph.input("y", Shape.of(3, 2)), graph.indexInput("step", Shape.SCALAR));
        assertThat(graph.nodes()).anyMatch(node -> node.operation() instanceof Draw);
    }
}
