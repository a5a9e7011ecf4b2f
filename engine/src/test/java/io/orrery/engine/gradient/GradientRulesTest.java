package io.orrery.engine.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.engine.device.cpu.Cpu;
import io.orrery.engine.graph.Convolution;
import io.orrery.engine.graph.Elementwise;
import io.orrery.engine.graph.Elementwise.BinaryFunction;
import io.orrery.engine.graph.Elementwise.UnaryFunction;
import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Indexing;
import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Pooling;
import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.graph.ShapeException;
import io.orrery.engine.graph.Window;
import io.orrery.engine.plan.Execution;
import io.orrery.engine.plan.compile.Compiler;
import io.orrery.engine.state.State;
import io.orrery.engine.state.StateLayout;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GradientRulesTest {

    /** A smooth neighbourhood of one layer, so that second derivatives of piecewise linear functions are tried too. */
    private static Node curved(Node x) {
        return x.square().multiply(x);
    }

    @ParameterizedTest
    @EnumSource(UnaryFunction.class)
    void unaryFunctionsAgreeWithDifferences(UnaryFunction function) {
        DerivativeCheck.of(x -> x.getFirst().graph().add(new Elementwise.Unary(function), curved(x.getFirst())))
                .operand(3, 5)
                .between(0.3, 1.2)
                .agrees();
    }

    @Test
    void functionsOfNegativeNumbersAgreeWithDifferences() {
        DerivativeCheck.of(x -> {
                    Node negative = curved(x.getFirst());
                    return negative.relu()
                            .add(negative.absolute())
                            .add(negative.step())
                            .add(negative.sign().multiply(negative))
                            .add(negative.errorFunction())
                            .add(negative.tanh())
                            .add(negative.sigmoid());
                })
                .operand(7)
                .between(-1.2, -0.3)
                .agrees();
    }

    @ParameterizedTest
    @EnumSource(BinaryFunction.class)
    void binaryFunctionsAgreeWithDifferences(BinaryFunction function) {
        DerivativeCheck.of(x ->
                        x.getFirst().graph().add(new Elementwise.Binary(function), curved(x.get(0)), curved(x.get(1))))
                .operand(4, 3)
                .operand(4, 3)
                .between(0.4, 1.4)
                .agrees();
    }

    @ParameterizedTest
    @EnumSource(BinaryFunction.class)
    void binaryFunctionsWithScalarsAgreeWithDifferences(BinaryFunction function) {
        DerivativeCheck.of(x -> {
                    Elementwise operation = new Elementwise.Binary(function);
                    Node left = x.getFirst().graph().add(operation, curved(x.get(0)), curved(x.get(1)));
                    Node right = x.getFirst().graph().add(operation, curved(x.get(1)), curved(x.get(0)));
                    return left.add(right.multiply(2));
                })
                .operand(5)
                .operand()
                .between(0.4, 1.4)
                .agrees();
    }

    @Test
    void broadcastOperandsAgreeWithDifferences() {
        DerivativeCheck.of(x -> curved(x.get(0))
                        .multiply(x.get(1))
                        .add(x.get(2).square())
                        .divide(x.get(3)))
                .operand(2, 3, 4)
                .operand(4)
                .operand(3, 1)
                .operand(2, 1, 4)
                .between(0.5, 1.5)
                .agrees();
    }

    @Test
    void selectAndMultiplyAddAgreeWithDifferences() {
        DerivativeCheck.of(x -> x.get(0)
                        .greater(x.get(1))
                        .select(curved(x.get(0)), x.get(1).square())
                        .multiplyAdd(x.get(2), x.get(0).multiply(x.get(2))))
                .operand(3, 4)
                .operand(3, 4)
                .operand()
                .agrees();
    }

    @Test
    void sumsAgreeWithDifferences() {
        DerivativeCheck.of(x -> {
                    Node y = curved(x.getFirst());
                    return y.sum(0, 2)
                            .square()
                            .sum()
                            .add(y.sum(1).square().sum())
                            .add(y.sum().square());
                })
                .operand(2, 3, 4)
                .agrees();
    }

    @ParameterizedTest
    @CsvSource({"false,false", "false,true", "true,false", "true,true"})
    void productsAgreeWithDifferences(boolean transposeLeft, boolean transposeRight) {
        DerivativeCheck.of(x -> curved(x.get(0).matmul(x.get(1), transposeLeft, transposeRight)))
                .operand(transposeLeft ? new int[] {5, 3} : new int[] {3, 5})
                .operand(transposeRight ? new int[] {2, 5} : new int[] {5, 2})
                .agrees();
        DerivativeCheck.of(x -> curved(x.get(0).matmul(x.get(1), transposeLeft, transposeRight)))
                .operand(transposeLeft ? new int[] {2, 4, 3} : new int[] {2, 3, 4})
                .operand(transposeRight ? new int[] {2, 2, 4} : new int[] {2, 4, 2})
                .agrees();
    }

    @ParameterizedTest
    @CsvSource({"1,0", "1,1", "2,1", "3,0"})
    void convolutionsAgreeWithDifferences(int stride, int padding) {
        Window window = new Window(3, 2, stride, 1, padding, 1);
        DerivativeCheck.of(x -> curved(x.get(0).convolve(x.get(1), window)))
                .operand(2, 2, 5, 4)
                .operand(3, 2, 3, 2)
                .between(-0.8, 0.8)
                .agrees();
    }

    @Test
    void gradientsOfConvolutionsAgreeWithDifferences() {
        Window window = Window.square(3, 2, 1);
        DerivativeCheck.of(x -> curved(
                        x.getFirst().graph().add(new Convolution.InputGradient(window, 6, 5), x.get(0), x.get(1))))
                .operand(2, 3, 3, 3)
                .operand(3, 2, 3, 3)
                .between(-0.8, 0.8)
                .agrees();
        DerivativeCheck.of(x ->
                        curved(x.getFirst().graph().add(new Convolution.KernelGradient(window), x.get(0), x.get(1))))
                .operand(2, 2, 6, 5)
                .operand(2, 3, 3, 3)
                .between(-0.8, 0.8)
                .agrees();
    }

    @Test
    void poolingAgreesWithDifferences() {
        Window window = new Window(2, 3, 2, 2, 1, 1);
        DerivativeCheck.of(x -> curved(x.getFirst()).maxPool(window).square())
                .operand(2, 2, 5, 6)
                .agrees();
        DerivativeCheck.of(x -> curved(x.getFirst().averagePool(window)))
                .operand(2, 2, 5, 6)
                .agrees();
        DerivativeCheck.of(x -> curved(x.getFirst().graph().add(new Pooling.WindowSpread(window, 5, 6), x.getFirst())))
                .operand(2, 2, 3, 3)
                .agrees();
    }

    @Test
    void layoutsAgreeWithDifferences() {
        DerivativeCheck.of(x -> curved(x.getFirst().permute(2, 0, 1)).reshape(8, 3))
                .operand(2, 3, 4)
                .agrees();
        DerivativeCheck.of(x -> curved(x.getFirst().slice(new int[] {1, 0, 2}, Shape.of(1, 3, 2))))
                .operand(2, 3, 4)
                .agrees();
        DerivativeCheck.of(x -> curved(x.getFirst().slice(new int[] {1, 0}, Shape.of(2, 4))))
                .operand(3, 4)
                .agrees();
        DerivativeCheck.of(x -> curved(
                        x.getFirst().pad(new int[] {1, 2}, Shape.of(5, 6)).add(0.5)))
                .operand(3, 3)
                .agrees();
        DerivativeCheck.of(x -> curved(x.getFirst().graph().concat(1, List.of(x.get(0), x.get(1), x.get(0)))))
                .operand(2, 3)
                .operand(2, 1)
                .agrees();
        DerivativeCheck.of(x -> curved(x.getFirst().broadcast(Shape.of(2, 3, 4, 2))))
                .operand(2, 1, 4, 1)
                .agrees();
    }

    @Test
    void indexingAgreesWithDifferences() {
        DerivativeCheck.of(x -> curved(x.getFirst().takeRows(rows(x.getFirst(), 3, 2, 0, 2))))
                .operand(4, 3)
                .agrees();
        DerivativeCheck.of(x -> curved(x.getFirst()
                        .graph()
                        .add(new Indexing.AddRows(5), x.getFirst(), rows(x.getFirst(), 3, 4, 0, 4))))
                .operand(3, 2)
                .agrees();
        DerivativeCheck.of(x -> {
                    Graph graph = x.getFirst().graph();
                    Node positions = graph.indexConstant(Shape.of(2, 2, 2), 2, 0, 1, 1, 0, 2, 2, 2);
                    Node taken = curved(x.getFirst()).takeAlong(positions, 1);
                    return curved(graph.add(new Indexing.AddAlong(1, 4), taken, positions));
                })
                .operand(2, 3, 2)
                .agrees();
        DerivativeCheck.of(x -> x.getFirst().max(1).square().add(x.getFirst()))
                .operand(3, 4)
                .agrees();
    }

    @Test
    void kinksHaveDerivativeZeroAndTiesGoToTheFirst() {
        Graph graph = new Graph(Precision.DOUBLE);
        Node x = graph.state("x", Shape.of(2));
        Node y = graph.state("y", Shape.of(2));
        graph.output("relu", Gradient.of(x.relu().sum(), List.of(x)).getFirst());
        graph.output("absolute", Gradient.of(x.absolute().sum(), List.of(x)).getFirst());
        List<Node> larger = Gradient.of(x.maximum(y).sum(), List.of(x, y));
        List<Node> smaller = Gradient.of(x.minimum(y).sum(), List.of(x, y));
        graph.output("max-x", larger.get(0));
        graph.output("max-y", larger.get(1));
        graph.output("min-x", smaller.get(0));
        graph.output("min-y", smaller.get(1));
        graph.output(
                "along", Gradient.of(x.reshape(1, 2).max(1).sum(), List.of(x)).getFirst());
        Execution execution = execution(graph, "x", "y");
        execution.run();
        assertThat(execution.read("relu")).containsExactly(0, 0);
        assertThat(execution.read("absolute")).containsExactly(0, 0);
        assertThat(execution.read("max-x")).containsExactly(1, 1);
        assertThat(execution.read("max-y")).containsExactly(0, 0);
        assertThat(execution.read("min-x")).containsExactly(1, 1);
        assertThat(execution.read("min-y")).containsExactly(0, 0);
        assertThat(execution.read("along")).containsExactly(1, 0);
    }

    @Test
    void whatTheScalarDoesNotDependOnHasGradientZero() {
        Graph graph = new Graph(Precision.DOUBLE);
        Node x = graph.state("x", Shape.of(2));
        Node y = graph.state("y", Shape.of(2));
        graph.output("gradient", Gradient.of(x.sum(), List.of(y)).getFirst());
        Execution execution = execution(graph, "x", "y");
        execution.run();
        assertThat(execution.read("gradient")).containsExactly(0, 0);
    }

    @Test
    void refusesWhatIsNotScalar() {
        Graph graph = new Graph(Precision.DOUBLE);
        Node x = graph.input("x", Shape.of(2));
        assertThatThrownBy(() -> Gradient.of(x, List.of(x)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("only a scalar can be differentiated, found shape [2]");
    }

    private static Node rows(Node x, int count, int... positions) {
        return x.graph().indexConstant(Shape.of(count), positions);
    }

    private static Execution execution(Graph graph, String... labels) {
        LinkedHashMap<String, Shape> shapes = new LinkedHashMap<>();
        for (String label : labels) {
            shapes.put(label, Shape.of(2));
        }
        State state = new State(new StateLayout(graph.precision(), shapes));
        return Cpu.single().bind(Compiler.compile(graph), state, 0);
    }
}
