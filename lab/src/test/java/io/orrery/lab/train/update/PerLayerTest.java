package io.orrery.lab.train.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.state.State;
import io.orrery.engine.worker.Workers;
import io.orrery.lab.UserError;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.model.Mlp;
import io.orrery.lab.model.ModelSpec.Normalization;
import io.orrery.lab.run.Trainer;
import io.orrery.lab.train.TestSpec;
import io.orrery.lab.train.update.DecaySpec.Applies;
import io.orrery.lab.train.update.DecaySpec.Convention;
import io.orrery.lab.train.update.DecaySpec.Mode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Layers that decay differently, or are not trained at all. */
final class PerLayerTest {
    private static final Dataset DATA = TestSpec.clusters(3, 24, Shape.of(4), 0.5, 6);

    private static TestSpec spec(List<Double> perLayer, Mode mode) {
        TestSpec spec = new TestSpec();
        spec.architecture = new Mlp(List.of(5, 6));
        spec.momentum = 0;
        spec.decay = new DecaySpec(0.3, perLayer, mode, Convention.SQUARED_NORM, Applies.WEIGHTS);
        return spec;
    }

    private static Trainer trainer(TestSpec spec) {
        return new Trainer(spec.build(), 1, DATA, List.of(), Workers.single());
    }

    /** One step from the same weights differs by rate times 2 lambda_k W_k from a step without decay. */
    @ParameterizedTest
    @EnumSource(Mode.class)
    void eachLayerShrinksByItsOwnLambda(Mode mode) {
        List<Double> lambdas = List.of(0.01, 0.0, 0.2);
        Trainer decayed = trainer(spec(lambdas, mode));
        Trainer free = trainer(spec(List.of(0.0, 0.0, 0.0), mode));
        State before = decayed.state().copy();
        double objective =
                decayed.observer().evaluate(SplitName.TRAIN, true).orElseThrow().objective();
        double loss =
                decayed.observer().evaluate(SplitName.TRAIN, true).orElseThrow().loss();
        double term = 0;
        decayed.advance();
        free.advance();
        for (int layer = 0; layer < 3; layer++) {
            String name = "layers." + layer + ".weight";
            double[] start = before.read(name);
            double[] with = decayed.state().read(name);
            double[] without = free.state().read(name);
            for (int i = 0; i < start.length; i++) {
                assertThat(with[i] - without[i]).isCloseTo(-0.05 * 2 * lambdas.get(layer) * start[i], within(1e-14));
                term += lambdas.get(layer) * start[i] * start[i];
            }
        }
        assertThat(objective - loss).isCloseTo(term, within(1e-12));
    }

    @Test
    void equalLambdasAreTheSameAsOne() {
        Trainer several = trainer(spec(List.of(0.3, 0.3, 0.3), Mode.COUPLED));
        Trainer one = trainer(spec(List.of(), Mode.COUPLED));
        for (int step = 0; step < 5; step++) {
            several.advance();
            one.advance();
        }
        assertThat(several.state().read("layers.0.weight"))
                .containsExactly(one.state().read("layers.0.weight"));
    }

    @Test
    void anotherLengthIsRefused() {
        assertThatThrownBy(() -> trainer(spec(List.of(0.1, 0.1), Mode.COUPLED)))
                .isInstanceOf(UserError.class)
                .hasMessage("decay.perLayer: expected one lambda for each weight layer, 3 of them"
                        + " (layers.0, layers.1, layers.2), found 2");
    }

    @Test
    void frozenLayersStayAsTheyWere() {
        TestSpec spec = spec(List.of(), Mode.COUPLED);
        spec.bias = true;
        spec.momentum = 0.9;
        spec.frozen = List.of("layers.0", "layers.2");
        Trainer trainer = trainer(spec);
        State before = trainer.state().copy();
        for (int step = 0; step < 5; step++) {
            trainer.advance();
        }
        for (String frozen : List.of("layers.0.weight", "layers.0.bias", "layers.2.weight", "layers.2.bias")) {
            assertThat(trainer.state().read(frozen)).containsExactly(before.read(frozen));
        }
        assertThat(trainer.state().read("layers.1.weight")).isNotEqualTo(before.read("layers.1.weight"));
        assertThat(trainer.state().layout().names())
                .contains("optimizer.momentum_buffer.layers.1.weight")
                .doesNotContain("optimizer.momentum_buffer.layers.0.weight");
    }

    /** Core theory (2.3): V at rest, rho follows its own equation alone. */
    @Test
    void rhoRelaxesWhileDirectionsAreFrozen() {
        TestSpec spec = spec(List.of(), Mode.COUPLED);
        spec.normalization = Normalization.FROBENIUS;
        spec.frozen = List.of("layers.0", "layers.1", "layers.2");
        spec.learningRate = 0.5;
        spec.batchSize = 24;
        Trainer trainer = trainer(spec);
        double[] direction = trainer.state().read("layers.1.weight");
        for (int step = 0; step < 400; step++) {
            trainer.advance();
        }
        double[] rho = trainer.state().read("rho");
        trainer.advance();
        assertThat(trainer.state().read("rho")[0])
                .isCloseTo(rho[0], within(1e-12))
                .isNotEqualTo(1);
        assertThat(trainer.state().read("layers.1.weight")).containsExactly(direction);
    }

    @Test
    void unknownLayersAndNothingToTrainAreRefused() {
        TestSpec spec = spec(List.of(), Mode.COUPLED);
        spec.frozen = List.of("layer.0");
        assertThatThrownBy(() -> trainer(spec))
                .isInstanceOf(UserError.class)
                .hasMessage("optimizer.frozen: the network has no layer with weights called layer.0; did you mean"
                        + " 'layers.0'? (valid: layers.0, layers.1, layers.2)");
        spec.frozen = List.of("layers.0", "layers.1", "layers.2");
        assertThatThrownBy(() -> trainer(spec))
                .hasMessage(
                        "optimizer.frozen: all layers are frozen (layers.0, layers.1, layers.2), so there is nothing"
                                + " to train; leave one out");
    }

    /** Core theory, prediction P2: the plain step leaves the sphere by O(rate^2). */
    @Test
    void withoutProjectionTheDriftFromTheSphereIsOfSecondOrder() {
        double coarse = drift(0.02);
        double fine = drift(0.01);
        assertThat(coarse).isGreaterThan(1e-9);
        assertThat(coarse / fine).isCloseTo(4, within(0.01));
    }

    private static double drift(double rate) {
        TestSpec spec = spec(List.of(), Mode.COUPLED);
        spec.normalization = Normalization.FROBENIUS;
        spec.projection = false;
        spec.learningRate = rate;
        spec.batchSize = 24;
        Trainer trainer = trainer(spec);
        trainer.advance();
        double square = 0;
        for (double value : trainer.state().read("layers.1.weight")) {
            square += value * value;
        }
        return square - 1;
    }
}
