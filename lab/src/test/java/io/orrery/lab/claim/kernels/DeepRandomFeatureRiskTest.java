package io.orrery.lab.claim.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.claim.ArmRuns;
import io.orrery.lab.claim.Evidence;
import io.orrery.lab.claim.Scale;
import io.orrery.lab.claim.kernels.DeepFeatureRegression.Data;
import io.orrery.lab.claim.trial.Alterations;
import io.orrery.lab.claim.trial.ClaimRunner;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.math.Cholesky;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import io.orrery.lab.study.StudyListener;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeepRandomFeatureRiskTest {
    private static final Setting SETTING = Setting.empty()
            .with("inputs", 20)
            .with("noise", 0.04)
            .with("penalty", 0.5)
            .with("tests", 30)
            .with("draws", 1);

    @TempDir
    Path book;

    private final DeepRandomFeatureRisk claim = new DeepRandomFeatureRisk();

    @Test
    void featuresAndTargetsByPlainLoops() {
        List<Matrix> weights = DeepFeatureRegression.weights(3, 0, SETTING);
        assertThat(weights.stream().map(Matrix::rows)).containsExactly(15, 18);
        double[] beta = DeepFeatureRegression.beta(3, 0, 20);
        Data data = Data.of(3, "training", 0, 4, weights, beta, SETTING);
        double[] x = RandomStream.of(3, "training inputs").normals(0, 80);
        double[] noise = RandomStream.of(3, "training noise").normals(0, 4);
        for (int row = 0; row < 4; row++) {
            double target = 0.2 * noise[row];
            double[] hidden = new double[15];
            for (int i = 0; i < 20; i++) {
                target += beta[i] * x[row * 20 + i];
                for (int unit = 0; unit < 15; unit++) {
                    hidden[unit] += weights.getFirst().at(unit, i) * x[row * 20 + i];
                }
            }
            double sum = 0;
            for (int unit = 0; unit < 15; unit++) {
                sum += weights.getLast().at(7, unit) * Math.tanh(hidden[unit]);
            }
            assertThat(data.features().at(row, 7)).isCloseTo(Math.tanh(sum), within(1e-12));
            assertThat(data.targets().at(row, 0)).isCloseTo(target, within(1e-12));
        }
    }

    /** The primal solution against that by the kernel of examples. */
    @Test
    void ridgeRegressionIsTheSameByItsKernel() {
        List<Matrix> weights = DeepFeatureRegression.weights(3, 0, SETTING);
        double[] beta = DeepFeatureRegression.beta(3, 0, 20);
        Data training = Data.of(3, "training", 0, 9, weights, beta, SETTING);
        Data test = Data.of(3, "test", 0, 30, weights, beta, SETTING);
        Matrix kernel = Products.outerGram(training.features());
        for (int i = 0; i < 9; i++) {
            kernel.values()[i * 10] += 0.5;
        }
        Matrix dual = Cholesky.of(kernel).solve(training.targets());
        Matrix predicted = Products.times(Products.timesTransposed(test.features(), training.features()), dual);
        double error = Products.squaredNorm(Products.combination(1, predicted, -1, test.targets())) / 30;
        assertThat(DeepFeatureRegression.error(training, test, 0.5)).isCloseTo(error, within(1e-10));
    }

    @Test
    void theSameBitsTwice() {
        assertThat(DeepFeatureRegression.examples(SETTING)).containsExactly(9, 14, 18, 27, 36);
        assertThat(new DeepFeatureRegression().compute(3, SETTING))
                .isEqualTo(new DeepFeatureRegression().compute(3, SETTING));
    }

    /** The large penalty's numbers in place of the small one's have no peak. */
    @Test
    void itIsJudgedAndCanBeRefuted() {
        Alterations small = new Alterations(List.of("inputs=60", "draws=4", "tests=200"), Optional.of("10"));
        Evidence evidence = new ClaimRunner(book, 2, Map.of())
                .run(claim, Scale.QUICK, small, StudyListener.SILENT)
                .orElseThrow()
                .evidence();
        assertThat(claim.judge(evidence).verdict().outcome()).isNotEqualTo(Outcome.REFUTED);
        ArmRuns large = evidence.arms().getLast();
        Evidence swapped = new Evidence(
                Scale.QUICK,
                claim.protocol(Scale.QUICK).arms().stream()
                        .map(arm -> new ArmRuns(arm, large.ran(), large.runs()))
                        .toList());
        assertThat(claim.judge(swapped).verdict().outcome()).isEqualTo(Outcome.REFUTED);
    }
}
