package io.orrery.lab.claim.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.lab.claim.Judgement;
import io.orrery.lab.claim.MadeUpResults;
import io.orrery.lab.claim.Scale;
import io.orrery.lab.claim.trial.Alterations;
import io.orrery.lab.claim.trial.ClaimResult;
import io.orrery.lab.claim.trial.ClaimRunner;
import io.orrery.lab.compute.Results;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import io.orrery.lab.study.StudyListener;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BatchnormAnyDepthTest {
    @TempDir
    Path book;

    private final BatchnormAnyDepth claim = new BatchnormAnyDepth();

    private static Setting setting(int batch, int width, int depth, int tanh) {
        return Setting.empty()
                .with("batch", batch)
                .with("width", width)
                .with("depth", depth)
                .with("orthogonal", 1)
                .with("activation", tanh)
                .with("gain", -0.5)
                .with("likeness", 0.3);
    }

    /** Rows (2, 0) and (0, 1): eigenvalues 4 and 1, gap ln 2.5 - ln 4 / 2. */
    @Test
    void theGapByHand() {
        assertThat(NormalizedNetwork.gap(new Matrix(2, 2, new double[] {2, 0, 0, 1})))
                .isCloseTo(Math.log(2.5) - Math.log(4) / 2, within(1e-14));
        assertThat(NormalizedNetwork.gap(new Matrix(1, 3, new double[] {1, 2, 3})))
                .isCloseTo(0, within(1e-14));
    }

    /** Orthogonal examples stay so, and gradients pass unchanged: every layer is a rotation times sqrt(batch / lengths). */
    @Test
    void orthogonalExamplesStaySo() {
        Setting orthogonal = setting(6, 6, 20, 0).with("likeness", 0);
        Results results = new NormalizedNetwork().compute(3, orthogonal);
        assertThat(results.of("gap")).allSatisfy(gap -> assertThat(gap).isCloseTo(0, within(1e-12)));
    }

    /** Norms of the gradient by the weights against central differences through a network that is written out here. */
    @Test
    void gradientsAgainstDifferences() {
        for (int tanh : new int[] {0, 1}) {
            Setting setting = setting(3, 4, 3, tanh);
            Matrix cotangent = NormalizedNetwork.cotangent(5, setting);
            double[] norms = NormalizedNetwork.Pass.of(5, setting).gradients(cotangent);
            for (int layer = 0; layer < 3; layer++) {
                double squared = 0;
                for (int i = 0; i < 16; i++) {
                    double slope =
                            (scalar(setting, cotangent, layer, i, 1e-5) - scalar(setting, cotangent, layer, i, -1e-5))
                                    / 2e-5;
                    squared += slope * slope;
                }
                assertThat(norms[layer]).isCloseTo(Math.sqrt(squared), within(1e-7 * norms[layer]));
            }
        }
    }

    private static double scalar(Setting setting, Matrix cotangent, int changed, int element, double by) {
        Matrix x = NormalizedNetwork.start(5, setting);
        for (int layer = 0; layer < 3; layer++) {
            double[] weights =
                    NormalizedNetwork.weights(5, layer, 4, true).values().clone();
            if (layer == changed) {
                weights[element] += by;
            }
            double[] next = new double[12];
            for (int column = 0; column < 4; column++) {
                double squares = 0;
                for (int row = 0; row < 3; row++) {
                    for (int k = 0; k < 4; k++) {
                        next[row * 4 + column] += x.at(row, k) * weights[k * 4 + column];
                    }
                    squares += Math.pow(next[row * 4 + column], 2);
                }
                for (int row = 0; row < 3; row++) {
                    double value = next[row * 4 + column] / Math.sqrt(squares / 3);
                    next[row * 4 + column] =
                            setting.whole("activation") == 1 ? Math.tanh(value / Math.sqrt(layer + 1)) : value;
                }
            }
            x = new Matrix(3, 4, next);
        }
        return Products.inner(x, cotangent);
    }

    /** Fewer layers show it already. */
    @Test
    void fewerLayersShowItAlready() {
        ClaimResult result = run(List.of("depth=60"));
        assertThat(result.beyond()).isEmpty();
        assertThat(result.judgement().headline().verdict().outcome()).isEqualTo(Outcome.SUPPORTED);
    }

    @Test
    void madeUpNumbersCanRefuteIt() {
        Judgement exploding = claim.judge(MadeUpResults.of(claim, (_, setting, seed) -> {
            double[] flat = new double[setting.whole("depth") + 1];
            Arrays.fill(flat, 0.01);
            return Results.none()
                    .with("gap", flat)
                    .with("rise", 1.1)
                    .with("gradient", Arrays.copyOf(flat, flat.length - 1))
                    .with("ratio", 4 + 0.1 * seed);
        }));
        assertThat(exploding.sentences())
                .allSatisfy(sentence -> assertThat(sentence.verdict().outcome()).isEqualTo(Outcome.REFUTED));
    }

    private ClaimResult run(List<String> changes) {
        return new ClaimRunner(book, 2, Map.of())
                .run(claim, Scale.QUICK, new Alterations(changes, Optional.of("6")), StudyListener.SILENT)
                .orElseThrow();
    }
}
