package io.orrery.engine.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.device.cpu.Cpu;
import io.orrery.engine.graph.Composites;
import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.graph.ShapeException;
import io.orrery.engine.plan.Execution;
import io.orrery.engine.plan.compile.Compiler;
import io.orrery.engine.state.State;
import io.orrery.engine.state.StateLayout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class CompositesTest {
    private static final double[] POINTS = {-800, -30, -2.5, -0.7, -1e-3, 0, 1e-3, 0.4, 1.9, 30, 800};

    @Test
    void softplusIsTheLogarithmOfOnePlusTheExponential() {
        requireEqual(Composites::softplus, x -> x > 700 ? x : Math.log1p(Math.exp(x)));
    }

    @Test
    void geluIsTheIntegralOfTheNormalDensityTimesTheArgument() {
        // Phi by Simpson's rule over the density.
        requireEqual(Composites::gelu, x -> x * normalDistribution(x));
    }

    @Test
    void leakyReluHasTwoSlopes() {
        requireEqual(x -> Composites.leakyRelu(x, 0.1), x -> x > 0 ? x : 0.1 * x);
    }

    @Test
    void derivativesAtZeroAreThoseOfTheSmoothFunctions() {
        Graph graph = new Graph(Precision.DOUBLE);
        Node x = graph.input("x", Shape.of(1));
        graph.output(
                "softplus",
                Gradient.of(Composites.softplus(x).sum(), List.of(x)).getFirst());
        graph.output(
                "leaky",
                Gradient.of(Composites.leakyRelu(x, 0.1).sum(), List.of(x)).getFirst());
        Execution execution = bind(graph);
        execution.set("x", 0);
        execution.run();
        assertThat(execution.read("softplus")).containsExactly(0.5);
        assertThat(execution.read("leaky")).containsExactly(0.1);
    }

    @Test
    void softmaxAndItsCrossEntropyAgreeWithTheDefinition() {
        double[][] logits = {{0.3, -1.2, 2}, {-5, 7, 7}};
        double[][] target = {{0, 1, 0}, {0.25, 0.25, 0.5}};
        Graph graph = new Graph(Precision.DOUBLE);
        Node x = graph.input("x", Shape.of(2, 3));
        graph.output("softmax", Composites.softmax(x));
        graph.output("log-sum-exp", Composites.logSumExp(x));
        graph.output("loss", Composites.softmaxCrossEntropy(x, graph.input("target", Shape.of(2, 3))));
        Execution execution = bind(graph);
        execution.set("x", flat(logits));
        execution.set("target", flat(target));
        execution.run();
        for (int i = 0; i < 2; i++) {
            double sum = 0;
            for (double logit : logits[i]) {
                sum += Math.exp(logit);
            }
            double loss = 0;
            for (int j = 0; j < 3; j++) {
                double probability = Math.exp(logits[i][j]) / sum;
                loss -= target[i][j] * Math.log(probability);
                assertThat(execution.read("softmax")[3 * i + j]).isCloseTo(probability, within(1e-15));
            }
            assertThat(execution.read("log-sum-exp")[i]).isCloseTo(Math.log(sum), within(1e-14));
            assertThat(execution.read("loss")[i]).isCloseTo(loss, within(1e-14));
        }
    }

    @Test
    void hugeLogitsNeitherOverflowNorCancel() {
        Graph graph = new Graph(Precision.SINGLE);
        Node x = graph.input("x", Shape.of(1, 3));
        Node target = graph.constant(Shape.of(1, 3), 1, 0, 0);
        Node loss = Composites.softmaxCrossEntropy(x, target);
        graph.output("loss", loss);
        graph.output("gradient", Gradient.of(loss.sum(), List.of(x)).getFirst());
        Execution execution = bind(graph);
        execution.set("x", 3e30, -3e30, 3e30);
        execution.run();
        assertThat(execution.read("loss")[0]).isCloseTo(Math.log(2), within(1e-7));
        assertThat(execution.read("gradient")).containsExactly(-0.5, 0, 0.5);
    }

    @Test
    void batchNormalizationCentresAndScalesEachChannel() {
        double[] values = {1, 10, 2, 20, 6, 60};
        Graph graph = new Graph(Precision.DOUBLE);
        Node x = graph.input("x", Shape.of(3, 2));
        Composites.Normalized normal = Composites.batchNormalization(x, 1e-5);
        graph.output("normalized", normal.normalized());
        graph.output("mean", normal.mean());
        graph.output("variance", normal.variance());
        // The same numbers as an image with one row: [1, 2, 1, 3].
        Composites.Normalized image =
                Composites.batchNormalization(x.permute(1, 0).reshape(1, 2, 1, 3), 1e-5);
        graph.output("image", image.normalized().reshape(2, 3).permute(1, 0));
        Execution execution = bind(graph);
        execution.set("x", values);
        execution.run();
        // By hand: means 3 and 30; variances (4 + 1 + 9) / 3 and a hundred times that.
        assertThat(execution.read("mean")).containsExactly(new double[] {3, 30}, within(1e-14));
        assertThat(execution.read("variance")).containsExactly(new double[] {14 / 3.0, 1400 / 3.0}, within(1e-12));
        double small = Math.sqrt(14 / 3.0 + 1e-5);
        double large = Math.sqrt(1400 / 3.0 + 1e-5);
        double[] expected = {-2 / small, -20 / large, -1 / small, -10 / large, 3 / small, 30 / large};
        assertThat(execution.read("normalized")).containsExactly(expected, within(1e-14));
        assertThat(execution.read("image")).containsExactly(expected, within(1e-14));
    }

    @Test
    void batchNormalizationRefusesOtherShapes() {
        Graph graph = new Graph(Precision.DOUBLE);
        Node x = graph.input("x", Shape.of(3));
        assertThatThrownBy(() -> Composites.batchNormalization(x, 1e-5))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("expected [batch, channels] or [batch, channels, height, width], found [3]");
    }

    @Test
    void derivativesAgreeWithDifferences() {
        DerivativeCheck.of(x -> Composites.softplus(x.getFirst())).operand(9).agrees();
        DerivativeCheck.of(x -> Composites.gelu(x.getFirst())).operand(9).agrees();
        DerivativeCheck.of(x -> Composites.leakyRelu(x.getFirst(), 0.1).square())
                .operand(9)
                .agrees();
        DerivativeCheck.of(x -> Composites.logSumExp(x.getFirst()))
                .operand(3, 4)
                .agrees();
        DerivativeCheck.of(x -> Composites.softmax(x.getFirst())).operand(3, 4).agrees();
        DerivativeCheck.of(x -> Composites.softmaxCrossEntropy(
                        x.getFirst(), x.getFirst().graph().constant(Shape.of(2, 3), 0, 0.5, 0.5, 1, 0, 0)))
                .operand(2, 3)
                .agrees();
        DerivativeCheck.of(
                        x -> Composites.batchNormalization(x.getFirst(), 1e-2).normalized())
                .operand(4, 3)
                .agrees();
        DerivativeCheck.of(
                        x -> Composites.batchNormalization(x.getFirst(), 1e-2).normalized())
                .operand(2, 3, 2, 2)
                .agrees();
    }

    @Test
    void perExampleNormsAreThoseOfTheOuterProducts() {
        Graph graph = new Graph(Precision.DOUBLE);
        Node inputs = graph.constant(Shape.of(2, 2), 1, 2, 3, 4);
        Node gradients = graph.constant(Shape.of(2, 3), 1, 1, 1, 0, 2, 1);
        graph.output("weights", PerExample.squaredNorms(inputs, gradients));
        graph.output("both", PerExample.squaredNormsWithBias(inputs, gradients));
        Execution execution = bind(graph);
        execution.run();
        assertThat(execution.read("weights")).containsExactly(5 * 3, 25 * 5);
        assertThat(execution.read("both")).containsExactly(6 * 3, 26 * 5);
    }

    private static void requireEqual(UnaryOperator<Node> function, DoubleUnaryOperator expected) {
        Graph graph = new Graph(Precision.DOUBLE);
        graph.output("y", function.apply(graph.input("x", Shape.of(POINTS.length))));
        Execution execution = bind(graph);
        execution.set("x", POINTS);
        execution.run();
        double[] found = execution.read("y");
        for (int i = 0; i < POINTS.length; i++) {
            double value = expected.applyAsDouble(POINTS[i]);
            assertThat(found[i]).as("at %s", POINTS[i]).isCloseTo(value, within(1e-14 * Math.max(1, Math.abs(value))));
        }
    }

    private static double normalDistribution(double x) {
        if (Math.abs(x) > 20) {
            return x > 0 ? 1 : 0;
        }
        int pieces = 4000;
        double width = x / pieces;
        double sum = 0;
        for (int i = 0; i <= pieces; i++) {
            int weight = i == 0 || i == pieces ? 1 : i % 2 == 1 ? 4 : 2;
            sum += weight * Math.exp(-width * i * width * i / 2);
        }
        return 0.5 + sum * width / 3 / Math.sqrt(2 * Math.PI);
    }

    private static double[] flat(double[][] rows) {
        return java.util.Arrays.stream(rows)
                .flatMapToDouble(java.util.Arrays::stream)
                .toArray();
    }

    private static Execution bind(Graph graph) {
        State state = new State(new StateLayout(graph.precision(), new LinkedHashMap<>()));
        return Cpu.single().bind(Compiler.compile(graph), state, 0);
    }
}
