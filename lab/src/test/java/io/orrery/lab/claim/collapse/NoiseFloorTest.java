package io.orrery.lab.claim.collapse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.lab.claim.Arm;
import io.orrery.lab.claim.Judgement;
import io.orrery.lab.claim.Scale;
import io.orrery.lab.claim.SimulatedEvidence;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.setup.Spec;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NoiseFloorTest {
    private final NoiseFloor claim = new NoiseFloor();

    /** 1, 3, 2, 2 about their line of slope 0.2 through the mean 2: squares 2, less (0.2 * 5 = 1)^2 / 5 = 0.2, over 2. */
    @Test
    void theVarianceIsAboutAStraightLine() {
        List<double[]> vectors = List.of(of(1, 5), of(3, 6), of(2, 7), of(2, 8));

        assertThat(NoiseAtRest.variance(List.of(of(1), of(3), of(2), of(2)))).isCloseTo(0.9, within(1e-14));
        assertThat(NoiseAtRest.variance(vectors)).isCloseTo(0.45, within(1e-14));
        assertThat(NoiseAtRest.variance(List.of(of(1), of(2), of()))).isNaN();
    }

    @Test
    void whatFluctuatesByItsLawsIsSupported() {
        Judgement judgement = judged(0.02, 1e-6, 1, -1, 2);

        assertThat(judgement.sentences())
                .allMatch(sentence -> sentence.verdict().outcome() == Outcome.SUPPORTED);
    }

    @Test
    void whatComesToRestRefutes() {
        assertThat(judged(1e-5, 1e-6, 1, -1, 2).verdict().outcome()).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void controlsThatMoveAsWellLeaveItOpen() {
        assertThat(judged(0.02, 0.02, 1, -1, 2).verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void otherExponentsRefuteTheLaws() {
        Judgement judgement = judged(0.02, 1e-6, 0.5, -1, 1);

        assertThat(judgement.sentences().get(1).verdict().outcome()).isEqualTo(Outcome.REFUTED);
        assertThat(judgement.sentences().get(2).verdict().outcome()).isEqualTo(Outcome.REFUTED);
    }

    /** Outputs and weights that jump up and down by a deviation, a little more in some seeds than in others. */
    private Judgement judged(double deviation, double still, double byRate, double byBatch, double byLambda) {
        SimulatedEvidence evidence = SimulatedEvidence.of(claim);
        for (Arm arm : claim.protocol(Scale.QUICK).arms()) {
            Spec spec = arm.spec().spec();
            long steps = spec.stop().steps().orElseThrow();
            double size = arm.part() == Arm.Part.CONTROL
                    ? still
                    : deviation
                            * Math.sqrt(Math.pow(spec.optimizer().learningRate() / 0.05, byRate)
                                    * Math.pow(spec.data().batchSize() / 4.0, byBatch)
                                    * Math.pow(spec.decay().lambda() / 5e-3, byLambda));
            evidence.same(arm.name(), "loss.accuracy@train", steps, 1);
            for (int look = 0; look < 25; look++) {
                long step = steps * 3 / 4 + steps / 4 * look / 24;
                double[][] outputs = new double[10][];
                double[][] weights = new double[10][];
                for (int seed = 0; seed < 10; seed++) {
                    double sign = look % 2 == 0 ? 1 + 0.01 * seed : -1 - 0.01 * seed;
                    outputs[seed] = of(0.9 + sign * size, -0.9 - sign * size);
                    weights[seed] = of(1 + sign * size, 2 - sign * size);
                }
                evidence.same(arm.name(), "fluctuation.size/layers.0", step, 1);
                evidence.vectors(arm.name(), "fluctuation.outputs@train", step, outputs);
                evidence.vectors(arm.name(), "fluctuation.directions/layers.0", step, weights);
            }
        }
        return claim.judge(evidence.evidence());
    }

    private static double[] of(double... values) {
        return values;
    }
}
