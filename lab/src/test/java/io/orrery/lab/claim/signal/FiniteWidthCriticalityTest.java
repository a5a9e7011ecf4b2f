package io.orrery.lab.claim.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.claim.Judgement;
import io.orrery.lab.claim.MadeUpResults;
import io.orrery.lab.claim.Scale;
import io.orrery.lab.claim.trial.Alterations;
import io.orrery.lab.claim.trial.ClaimResult;
import io.orrery.lab.claim.trial.ClaimRunner;
import io.orrery.lab.compute.Results;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.study.StudyListener;
import io.orrery.lab.theory.signal.MeanField;
import io.orrery.lab.theory.signal.PointwiseFunction;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FiniteWidthCriticalityTest {
    @TempDir
    Path book;

    private final FiniteWidthCriticality claim = new FiniteWidthCriticality();

    private static Setting setting(int width, int depth, int draws) {
        return Setting.empty()
                .with("activation", 0)
                .with("weightVariance", 2)
                .with("biasVariance", 0.25)
                .with("start", 4)
                .with("width", width)
                .with("depth", depth)
                .with("draws", draws);
    }

    /** Two units, one layer: K_1 = 1/4 + 2 (relu(2 g)^2 + relu(2 g')^2) / 2. */
    @Test
    void oneLayerByHand() {
        double[] g = RandomStream.of(9, "units").normals(3, 2);
        double sum = Math.pow(Math.max(2 * g[0], 0), 2) + Math.pow(Math.max(2 * g[1], 0), 2);
        assertThat(LengthFluctuation.variances(9, 3, setting(2, 1, 2)))
                .containsExactly(new double[] {4, 0.25 + sum}, within(1e-14));
    }

    /** Mean 1/4 + 4 and variance 4 (5/4) 16 / n at layer 1; and the same mean and square from networks with weights drawn. */
    @Test
    void momentsAreThoseOfNetworksWithWeights() {
        int width = 10;
        int draws = 10_000;
        Results results = new LengthFluctuation().compute(2, setting(width, 2, draws));
        double[] mean = {0, 0, 0};
        double[] square = {0, 0, 0};
        for (int draw = 0; draw < draws; draw++) {
            double[] z = RandomStream.of(5, "first").normals(draw, width);
            double k = 4;
            for (int i = 0; i < width; i++) {
                z[i] *= 2;
            }
            for (int layer = 1; layer <= 2; layer++) {
                double[] weights = RandomStream.of(5, "weights " + layer).normals(draw, width * width);
                double[] bias = RandomStream.of(5, "bias " + layer).normals(draw, width);
                double[] next = new double[width];
                k = 0.25;
                for (int j = 0; j < width; j++) {
                    k += 2.0 / width * Math.pow(Math.max(z[j], 0), 2);
                }
                for (int i = 0; i < width; i++) {
                    next[i] = 0.5 * bias[i];
                    for (int j = 0; j < width; j++) {
                        next[i] += Math.sqrt(2.0 / width) * weights[i * width + j] * Math.max(z[j], 0);
                    }
                }
                mean[layer] += k / draws;
                square[layer] += k * k / draws;
                z = next;
            }
        }
        for (int layer = 1; layer <= 2; layer++) {
            assertThat(results.of("mean").get(layer)).isCloseTo(mean[layer], within(0.04 * mean[layer]));
            double ratio = square[layer] / (mean[layer] * mean[layer]);
            assertThat(results.of("ratio").get(layer)).isCloseTo(ratio, within(0.06 * ratio));
        }
        assertThat(results.of("mean").get(1)).isCloseTo(4.25, within(0.12));
        assertThat(results.of("ratio").get(1)).isCloseTo(1 + 80 / 10.0 / 18.0625, within(0.05));
    }

    @Test
    void theProtocolsNumbersForGeluAreCritical() {
        MeanField field = new MeanField(
                PointwiseFunction.GELU, FiniteWidthCriticality.GELU_WEIGHTS, FiniteWidthCriticality.GELU_BIAS);
        double q = FiniteWidthCriticality.GELU_LENGTH;
        assertThat(field.length(q)).isCloseTo(q, within(1e-4));
        assertThat(field.gradientFactor(q)).isCloseTo(1, within(1e-5));
        assertThat(field.lengthFactor(q)).isCloseTo(1, within(1e-4));
    }

    /** Numbers that follow the laws with a little noise support both sentences; deviations that fall with the square of the width refute both. */
    @Test
    void madeUpNumbersSupportAndRefuteIt() {
        Judgement effect = claim.judge(
                MadeUpResults.of(claim, (_, setting, seed) -> made(setting, seed, 5 / setting.get("width"))));
        assertThat(effect.sentences())
                .allSatisfy(sentence -> assertThat(sentence.verdict().outcome())
                        .as(sentence.verdict().reason())
                        .isEqualTo(Outcome.SUPPORTED));
        Judgement square = claim.judge(MadeUpResults.of(
                claim, (_, setting, seed) -> made(setting, seed, 500 / setting.get("width") / setting.get("width"))));
        assertThat(square.sentences())
                .allSatisfy(sentence -> assertThat(sentence.verdict().outcome())
                        .as(sentence.verdict().reason())
                        .isEqualTo(Outcome.REFUTED));
    }

    /** The mean of infinite width, and a variance that each layer of ReLU adds to by a share of K^2; of the others the first order. */
    private static Results made(Setting setting, int seed, double share) {
        MeanField theory = LengthFluctuation.theory(setting);
        int depth = setting.whole("depth");
        double[] mean = new double[depth + 1];
        double[] ratio = new double[depth + 1];
        double length = setting.get("start");
        double variance = 0;
        double noise = 1 + 0.002 * (seed - 4.5);
        for (int layer = 0; layer <= depth; layer++) {
            mean[layer] = length * noise;
            ratio[layer] = theory.function() == PointwiseFunction.RELU
                    ? 1 + (Math.pow(1 + share, layer) - 1) * noise
                    : 1 + variance / (length * length);
            double factor = theory.lengthFactor(length);
            variance = factor * factor * variance + theory.fluctuation(length) / setting.get("width");
            length = theory.length(length);
        }
        return Results.none().with("mean", mean).with("ratio", ratio);
    }

    /** One evaluation of each arm goes through the runner and the judge. */
    @Test
    void whatIsComputedIsRead() {
        ClaimResult result = new ClaimRunner(book, 2, Map.of())
                .run(claim, Scale.QUICK, new Alterations(List.of("draws=4"), Optional.of("5")), StudyListener.SILENT)
                .orElseThrow();
        assertThat(result.beyond()).isEmpty();
        assertThat(result.judgement().sentences())
                .allSatisfy(
                        sentence -> assertThat(sentence.treatment().isJudged()).isTrue());
    }
}
