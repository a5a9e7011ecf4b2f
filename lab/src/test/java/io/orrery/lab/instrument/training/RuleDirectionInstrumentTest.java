package io.orrery.lab.instrument.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.worker.Workers;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.instrument.Sight;
import io.orrery.lab.instrument.Sight.Found;
import io.orrery.lab.model.Mlp;
import io.orrery.lab.model.ModelSpec.Activation;
import io.orrery.lab.observe.reading.RuleDirectionsReading;
import io.orrery.lab.run.Trainer;
import io.orrery.lab.train.LearningRate;
import io.orrery.lab.train.ScheduleSpec;
import io.orrery.lab.train.TestSpec;
import io.orrery.lab.train.rule.Rules;
import io.orrery.lab.train.rule.TrainingRule;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A linear network with one hidden unit: back-propagation tells it e . w_2, the feedback e . b, each a number per example. */
final class RuleDirectionInstrumentTest {
    private static final Dataset DATA = TestSpec.clusters(2, 12, Shape.of(3), 0.5, 4);

    @Test
    void feedbackThatIsTheWeightsAboveGivesTheGradient() {
        Found found = read(new double[] {0.7, -0.2}, new double[] {0.7, -0.2});
        for (String series : List.of("rule-direction.cosine", "rule-direction.size")) {
            assertThat(found.get(series).getFirst()).isCloseTo(1, within(1e-12));
            assertThat(found.get(series + "/layers.0").getFirst()).isCloseTo(1, within(1e-12));
            assertThat(found.get(series + "/layers.1").getFirst()).isCloseTo(1, within(1e-12));
        }
    }

    @Test
    void feedbackTurnedAroundAndDoubledLeadsAwayFromTheGradientTwiceAsFast() {
        Found found = read(new double[] {0.7, -0.2}, new double[] {-1.4, 0.4});
        assertThat(found.get("rule-direction.cosine/layers.0").getFirst()).isCloseTo(-1, within(1e-12));
        assertThat(found.get("rule-direction.size/layers.0").getFirst()).isCloseTo(2, within(1e-12));
        assertThat(found.get("rule-direction.cosine/layers.1").getFirst()).isCloseTo(1, within(1e-12));
        assertThat(found.get("rule-direction.cosine").getFirst()).isBetween(-0.999, 0.999);
    }

    /** Weights above of 0 pass nothing back: the hidden layer has no gradient with which to compare. */
    @Test
    void aLayerWithoutAGradientIsNotRead() {
        Found found = read(new double[] {0, 0}, new double[] {1, 1});
        assertThat(found.bySeries())
                .doesNotContainKey("rule-direction.cosine/layers.0")
                .containsKeys("rule-direction.cosine/layers.1", "rule-direction.cosine");
    }

    @Test
    void descentHasNoDirectionOfItsOwn() {
        assertThat(read(TrainingRule.standard(), new double[] {1, 2}, new double[0])
                        .bySeries())
                .isEmpty();
    }

    private static Found read(double[] above, double[] feedback) {
        return read(Rules.of("{kind: direct-feedback-alignment}"), above, feedback);
    }

    private static Found read(TrainingRule rule, double[] above, double[] feedback) {
        TestSpec spec = new TestSpec();
        spec.architecture = new Mlp(List.of(1));
        spec.activation = Activation.LINEAR;
        spec.batchSize = 5;
        spec.rule = rule;
        Trainer trainer = new Trainer(spec.build(), 7, DATA, List.of(), Workers.single());
        trainer.state().write("layers.1.weight", above);
        if (feedback.length > 0) {
            trainer.state().write("rule.feedback.layers.0", feedback);
        }
        LearningRate rate = new LearningRate(1, ScheduleSpec.defaults(), 1);
        return Sight.read(
                new RuleDirectionInstrument(),
                trainer.observer().look(0, true, true, rate, Set.of(new RuleDirectionsReading())));
    }
}
