package io.orrery.lab.claim.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.device.cpu.Cpu;
import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.plan.Execution;
import io.orrery.engine.plan.compile.Compiler;
import io.orrery.engine.state.State;
import io.orrery.engine.state.StateLayout;
import io.orrery.lab.claim.Judgement;
import io.orrery.lab.claim.SimulatedEvidence;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.Split;
import io.orrery.lab.data.set.TargetKind;
import io.orrery.lab.data.set.Targets;
import io.orrery.lab.data.source.Copy;
import io.orrery.lab.data.source.Majority;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.model.Layered;
import io.orrery.lab.model.Network;
import io.orrery.lab.model.attention.SoftmaxMix;
import io.orrery.lab.model.layer.Attention;
import io.orrery.lab.model.layer.Embedding;
import io.orrery.lab.model.layer.Positionwise;
import io.orrery.lab.train.TestSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Weights set by hand solve both tasks; and what the judge says where attention, positions or recurrence do otherwise than predicted. */
final class TransformerCoreTest {
    private static final String TEST = "loss.accuracy@test";
    private static final int LEARNS = 0;
    private static final int POSITIONS = 1;
    private static final int RECURRENCE = 2;

    private final TransformerCore claim = new TransformerCore();

    @Test
    void uniformAttentionAndAThresholdFindEveryMajority() {
        Dataset data = new Majority(200, 0, 15).load(1);
        Network network = network(16, new Embedding(3, 1, false), 2);
        State state = new State(new StateLayout(Precision.DOUBLE, network.arrays()));
        // A bit becomes -1 or 1, the blank 0; without queries the blank reads (ones - zeros) / 16.
        state.write("layers.0.weight", new double[] {-1, 1, 0});
        state.write("layers.1.q_proj.weight", new double[] {0});
        for (String part : List.of("k_proj", "v_proj", "out_proj")) {
            state.write("layers.1." + part + ".weight", new double[] {1});
        }
        state.write("layers.2.weight", new double[] {-1, 1});
        double[] outputs = outputs(network, state, data.train());
        int[] tokens = ((Targets.Whole) data.train().targets()).values();
        for (int i = 0; i < 200; i++) {
            int ones = 0;
            for (int p = 0; p < 15; p++) {
                ones += (int) data.train().inputs().get(i * 16 + p);
            }
            int at = i * 16 + 15;
            assertThat(outputs[2 * at + 1]).isEqualTo((2 * ones - 15) / 16.0);
            assertThat(outputs[2 * at + 1] > outputs[2 * at] ? 1 : 0).isEqualTo(tokens[at]);
        }
    }

    @Test
    void attentionByPositionCopies() {
        int length = 4;
        int words = 5;
        Dataset data = new Copy(50, 0, length, words).load(1);
        // Features: the token, then what a position is called, then which position it asks for.
        int features = words + 2 * length;
        Network network = network(2 * length, new Embedding(words + 1, features, true), words);
        State state = new State(new StateLayout(Precision.DOUBLE, network.arrays()));
        double[] table = new double[(words + 1) * features];
        double[] positions = new double[2 * length * features];
        double[] asked = new double[features * features];
        double[] called = new double[features * features];
        double[] token = new double[features * features];
        double[] unembedding = new double[words * features];
        for (int w = 0; w < words; w++) {
            table[w * features + w] = 1;
            token[w * features + w] = 1;
            unembedding[w * features + w] = 1;
        }
        for (int p = 0; p < length; p++) {
            positions[p * features + words + p] = 1;
            positions[(length + p) * features + words + length + p] = 1;
            asked[p * features + words + length + p] = 40 * Math.sqrt(features);
            called[p * features + words + p] = 1;
        }
        state.write("layers.0.weight", table);
        state.write("layers.0.positions", positions);
        state.write("layers.1.q_proj.weight", asked);
        state.write("layers.1.k_proj.weight", called);
        state.write("layers.1.v_proj.weight", token);
        state.write("layers.1.out_proj.weight", identity(features));
        state.write("layers.2.weight", unembedding);
        double[] outputs = outputs(network, state, data.train());
        int[] tokens = ((Targets.Whole) data.train().targets()).values();
        for (int at = 0; at < tokens.length; at++) {
            for (int w = 0; w < words && tokens[at] != TargetKind.Tokens.UNMARKED; w++) {
                assertThat(outputs[at * words + w]).isCloseTo(w == tokens[at] ? 1 : 0, within(1e-6));
            }
        }
    }

    private static Network network(int positions, Embedding embedding, int answers) {
        TestSpec spec = new TestSpec();
        spec.architecture = new Layered(
                List.of(embedding, new Attention(1, false, false, new SoftmaxMix()), new Positionwise(answers)), false);
        return Network.of(spec.model(), Shape.of(positions), positions * answers);
    }

    private static double[] identity(int size) {
        double[] matrix = new double[size * size];
        for (int i = 0; i < size; i++) {
            matrix[i * size + i] = 1;
        }
        return matrix;
    }

    private static double[] outputs(Network network, State state, Split split) {
        Graph graph = new Graph(Precision.DOUBLE);
        graph.output(
                "outputs",
                network.evaluate(
                                graph,
                                network.read(graph),
                                graph.input("x", split.inputs().shape()))
                        .outputs());
        Execution execution = Cpu.single().bind(Compiler.compile(graph), state, 0);
        execution.share("x", split.inputs());
        execution.run();
        return execution.read("outputs");
    }

    @Test
    void whatTheoryPredictsIsSupported() {
        Judgement judged = judge(1, 0.32, 0.7, 0.125, 1, 1);
        for (int sentence : List.of(LEARNS, POSITIONS, RECURRENCE)) {
            assertThat(outcome(judged, sentence)).isEqualTo(Outcome.SUPPORTED);
        }
    }

    @Test
    void aTransformerThatDoesNotCopyRefutesThatItLearns() {
        assertThat(outcome(judge(0.6, 0.32, 0.7, 0.125, 1, 1), LEARNS)).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void copyingWithoutPositionsRefutesThatTheyAreNeeded() {
        assertThat(outcome(judge(1, 0.95, 0.7, 0.125, 1, 1), POSITIONS)).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void aMajorityThatIsNotFoundWithoutPositionsRefutesThatItNeedsNone() {
        assertThat(outcome(judge(1, 0.32, 0.7, 0.125, 0.5, 1), POSITIONS)).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void copyingWithoutAttentionLeavesOpenWhatLearned() {
        assertThat(outcome(judge(1, 0.32, 0.7, 1, 1, 1), LEARNS)).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void anLstmThatCopiesAsWellRefutesThatItIsBehind() {
        assertThat(outcome(judge(1, 0.32, 0.99, 0.125, 1, 1), RECURRENCE)).isEqualTo(Outcome.REFUTED);
    }

    private Judgement judge(
            double copy,
            double unordered,
            double lstm,
            double piecewise,
            double majorityUnordered,
            double majorityLstm) {
        return claim.judge(SimulatedEvidence.of(claim)
                .same("copying, transformer", TEST, 300, copy)
                .same("copying, transformer without positions", TEST, 300, unordered)
                .same("copying, LSTM", TEST, 300, lstm)
                .same("copying, no attention", TEST, 300, piecewise)
                .same("majority, transformer", TEST, 300, 1)
                .same("majority, transformer without positions", TEST, 300, majorityUnordered)
                .same("majority, LSTM", TEST, 300, majorityLstm)
                .same("majority, no attention", TEST, 300, 0.49)
                .evidence());
    }

    private static Outcome outcome(Judgement judged, int sentence) {
        return judged.sentences().get(sentence).verdict().outcome();
    }
}
