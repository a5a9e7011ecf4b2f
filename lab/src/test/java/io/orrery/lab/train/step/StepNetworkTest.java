package io.orrery.lab.train.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.engine.device.cpu.Cpu;
import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.plan.Execution;
import io.orrery.engine.plan.compile.Compiler;
import io.orrery.engine.plan.compile.Rewrites;
import io.orrery.engine.state.State;
import io.orrery.engine.state.StateLayout;
import io.orrery.engine.worker.Workers;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.model.Forward;
import io.orrery.lab.model.Initial;
import io.orrery.lab.model.ModelSpec;
import io.orrery.lab.model.ModelSpec.Normalization;
import io.orrery.lab.model.Network;
import io.orrery.lab.model.Parameter;
import io.orrery.lab.train.TestSpec;
import io.orrery.lab.train.loss.Loss;
import io.orrery.lab.train.rule.TrainingRule;
import io.orrery.lab.train.update.Decay;
import io.orrery.lab.train.update.DecaySpec;
import io.orrery.lab.train.update.Optimizer;
import io.orrery.lab.train.update.OptimizerSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

/** Three networks in one step: the main one, one that is trained beside it as it is, and one whose parameters are an average of the main one's. */
final class StepNetworkTest {
    private static final Shape EXAMPLE = Shape.of(5);
    private static final int COUNT = 12;
    private static final double RATE = 0.05;
    private static final double SHARE = 0.75;
    private static final Dataset DATA = TestSpec.clusters(3, COUNT, EXAMPLE, 0.4, 8);

    private final TestSpec spec = spec();
    private final Network main = Network.of(spec.model(), EXAMPLE, 3);
    private final RoleNetwork twin = role("twin", NetworkRole.Change.BY_DIRECTIONS);
    private final RoleNetwork mean = role("mean", NetworkRole.Change.BY_VALUES);
    private final RoleNetwork still = role("still", NetworkRole.Change.NONE);
    private final Learner learner = new Learner(
            TrainingRule.standard(),
            main,
            Loss.of(spec.loss, DATA),
            optimizer(main),
            COUNT,
            List.of(twin, mean, still));

    /** Batch normalization, biases, dropout apart, adam and two factors of decay: all that an update may be made of. */
    private static TestSpec spec() {
        TestSpec spec = new TestSpec();
        spec.normalization = Normalization.BATCH;
        spec.bias = true;
        spec.optimizer = OptimizerSpec.Kind.ADAM;
        spec.learningRate = RATE;
        spec.decay = new DecaySpec(
                0,
                List.of(0.01, 0.002),
                DecaySpec.Mode.COUPLED,
                DecaySpec.Convention.SQUARED_NORM,
                DecaySpec.Applies.WEIGHTS);
        return spec;
    }

    private Optimizer optimizer(Network network) {
        OptimizerSpec optimizer = spec.build().optimizer();
        return new Optimizer(optimizer, Decay.of(spec.decay, optimizer, network), network);
    }

    private RoleNetwork role(String name, NetworkRole.Change change) {
        ModelSpec model = spec.model();
        Network network = Network.of(name, model, EXAMPLE, 3);
        return new RoleNetwork(
                new NetworkRole(name, "rule." + name, model, EXAMPLE, 3, change, NetworkRole.Start.DRAWN),
                network,
                change == NetworkRole.Change.BY_DIRECTIONS ? Optional.of(optimizer(network)) : Optional.empty());
    }

    private State state() {
        SequencedMap<String, Shape> shapes = new LinkedHashMap<>(learner.arrays());
        shapes.putAll(learner.memory());
        State state = new State(new StateLayout(Precision.DOUBLE, shapes));
        Initial.of(main, 1).forEach(state::write);
        learner.initialOthers(1).forEach(state::write);
        return state;
    }

    /** Descends the same loss for the main network and its twin; the average follows; what stays only looks. */
    private StepGraph step(Graph graph) {
        Batch batch = Batch.whole(graph, main, learner.loss(), COUNT);
        StepGraph step = new StepGraph(graph, learner, batch, COUNT);
        Forward forward = step.forward();
        step.update(step.gradients(step.meanLoss(forward)));
        step.track(forward);
        StepNetwork other = step.network("twin");
        Forward beside = other.forward();
        other.update(other.gradients(step.meanLoss(beside)));
        other.track(beside);
        StepNetwork average = step.network("mean");
        for (int i = 0; i < main.parameters().size(); i++) {
            Parameter own = mean.network().parameters().get(i);
            average.become(
                    own,
                    average.value(own)
                            .multiply(SHARE)
                            .add(step.value(main.parameters().get(i)).multiply(1 - SHARE)));
        }
        graph.output("seen", step.network("still").evaluate().outputs().sum());
        return step;
    }

