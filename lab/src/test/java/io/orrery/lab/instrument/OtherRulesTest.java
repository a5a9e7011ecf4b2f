package io.orrery.lab.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.worker.Workers;
import io.orrery.lab.model.ModelSpec.Normalization;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.run.Trainer;
import io.orrery.lab.train.TestSpec;
import io.orrery.lab.train.rule.Rules;
import io.orrery.lab.train.rule.TrainingRule;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Formulas for the gradient flow of the loss are held against runs that follow it, and against no others. */
final class OtherRulesTest {
    private static final Set<String> OF_THE_FLOW = Set.of("rho-equilibrium", "relaxation", "decay-exponent");

    @Test
    void onlyDescentIsHeldAgainstItsGradientFlow() {
        assertThat(told(TrainingRule.standard(), Normalization.FROBENIUS)).contains("rho-equilibrium", "relaxation");
        assertThat(told(TrainingRule.standard(), Normalization.NONE)).contains("rho-equilibrium", "decay-exponent");
        for (TrainingRule rule : Rules.all()) {
            if (!rule.descendsLoss()) {
                assertThat(told(rule, Normalization.NONE)).doesNotContainAnyElementsOf(OF_THE_FLOW);
            }
        }
        TrainingRule noise = Rules.of("{kind: gradient-noise}");
        assertThat(told(noise, Normalization.FROBENIUS)).isNotEmpty().doesNotContainAnyElementsOf(OF_THE_FLOW);
    }

    private static Set<String> told(TrainingRule rule, Normalization normalization) {
        TestSpec spec = new TestSpec();
        spec.rule = rule;
        spec.normalization = normalization;
        Trainer trainer = new Trainer(
                spec.build(),
                1,
                TestSpec.clusters(3, 30, Shape.of(6), 0.3, 5),
                Instruments.named(List.of("norms", "rank")),
                Workers.single());
        trainer.advance();
        return trainer.measure().stream().map(Measurement::quantity).collect(Collectors.toSet());
    }
}
