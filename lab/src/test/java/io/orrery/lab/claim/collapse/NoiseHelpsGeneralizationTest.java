package io.orrery.lab.claim.collapse;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.claim.Scale;
import io.orrery.lab.claim.SimulatedEvidence;
import io.orrery.lab.judge.JudgeCalibration;
import io.orrery.lab.judge.JudgeCalibration.SimulatedArm;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.setup.Spec;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Mini-batch gradients of 100 lambda / sqrt(batch), so that late updates span a factor of 24 at each lambda. */
final class NoiseHelpsGeneralizationTest {
    private static final double SEED_SPREAD = 0.01;

    private final NoiseHelpsGeneralization claim = new NoiseHelpsGeneralization();
    private final List<String> arms =
            claim.protocol(Scale.QUICK).arms().stream().map(arm -> arm.name()).toList();
    private final List<Spec> specs = claim.protocol(Scale.QUICK).arms().stream()
            .map(arm -> arm.spec().spec())
            .toList();

    /** In the pilot the test error fell from 0.16 by about 0.015 for each factor of e in the late update. */
    @Test
    void theErrorsOfThePilotAreSupportedAndErrorsWithoutOrderAreNot() {
        assertThat(rates(-0.015, 300).supported()).isGreaterThanOrEqualTo(0.9);
        assertThat(rates(0, 0).supported()).isLessThanOrEqualTo(0.05);
    }

    @Test
    void whatDecayDoesByItselfIsNotTakenForNoise() {
        assertThat(rates(0, 300).supported()).isLessThanOrEqualTo(0.05);
    }

    @Test
    void noiseThatHarmsIsRefuted() {
        assertThat(rates(0.015, -300).refuted()).isGreaterThanOrEqualTo(0.9);
    }

    @Test
    void classesThatAreNotFittedAreNotJudged() {
        SimulatedEvidence evidence = noisy(0.9);
        for (int i = 0; i < arms.size(); i++) {
            evidence.same(arms.get(i), "loss.accuracy@test", steps(i), 1 - error(i, -0.015, 300));
        }

        assertThat(claim.judge(evidence.evidence()).verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    private JudgeCalibration.Rates rates(double perFactorOfE, double perLambda) {
        SimulatedEvidence noisy = noisy(1);
        List<SimulatedArm> errors = IntStream.range(0, arms.size())
                .mapToObj(i -> SimulatedArm.of(1 - error(i, perFactorOfE, perLambda), SEED_SPREAD))
                .toList();
        return new JudgeCalibration(10, errors, values -> {
                    SimulatedEvidence evidence = noisy.copy();
                    for (int i = 0; i < values.length; i++) {
                        evidence.put(arms.get(i), "loss.accuracy@test", steps(i), values[i]);
                    }
                    return claim.treatment(evidence.evidence());
                })
                .rates(100, 1);
    }

    private SimulatedEvidence noisy(double accuracy) {
        SimulatedEvidence evidence = SimulatedEvidence.of(claim);
        for (int i = 0; i < arms.size(); i++) {
            evidence.same(arms.get(i), "update.norm", steps(i), gradient(i))
                    .same(arms.get(i), "loss.accuracy@train", steps(i), accuracy);
        }
        return evidence;
    }

    private double error(int arm, double perFactorOfE, double perLambda) {
        double late = specs.get(arm).optimizer().learningRate() * gradient(arm);
        double lambda = specs.get(arm).decay().lambda();
        // Between settings of one decay the noise acts, between decays the decay.
        double within = Math.log(late / (100 * lambda * 0.05 / 2.8));
        return 0.16 + perFactorOfE * within - perLambda * (lambda - 1e-4);
    }

    private double gradient(int arm) {
        return 100
                * specs.get(arm).decay().lambda()
                / Math.sqrt(specs.get(arm).data().batchSize());
    }

    private long steps(int arm) {
        return specs.get(arm).stop().steps().orElseThrow();
    }
}