    private void run(State state, int steps, Rewrites rewrites, Runnable before) {
        Graph graph = new Graph(Precision.DOUBLE);
        StepGraph unused = step(graph);
        assertThat(unused.count()).isEqualTo(COUNT);
        try (Workers workers = Workers.single()) {
            Execution execution = new Cpu(workers).bind(Compiler.compile(graph, rewrites), state, 1);
            Batch.share(execution, learner.loss(), DATA.train());
            for (int step = 0; step < steps; step++) {
                before.run();
                learner.set(execution, step, RATE);
                execution.run();
            }
        }
    }

    @Test
    void aTwinFromTheSameValuesEndsInTheSameBits() {
        State state = state();
        main.arrays().keySet().forEach(name -> state.write(twin.named(name), state.read(name)));
        double[] start = state.read("layers.0.weight");
        run(state, 7, Rewrites.ALL, () -> {});
        main.arrays()
                .keySet()
                .forEach(name ->
                        assertThat(state.read(twin.named(name))).as(name).containsExactly(state.read(name)));
        for (String kind : List.of("exp_avg", "exp_avg_sq")) {
            assertThat(state.read("optimizer." + kind + ".twin/layers.1.weight"))
                    .containsExactly(state.read("optimizer." + kind + ".layers.1.weight"));
        }
        assertThat(state.read("layers.0.weight")).isNotEqualTo(start);
    }

    @Test
    void twoNetworksInOneStepDoWhatEachDoesAlone() {
        State together = state();
        State swapped = state();
        main.arrays().keySet().forEach(name -> {
            swapped.write(name, together.read(twin.named(name)));
            swapped.write(twin.named(name), together.read(name));
        });
        assertThat(together.read("layers.0.weight")).isNotEqualTo(swapped.read("layers.0.weight"));
        run(together, 5, Rewrites.ALL, () -> {});
        run(swapped, 5, Rewrites.NONE, () -> {});
        main.arrays().keySet().forEach(name -> {
            assertThat(together.read(name)).as(name).containsExactly(swapped.read(twin.named(name)));
            assertThat(together.read(twin.named(name))).as(name).containsExactly(swapped.read(name));
        });
    }

    @Test
    void anAverageFollowsAndWhatStaysStays() {
        State state = state();
        double[] expected = state.read("mean/layers.1.weight");
        double[] still = state.read("still/layers.1.weight");
        run(state, 6, Rewrites.ALL, () -> {
            double[] present = state.read("layers.1.weight");
            for (int i = 0; i < expected.length; i++) {
                expected[i] = SHARE * expected[i] + (1 - SHARE) * present[i];
            }
        });
        assertThat(state.read("mean/layers.1.weight"))
                .usingComparatorWithPrecision(1e-14)
                .containsExactly(expected);
        assertThat(state.read("still/layers.1.weight")).containsExactly(still);
    }

    @Test
    void whatARoleIsNotForIsAMistakeOfTheRule() {
        Graph graph = new Graph(Precision.DOUBLE);
        StepGraph step = new StepGraph(graph, learner, Batch.whole(graph, main, learner.loss(), COUNT), COUNT);
        Node sum = step.network("still").evaluate().outputs().sum();
        assertThatThrownBy(() -> step.network("still").gradients(sum)).hasMessageContaining("'still'");
        assertThatThrownBy(
                        () -> step.network("still").track(step.network("still").forward()))
                .isInstanceOf(IllegalStateException.class);
        Parameter first = twin.network().parameters().getFirst();
        assertThatThrownBy(() ->
                        step.network("twin").become(first, step.network("twin").value(first)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> step.network("critic")).hasMessageContaining("critic");
        assertThatThrownBy(() -> new NetworkRole(
                        "a/b", "rule.x", spec.model(), EXAMPLE, 3, NetworkRole.Change.NONE, NetworkRole.Start.DRAWN))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyNameCarriesTheRoleAndEveryDrawItsOwnStream() {
        assertThat(twin.network().layers().getFirst().name()).isEqualTo("twin/layers.0");
        Map<String, double[]> drawn = Initial.of(twin.network(), 1);
        assertThat(drawn.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        main.arrays().keySet().stream().map(twin::named).toList());
        assertThat(drawn.get("twin/layers.0.weight"))
                .isNotEqualTo(Initial.of(main, 1).get("layers.0.weight"))
                .isNotEqualTo(Initial.of(mean.network(), 1).get("mean/layers.0.weight"));
        spec.normalization = Normalization.FROBENIUS;
        spec.bias = false;
        assertThat(Network.of("twin", spec.model(), EXAMPLE, 3).arrays()).containsKey("twin/rho");
    }
}
