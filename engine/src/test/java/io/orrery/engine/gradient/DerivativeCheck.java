package io.orrery.engine.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.device.cpu.Cpu;
import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.plan.Execution;
import io.orrery.engine.plan.compile.Compiler;
import io.orrery.engine.state.State;
import io.orrery.engine.state.StateLayout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * Holds first and second derivatives against central differences in double precision. The function under test maps
 * operands to any array; the scalar is its sum weighted by fixed random numbers, and of the gradient's product with
 * fixed random directions for the second order.
 */
final class DerivativeCheck {
    private static final double STEP = 1e-5;

    private final Function<List<Node>, Node> function;
    private final SequencedMap<String, Shape> shapes = new LinkedHashMap<>();
    private final SplittableRandom random = new SplittableRandom(7);
    private double low = -1.5;
    private double high = 1.5;

    private DerivativeCheck(Function<List<Node>, Node> function) {
        this.function = function;
    }

    static DerivativeCheck of(Function<List<Node>, Node> function) {
        return new DerivativeCheck(function);
    }

    DerivativeCheck operand(int... sizes) {
        shapes.put("x" + shapes.size(), Shape.of(sizes));
        return this;
    }

    /** Draws the operands from an interval where the function is smooth. */
    DerivativeCheck between(double from, double to) {
        low = from;
        high = to;
        return this;
    }

    void agrees() {
        Graph graph = new Graph(Precision.DOUBLE);
        List<Node> operands = new ArrayList<>();
        shapes.forEach((label, shape) -> operands.add(graph.state(label, shape)));
        Node scalar = weighted(graph, function.apply(operands));
        List<Node> gradient = Gradient.of(scalar, operands);
        Node slope = graph.constant(0);
        for (Node part : gradient) {
            slope = slope.add(weighted(graph, part));
        }
        List<Node> curvature = Gradient.of(slope, operands);
        graph.output("scalar", scalar);
        graph.output("slope", slope);
        for (int i = 0; i < operands.size(); i++) {
            graph.output("gradient" + i, gradient.get(i));
            graph.output("curvature" + i, curvature.get(i));
        }
        State state = new State(new StateLayout(Precision.DOUBLE, shapes));
        shapes.forEach((label, shape) -> state.write(
                label,
                random.doubles(shape.count()).map(u -> low + (high - low) * u).toArray()));
        Execution execution = Cpu.single().bind(Compiler.compile(graph), state, 0);
        execution.run();
        List<double[]> first = new ArrayList<>();
        List<double[]> second = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            first.add(execution.read("gradient" + i));
            second.add(execution.read("curvature" + i));
        }
        for (int i = 0; i < operands.size(); i++) {
            String label = "x" + i;
            double[] values = state.read(label);
            for (int j = 0; j < values.length; j++) {
                double kept = values[j];
                values[j] = kept + STEP;
                state.write(label, values);
                execution.run();
                double scalarAbove = execution.scalar("scalar");
                double slopeAbove = execution.scalar("slope");
                values[j] = kept - STEP;
                state.write(label, values);
                execution.run();
                double scalarBelow = execution.scalar("scalar");
                double slopeBelow = execution.scalar("slope");
                values[j] = kept;
                state.write(label, values);
                assertClose("gradient of " + label + "[" + j + "]", first.get(i)[j], scalarAbove, scalarBelow);
                assertClose("curvature of " + label + "[" + j + "]", second.get(i)[j], slopeAbove, slopeBelow);
            }
        }
    }

    private static void assertClose(String what, double found, double above, double below) {
        double expected = (above - below) / (2 * STEP);
        double tolerance = 2e-7 * Math.max(1, Math.max(Math.abs(above), Math.abs(expected)));
        assertThat(found).as(what).isCloseTo(expected, within(tolerance));
    }

    private Node weighted(Graph graph, Node node) {
        double[] weights = random.doubles(node.shape().count(), 0.5, 1.5).toArray();
        return node.multiply(graph.constant(node.shape(), weights)).sum();
    }
}
