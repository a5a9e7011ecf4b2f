package io.orrery.lab.train.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.random.RandomStream;
import io.orrery.engine.worker.Workers;
import io.orrery.lab.data.DataSpec;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.model.Layered;
import io.orrery.lab.run.Trainer;
import io.orrery.lab.train.TestSpec;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The noise by itself: what a step with it does beyond the same step without it. */
final class GradientNoiseTest {
    private static final double RATE = 0.05;
    private static final String WEIGHT = "layers.0.weight";

    @Test
    void aStepGainsTheDrawsOfItsStreamTimesTheAnnealedDeviation() {
        Trainer noisy = trainer(Rules.of("{kind: gradient-noise, eta: 0.3, gamma: 0.5}"), 4, 1);
        Trainer plain = trainer(TrainingRule.standard(), 4, 1);
        noisy.advance();
        plain.advance();
        double[] expected = plain.state().read(WEIGHT);
        double[] draws = RandomStream.of(2, "noise/" + WEIGHT).normals(0, expected.length);
        for (int i = 0; i < expected.length; i++) {
            expected[i] -= RATE * Math.sqrt(0.3) * draws[i];
        }
        assertThat(noisy.state().read(WEIGHT))
                .usingComparatorWithPrecision(1e-14)
                .containsExactly(expected);
    }

    @Test
    void theDeviationFallsAsTheSourceSays() {
        GradientNoise rule = new GradientNoise(0.3, 0.55);
        assertThat(rule.deviation(0)).isEqualTo(Math.sqrt(0.3));
        // 0.3 / 1001^0.55 = 0.3 / e^(0.55 * 6.908755) = 0.3 / 44.6929 = 0.0067125, root 0.081930
        assertThat(rule.deviation(1000)).isCloseTo(0.081930, within(1e-5));
    }

    @Test
    void theNoiseOfStepAThousandHasItsDeviation() {
        double eta = 0.3;
        Trainer noisy = trainer(Rules.of("{kind: gradient-noise, eta: 0.3, gamma: 0.55}"), 400, 1001);
        Trainer plain = trainer(TrainingRule.standard(), 400, 1001);
        double[] start = plain.state().read(WEIGHT);
        noisy.resume(1000, java.util.Map.of(), _ -> {});
        plain.resume(1000, java.util.Map.of(), _ -> {});
        noisy.advance();
        plain.advance();
        double[] with = noisy.state().read(WEIGHT);
        double[] without = plain.state().read(WEIGHT);
        double squares = 0;
        for (int i = 0; i < start.length; i++) {
            squares += Math.pow((without[i] - with[i]) / RATE, 2);
        }
        double wanted = Math.sqrt(eta * Math.pow(1001, -0.55));
        assertThat(Math.sqrt(squares / start.length)).isCloseTo(wanted, within(0.05 * wanted));
    }

    private static Trainer trainer(TrainingRule rule, int inputs, long steps) {
        TestSpec spec = new TestSpec();
        spec.architecture = new Layered(List.of(), true);
        spec.rule = rule;
        spec.learningRate = RATE;
        spec.momentum = 0;
        spec.order = DataSpec.Order.FULL;
        spec.steps = OptionalLong.of(steps);
        Dataset data = TestSpec.clusters(3, 12, Shape.of(inputs), 0.4, 8);
        return new Trainer(spec.build(), 2, data, List.of(), Workers.single());
    }
}
