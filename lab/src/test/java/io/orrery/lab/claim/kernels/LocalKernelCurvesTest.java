package io.orrery.lab.claim.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.lab.claim.Scale;
import io.orrery.lab.claim.trial.Alterations;
import io.orrery.lab.claim.trial.ClaimResult;
import io.orrery.lab.claim.trial.ClaimRunner;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.study.StudyListener;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalKernelCurvesTest {
    @TempDir
    Path book;

    /** Rows (0, 0, 0) and (3, 4, 0): single distances 3, 4, 0; pairs 5, 4, 3; all three 5. */
    @Test
    void patchesByHand() {
        Matrix x = new Matrix(2, 3, new double[] {0, 0, 0, 3, 4, 0});
        assertThat(LocalKernelRegression.kernel(x, 1).at(1, 0))
                .isCloseTo((Math.exp(-3) + Math.exp(-4) + 1) / 3, within(1e-15));
        assertThat(LocalKernelRegression.kernel(x, 2).at(0, 1))
                .isCloseTo((Math.exp(-5) + Math.exp(-4) + Math.exp(-3)) / 3, within(1e-15));
        assertThat(LocalKernelRegression.kernel(x, 3).at(0, 1)).isCloseTo(Math.exp(-5), within(1e-15));
        assertThat(LocalKernelRegression.kernel(x, 3).at(1, 1)).isCloseTo(1, within(1e-15));
    }

    /** In one dimension exp(-|x - z|) is Markov: between two points the prediction is (sinh(r) u + sinh(l) v) / sinh(l + r). */
    @Test
    void betweenTwoPointsOfALineInClosedForm() {
        Matrix x = new Matrix(3, 1, new double[] {0, 0.5, 0.2});
        double[] values = {1.5, -0.7, 0.3};
        double predicted = (Math.sinh(0.3) * 1.5 - Math.sinh(0.2) * 0.7) / Math.sinh(0.5);
        double error = LocalKernelRegression.error(LocalKernelRegression.kernel(x, 1), values, 2, 2, 0);
        assertThat(error).isCloseTo(Math.pow(predicted - 0.3, 2), within(1e-13));
    }

    @Test
    void theSameBitsTwice() {
        Setting setting = Setting.empty()
                .with("inputs", 3)
                .with("target", 1)
                .with("patch", 2)
                .with("examples", 16)
                .with("tests", 5)
                .with("ridge", 1e-7)
                .with("draws", 2);
        assertThat(LocalKernelRegression.examples(setting)).containsExactly(2, 4, 8, 16);
        assertThat(new LocalKernelRegression().compute(3, setting))
                .isEqualTo(new LocalKernelRegression().compute(3, setting));
    }

    /** With the dense kernel everywhere the exponents have no order. */
    @Test
    void onePatchSizeInPlaceOfSeveralRefutesIt() {
        Alterations dense = new Alterations(List.of("patch=6", "examples=32", "tests=20", "draws=1"), Optional.of("8"));
        ClaimResult result = new ClaimRunner(book, 2, Map.of())
                .run(new LocalKernelCurves(), Scale.QUICK, dense, StudyListener.SILENT)
                .orElseThrow();
        assertThat(result.judgement().verdict().outcome()).isEqualTo(Outcome.REFUTED);
    }
}
