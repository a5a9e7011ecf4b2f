package io.orrery.lab.claim.expressivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.claim.Scale;
import io.orrery.lab.claim.trial.Alterations;
import io.orrery.lab.claim.trial.ClaimResult;
import io.orrery.lab.claim.trial.ClaimRunner;
import io.orrery.lab.compute.DenseNetwork;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.study.StudyListener;
import io.orrery.lab.theory.CurveCrossings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RegionsOnManifoldsTest {
    private static final Setting SETTING = Setting.empty()
            .with("curve", 0)
            .with("size", 1.5)
            .with("layers", 2)
            .with("width", 8)
            .with("bias", 0.5)
            .with("networks", 2)
            .with("steps", 20)
            .with("rate", 0.01);

    @TempDir
    Path book;

    private final RegionsOnManifolds claim = new RegionsOnManifolds();

    @ParameterizedTest
    @EnumSource
    void theVelocityIsTheSlopeOfThePoint(PlaneCurve.Shape shape) {
        PlaneCurve curve = new PlaneCurve(shape, 2);
        for (double share : new double[] {0.1, 0.37, 0.8}) {
            double t = curve.from() + share * (curve.to() - curve.from());
            for (int i = 0; i < 2; i++) {
                double slope = (curve.point(t + 1e-6)[i] - curve.point(t - 1e-6)[i]) / 2e-6;
                assertThat(curve.velocity(t)[i]).isCloseTo(slope, within(1e-8));
            }
        }
    }

    /** From -3 to 3 the tractrix is 2 ln cosh 3 long. */
    @Test
    void theTractrixHasItsLength() {
        assertThat(CurveCrossings.length(new PlaneCurve(PlaneCurve.Shape.TRACTRIX, 1)))
                .isCloseTo(2 * Math.log(Math.cosh(3)), within(1e-6));
    }

    /** Two units, x - 0.5 and y, and one of the next layer, relu(x - 0.5) + relu(y) - 0.2, along the unit circle. */
    @Test
    void crossingsByHand() {
        DenseNetwork network =
                new DenseNetwork(RandomStream.of(1, "network"), DenseNetwork.Activation.RELU, 2, 0, 2, 2, 1, 1);
        set(network.weights(0), 1, 0, 0, 1);
        network.biases(0)[0] = -0.5;
        set(network.weights(1), 1, 1);
        network.biases(1)[0] = -0.2;
        Matrix circle = RegionCrossings.points(new PlaneCurve(PlaneCurve.Shape.CIRCLE, 1), 1999);
        double[][] counted = RegionCrossings.count(network, circle, true);
        // x - 0.5 changes at +-60 degrees, y at 0 and 180; the sum is above 0.2 from below 0 degrees to just short of
        // 180.
        assertThat(counted[0][0] + counted[0][1]).isEqualTo(2);
        assertThat(counted[1][0] + counted[1][1]).isEqualTo(2);
        assertThat(counted[1]).containsExactly(1, 1);
    }

    @Test
    void aRayIsNotCrossedWithoutBiases() {
        Setting ray = SETTING.with("curve", 3).with("bias", 0).with("steps", 0);
        assertThat(new RegionCrossings().compute(3, ray).of("crossings")).containsExactly(0.0, 0.0);
    }

    @Test
    void theSameBitsTwiceAndTrainingLearns() {
        assertThat(new RegionCrossings().compute(3, SETTING)).isEqualTo(new RegionCrossings().compute(3, SETTING));
        List<Double> loss = new RegionCrossings().compute(3, SETTING).of("loss");
        assertThat(loss).hasSize(11);
        assertThat(loss.getLast()).isLessThan(loss.getFirst());
        assertThat(RegionCrossings.looks(SETTING)).startsWith(0, 2, 4).endsWith(20);
    }

    @Test
    void itIsJudged() {
        ClaimResult result = run(List.of("networks=4", "steps=20"), 6);
        assertThat(result.judgement().headline().verdict().outcome()).isEqualTo(Outcome.SUPPORTED);
        assertThat(result.judgement().sentences().get(1).verdict().outcome()).isNotEqualTo(Outcome.REFUTED);
    }

    @Test
    void oneCurveInPlaceOfSeveralRefutesIt() {
        ClaimResult result = run(List.of("networks=2", "steps=0", "curve=0", "size=1.5"), 8);
        assertThat(result.judgement().headline().verdict().outcome()).isEqualTo(Outcome.REFUTED);
    }

    private ClaimResult run(List<String> changes, int seeds) {
        return new ClaimRunner(book, 2, Map.of())
                .run(
                        claim,
                        Scale.QUICK,
                        new Alterations(changes, Optional.of(Integer.toString(seeds))),
                        StudyListener.SILENT)
                .orElseThrow();
    }

    private static void set(Matrix matrix, double... values) {
        System.arraycopy(values, 0, matrix.values(), 0, values.length);
    }
}
