package io.orrery.lab.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.random.RandomStream;
import io.orrery.engine.state.State;
import io.orrery.lab.UserError;
import io.orrery.lab.file.Tensor;
import io.orrery.lab.model.ModelSpec.Normalization;
import io.orrery.lab.train.TestSpec;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PyTorchWeightsTest {
    private static Network network(Normalization normalization) {
        TestSpec spec = new TestSpec();
        spec.architecture = new Mlp(List.of(5, 4));
        spec.normalization = normalization;
        spec.initialRho = 3;
        return Network.of(spec.model(), Shape.of(6), 2);
    }

    @ParameterizedTest
    @EnumSource(Normalization.class)
    void whatIsWrittenPlainGivesTheSameOutputsWhenRead(Normalization normalization, @TempDir Path folder) {
        Network network = network(normalization);
        State state = NetworkTest.state(network, 5);
        Path file = folder.resolve("weights.safetensors");
        PyTorchWeights.plain(network, state).write(file);
        double[] inputs = RandomStream.of(1, "x").normals(0, 18);
        double[] expected = NetworkTest.outputs(network, state, inputs, 3);
        State again = NetworkTest.state(network, 6);
        PyTorchWeights.read(network, file, "model.weights").forEach(again::write);
        assertThat(NetworkTest.outputs(network, again, inputs, 3))
                .usingComparatorWithPrecision(1e-12)
                .containsExactly(expected);
        if (normalization == Normalization.FROBENIUS) {
            assertThat(again.read("rho")[0]).isCloseTo(3, within(1e-12));
        }
    }

    @Test
    void missingExtraAndMisshapenArraysAreNamed() {
        Network network = network(Normalization.NONE);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("layers.0.weight", tensor(5, 6));
        tensors.put("layers.1.weight", tensor(4, 5));
        tensors.put("layer.2.weight", tensor(2, 4));
        assertThatThrownBy(() -> PyTorchWeights.of(network, tensors, "file", "model.weights"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("holds layer.2.weight")
                .hasMessageContaining("did you mean 'layers.2.weight'");
        tensors.remove("layer.2.weight");
        assertThatThrownBy(() -> PyTorchWeights.of(network, tensors, "file", "model.weights"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("has no layers.2.weight [2, 4]");
        tensors.put("layers.2.weight", tensor(4, 2));
        assertThatThrownBy(() -> PyTorchWeights.of(network, tensors, "file", "model.weights"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("F64 [4, 2], the network needs [2, 4]");
    }

    @Test
    void aUnitWithoutDirectionIsRefusedUnderWeightNormalization() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        double[] first = RandomStream.of(1, "w").normals(0, 30);
        java.util.Arrays.fill(first, 12, 18, 0);
        tensors.put("layers.0.weight", Tensor.of(List.of(5L, 6L), first, 0, 30));
        tensors.put("layers.1.weight", tensor(4, 5));
        tensors.put("layers.2.weight", tensor(2, 4));
        assertThatThrownBy(() -> PyTorchWeights.of(network(Normalization.WEIGHT), tensors, "file", "model.weights"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("row 2 of layers.0.weight is zero");
    }

    private static Tensor tensor(int rows, int columns) {
        return Tensor.of(List.of((long) rows, (long) columns), new double[rows * columns], 0, rows * columns);
    }
}
