package io.orrery.lab.train.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.device.cpu.Cpu;
import io.orrery.engine.gradient.Gradient;
import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.plan.Execution;
import io.orrery.engine.plan.compile.Compiler;
import io.orrery.engine.state.SharedArray;
import io.orrery.engine.state.State;
import io.orrery.engine.state.StateLayout;
import io.orrery.lab.UserError;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.Split;
import io.orrery.lab.data.set.TargetKind;
import io.orrery.lab.data.set.Targets;
import io.orrery.lab.train.loss.LossSpec.Kind;
import io.orrery.lab.train.loss.LossSpec.Reduction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class LossTest {
    private static final Offset<Double> EXACT = within(1e-14);
    private static final LossSpec SQUARE = LossSpec.defaults();
    private static final LossSpec CROSS_ENTROPY = loss(Kind.CROSS_ENTROPY, Reduction.SUM, false);

    /** Losses of some examples, and the gradient of their sum in the outputs. */
    private record Found(double[] losses, double[] gradient) {}

    @Test
    void theSquareLossOfRealsIsASumOverOutputsUnlessAMeanOrAHalfIsAskedFor() {
        Dataset data = reals(2, 1, 2, -1, 0.5);
        double[] outputs = {3, 2, 0, 0.5};
        // Errors 2, 0 and 1, 0.
        assertThat(found(SQUARE, data, outputs).losses).containsExactly(4, 1);
        assertThat(found(SQUARE, data, outputs).gradient).containsExactly(4, 0, 2, 0);
        LossSpec halfMean = loss(Kind.SQUARE, Reduction.MEAN, true);
        assertThat(found(halfMean, data, outputs).losses).containsExactly(1, 0.25);
        assertThat(found(halfMean, data, outputs).gradient).containsExactly(1, 0, 0.5, 0);
    }

    @Test
    void nothingIsRightOrWrongAboutReals() {
        Dataset data = reals(1, 3);
        Loss loss = Loss.of(SQUARE, data);
        assertThat(loss.outputs()).isEqualTo(1);
        assertThat(loss.asked(data.train().targets(), 0)).isZero();
        assertThat(loss.right(new double[] {3}, 0, data.train().targets(), 0)).isZero();
    }

    @Test
    void aBatchOfRealsTakesItsOwnTargets() {
        Dataset data = reals(1, 10, 20, 30);
        Graph graph = new Graph(Precision.DOUBLE);
        Loss loss = Loss.of(SQUARE, data);
        Node taken = loss.taken(loss.input(graph, "y", 3), graph.indexInput("rows", Shape.of(2)));
        graph.output("taken", taken);
        Execution execution = bound(graph);
        loss.share(execution, "y", data.train());
        execution.setIndices("rows", new int[] {2, 0}, 0);
        execution.run();
        assertThat(execution.read("taken")).containsExactly(30, 10);
    }

    /**
     * Two positions, tokens 0 and 1. Outputs ln 3, 0 are probabilities 3/4 and 1/4; 0, 0 are halves. The first example asks at
     * one position, the second at both.
     */
    @Test
    void tokensAreAveragedOverTheMarkedPositionsOfEachExample() {
        Dataset data = tokens(2, 2, 0, -1, 1, 1);
        double[] outputs = {Math.log(3), 0, 7, -7, Math.log(3), 0, 0, 0};
        Found found = found(CROSS_ENTROPY, data, outputs);
        assertThat(found.losses[0]).isCloseTo(Math.log(4 / 3.0), EXACT);
        assertThat(found.losses[1]).isCloseTo((Math.log(4) + Math.log(2)) / 2, EXACT);
        // Probabilities less wanted, over the number of marked positions; 0 where nothing is asked.
        double[] expected = {-0.25, 0.25, 0, 0, 0.375, -0.375, 0.25, -0.25};
        for (int i = 0; i < expected.length; i++) {
            assertThat(found.gradient[i]).isCloseTo(expected[i], EXACT);
        }
    }

    @Test
    void accuracyOfTokensCountsMarkedPositions() {
        Dataset data = tokens(2, 2, 0, -1, 1, 1);
        Loss loss = Loss.of(CROSS_ENTROPY, data);
        Targets targets = data.train().targets();
        double[] outputs = {2, 1, 0, 9, 2, 1, 1, 2};
        assertThat(loss.outputs()).isEqualTo(4);
        assertThat(loss.asked(targets, 0)).isEqualTo(1);
        assertThat(loss.right(outputs, 0, targets, 0)).isEqualTo(1);
        assertThat(loss.asked(targets, 1)).isEqualTo(2);
        assertThat(loss.right(outputs, 4, targets, 1)).isEqualTo(1);
        // Equal outputs decide for the lowest token.
        assertThat(loss.right(new double[4], 0, targets, 0)).isEqualTo(1);
        assertThat(loss.right(new double[4], 0, targets, 1)).isZero();
    }

    @Test
    void whatDoesNotFitTheTargetsIsRefused() {
        refused(CROSS_ENTROPY, reals(1, 0), "loss.kind: cross-entropy is for classes, bits and tokens");
        refused(
                new LossSpec(Kind.SQUARE, LossSpec.Targets.PLUS_MINUS, Reduction.SUM, false),
                reals(1, 0),
                "loss.targets says how classes are coded");
        refused(SQUARE, tokens(1, 2, 1), "loss.kind: expected cross-entropy");
        assertThatThrownBy(() -> Loss.of(SQUARE, reals(1, 0)).ofLabels("rule.kind: label-smoothing"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("rule.kind: label-smoothing needs targets that are classes or bits");
        assertThatThrownBy(() -> tokens(2, 2, 0, 1, -1, -1))
                .hasMessageContaining("train example 1 has no marked position");
    }

    @Test
    void dataWithoutTargetsGiveNoLossAndNeedNone() {
        Dataset data = dataset(new TargetKind.None(), new Targets.None(), 3);
        Loss loss = Loss.of(SQUARE, data);
        Graph graph = new Graph(Precision.DOUBLE);
        Node all = loss.input(graph, "y", 3);
        Node outputs = graph.input("outputs", Shape.of(3, 1));
        assertThatThrownBy(() -> loss.perExample(outputs, all))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("the data have no targets");
        // A rule with a loss of its own: here the mean of the outputs.
        graph.output("mean", outputs.mean());
        Execution execution = bound(graph);
        loss.share(execution, "y", data.train());
        execution.set("outputs", new double[] {1, 2, 6});
        execution.run();
        assertThat(execution.scalar("mean")).isEqualTo(3);
        assertThat(loss.asked(data.train().targets(), 0)).isZero();
    }

    private static Found found(LossSpec spec, Dataset data, double[] outputs) {
        Loss loss = Loss.of(spec, data);
        int examples = data.train().count();
        Graph graph = new Graph(Precision.DOUBLE);
        Node inputs = graph.input("outputs", Shape.of(examples, loss.outputs()));
        Node losses = loss.perExample(inputs, loss.input(graph, "y", examples));
        graph.output("losses", losses);
        graph.output("gradient", Gradient.of(losses.sum(), List.of(inputs)).getFirst());
        Execution execution = bound(graph);
        loss.share(execution, "y", data.train());
        execution.set("outputs", outputs);
        execution.run();
        return new Found(execution.read("losses"), execution.read("gradient"));
    }

    private static Execution bound(Graph graph) {
        State none = new State(new StateLayout(Precision.DOUBLE, new LinkedHashMap<>()));
        return Cpu.single().bind(Compiler.compile(graph), none, 1);
    }

    private static void refused(LossSpec spec, Dataset data, String message) {
        assertThatThrownBy(() -> Loss.of(spec, data))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(message);
    }

    private static LossSpec loss(Kind kind, Reduction reduction, boolean half) {
        return new LossSpec(kind, LossSpec.Targets.ONE_HOT, reduction, half);
    }

    private static Dataset reals(int outputs, double... values) {
        int count = values.length / outputs;
        Targets targets = new Targets.Real(SharedArray.of(Shape.of(count, outputs), values));
        return dataset(new TargetKind.Reals(List.of("a", "b").subList(0, outputs)), targets, count);
    }

    private static Dataset tokens(int positions, int vocabulary, int... tokens) {
        return dataset(
                new TargetKind.Tokens(positions, vocabulary),
                new Targets.Whole(tokens, positions),
                tokens.length / positions);
    }

    private static Dataset dataset(TargetKind kind, Targets targets, int count) {
        Split split = new Split(SharedArray.of(Shape.of(count, 1), new double[count]), targets);
        return new Dataset("by hand", Shape.of(1), kind, split, Optional.empty(), Optional.empty());
    }
}
