package io.orrery.lab.train.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.state.SharedArray;
import io.orrery.engine.worker.Workers;
import io.orrery.lab.UserError;
import io.orrery.lab.data.DataSpec;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.Split;
import io.orrery.lab.data.set.TargetKind;
import io.orrery.lab.model.Layered;
import io.orrery.lab.model.layer.Layer;
import io.orrery.lab.run.Trainer;
import io.orrery.lab.setup.SpecCheck;
import io.orrery.lab.train.TestSpec;
import io.orrery.lab.train.loss.LossSpec;
import io.orrery.lab.train.update.DecaySpec;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * A linear classifier of three classes and one example x = 1: its outputs are its weights, so one step shows the gradient in them.
 * That in the true logit is -1 up to the end of the bonus, then -(1 - p) - p (1 - p) / (1 - end); those in the others share it
 * as their probabilities do, since the loss is a function of p.
 */
final class EncouragingLossTest {
    private static final double RATE = 0.01;
    private static final String WEIGHT = "layers.0.weight";

    @Test
    void anExampleThatIsNotYetWellDecidedPullsWithItsWholeWeight() {
        // p = 1/2: outputs log 2, 0, 0
        double[] gradient = gradient(Math.log(2), 0, 0, 0.75);
        assertThat(gradient[0]).isCloseTo(-1, within(1e-12));
        assertThat(gradient[1]).isCloseTo(0.5, within(1e-12));
        assertThat(gradient[2]).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void aWellDecidedExampleStillPulls() {
        // p = 9 / 10: outputs log 9, log 1/4, log 3/4; -(0.1) - 0.09 / 0.25 = -0.46, shared one to three
        double[] gradient = gradient(Math.log(9), Math.log(0.25), Math.log(0.75), 0.75);
        assertThat(gradient[0]).isCloseTo(-0.46, within(1e-12));
        assertThat(gradient[1]).isCloseTo(0.115, within(1e-12));
        assertThat(gradient[2]).isCloseTo(0.345, within(1e-12));
    }

    /** A weight of a tenth: -(1/2) of cross-entropy and -(1/2) / 10 of the bonus. */
    @Test
    void theBonusHasAWeight() {
        assertThat(gradient("{kind: encouraging-loss, weight: 0.1}", Math.log(2), 0, 0)[0])
                .isCloseTo(-0.55, within(1e-12));
    }

    /** exp(-800) is 0 in double: the bonus must stay finite where 1 - p is 0, and the gradient go to 0. */
    @Test
    void aCertainExampleNeitherPullsNorBreaks() {
        double[] gradient = gradient(800, 0, 0, 0.75);
        assertThat(gradient).containsExactly(0, 0, 0);
        double[] certainlyWrong = gradient(-800, 0, 0, 0.75);
        assertThat(certainlyWrong[0]).isCloseTo(-1, within(1e-9));
    }

    @Test
    void theLossThatIsShownIsCrossEntropy() {
        assertThat(trainer("{kind: encouraging-loss}", Math.log(2), 0, 0).advance())
                .isCloseTo(Math.log(2), within(1e-12));
    }

    @Test
    void whatItCannotDoIsRefused() {
        assertThat(problems("{kind: encouraging-loss, bonusEnd: 1}", LossSpec.Kind.CROSS_ENTROPY))
                .containsExactly("rule.bonusEnd");
        assertThat(problems("{kind: encouraging-loss}", LossSpec.Kind.SQUARE)).containsExactly("loss.kind");
        assertThat(problems("{kind: encouraging-loss}", LossSpec.Kind.CROSS_ENTROPY))
                .isEmpty();
        Dataset bits = data(new TargetKind.Bits(List.of("0", "1", "2")));
        TestSpec spec = spec("{kind: encouraging-loss}");
        assertThatThrownBy(() -> new Trainer(spec.build(), 2, bits, List.of(), Workers.single()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("encouraging-loss needs targets that are classes");
    }

    private static List<String> problems(String rule, LossSpec.Kind loss) {
        TestSpec spec = spec(rule);
        spec.loss = new LossSpec(loss, LossSpec.Targets.ONE_HOT, LossSpec.Reduction.SUM, false);
        return SpecCheck.check(spec.build(), Set.of("loss")).stream()
                .map(problem -> problem.key())
                .toList();
    }

    private static double[] gradient(double right, double second, double third, double end) {
        return gradient("{kind: encouraging-loss, bonusEnd: " + end + "}", right, second, third);
    }

    private static double[] gradient(String rule, double... outputs) {
        Trainer trainer = trainer(rule, outputs);
        double[] before = trainer.state().read(WEIGHT);
        trainer.advance();
        double[] after = trainer.state().read(WEIGHT);
        double[] gradient = new double[3];
        for (int k = 0; k < 3; k++) {
            gradient[k] = (before[k] - after[k]) / RATE;
        }
        return gradient;
    }

    private static Trainer trainer(String rule, double... outputs) {
        Trainer trainer =
                new Trainer(spec(rule).build(), 2, data(TargetKind.Classes.numbered(3)), List.of(), Workers.single());
        trainer.state().write(WEIGHT, outputs);
        return trainer;
    }

    private static TestSpec spec(String rule) {
        TestSpec spec = new TestSpec();
        spec.architecture = new Layered(List.<Layer>of(), true);
        spec.rule = Rules.of(rule);
        spec.loss = new LossSpec(LossSpec.Kind.CROSS_ENTROPY, LossSpec.Targets.ONE_HOT, LossSpec.Reduction.SUM, false);
        spec.learningRate = RATE;
        spec.momentum = 0;
        spec.decay = new DecaySpec(
                0, List.of(), DecaySpec.Mode.COUPLED, DecaySpec.Convention.SQUARED_NORM, DecaySpec.Applies.WEIGHTS);
        spec.order = DataSpec.Order.FULL;
        spec.steps = OptionalLong.of(10);
        return spec;
    }

    private static Dataset data(TargetKind kind) {
        Split one = new Split(SharedArray.of(Shape.of(1, 1), new double[] {1}), new int[] {0});
        return new Dataset("one", Shape.of(1), kind, one, Optional.empty(), Optional.empty());
    }
}
