package io.orrery.lab.claim.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.claim.Judgement;
import io.orrery.lab.claim.MadeUpResults;
import io.orrery.lab.compute.Results;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.judge.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FilterIsRecoveredTest {
    private final FilterIsRecovered claim = new FilterIsRecovered();

    /** Against central differences of the loss, by plain loops. */
    @Test
    void theGradientIsThatOfTheLoss() {
        Setting setting = setting(3, 4, 5, 0.4);
        double[] patches = ConvolutionalFilter.patches(RandomStream.of(1, "test"), 0, setting);
        double[] w = {0.3, -0.2, 0.5};
        double[] gradient = ConvolutionalFilter.gradient(w, patches, setting);
        for (int j = 0; j < 3; j++) {
            double[] up = w.clone();
            double[] down = w.clone();
            up[j] += 1e-6;
            down[j] -= 1e-6;
            assertThat(gradient[j]).isCloseTo((loss(up, patches) - loss(down, patches)) / 2e-6, within(1e-9));
        }
    }

    private static double loss(double[] w, double[] patches) {
        double loss = 0;
        for (int example = 0; example < 5; example++) {
            double error = 0;
            for (int i = 0; i < 4; i++) {
                int from = (example * 4 + i) * 3;
                double sum = w[0] * patches[from] + w[1] * patches[from + 1] + w[2] * patches[from + 2];
                error += (Math.max(sum, 0) - Math.max(patches[from], 0)) / 4;
            }
            loss += error * error / 2 / 5;
        }
        return loss;
    }

    /** Two patches of an example: variance 1, covariance the closeness, 0 across coordinates. */
    @Test
    void patchesAreAsCloseAsAsked() {
        int batch = 40_000;
        double[] patches = ConvolutionalFilter.patches(RandomStream.of(2, "test"), 0, setting(2, 2, batch, 0.3));
        double variance = 0;
        double same = 0;
        double across = 0;
        for (int example = 0; example < batch; example++) {
            int from = example * 4;
            variance += patches[from + 2] * patches[from + 2] / batch;
            same += patches[from] * patches[from + 2] / batch;
            across += patches[from] * patches[from + 3] / batch;
        }
        assertThat(variance).isCloseTo(1, within(0.03));
        assertThat(same).isCloseTo(0.3, within(0.03));
        assertThat(across).isCloseTo(0, within(0.03));
    }

    /**
     * One number, one patch, w below 0: where Z is below 0 the gradient is w Z^2, elsewhere 0, so that the filter shrinks to 0 and
     * never crosses it. The same bits twice.
     */
    @Test
    void anOpposedFilterOfOneNumberShrinks() {
        Setting setting = setting(1, 1, 32, 0.5)
                .with("steps", 200)
                .with("rate", 0.2)
                .with("later-rate", 0.2)
                .with("opposed", 1);
        Results results = new ConvolutionalFilter().compute(3, setting);
        assertThat(results.of("distance").getFirst()).isCloseTo(1.1, within(1e-15));
        assertThat(results.of("last").getFirst()).isCloseTo(1, within(1e-6));
        assertThat(results).isEqualTo(new ConvolutionalFilter().compute(3, setting));
    }

    @Test
    void madeUpNumbersSupportAndRefuteIt() {
        assertThat(outcomes(1e-6, -100, 0.25)).containsOnly(Outcome.SUPPORTED);
        assertThat(outcomes(1e-2, -100, 0.25)).containsExactly(Outcome.INCONCLUSIVE, Outcome.SUPPORTED);
        assertThat(outcomes(1e-6, 100, 0.25)).containsExactly(Outcome.REFUTED, Outcome.SUPPORTED);
        assertThat(outcomes(1e-6, -100, 0.9)).containsExactly(Outcome.SUPPORTED, Outcome.REFUTED);
    }

    private List<Outcome> outcomes(double last, double slope, double stages) {
        Judgement judged = claim.judge(MadeUpResults.of(claim, (_, setting, seed) -> {
            double jitter = 1 + 0.01 * (seed - 4.5);
            boolean rising = setting.get("later-rate") == 0.5;
            double hit =
                    setting.get("rate") == 0.05 ? 400 * (rising ? stages : 1) : 300 + slope * setting.get("closeness");
            return Results.none()
                    .with("distance", 1, 0.5)
                    .with("hit", hit * jitter)
                    .with("last", (setting.get("opposed") == 1 ? 1 : last) * jitter);
        }));
        return judged.sentences().stream()
                .map(sentence -> sentence.verdict().outcome())
                .toList();
    }

    private static Setting setting(int dimensions, int patches, int batch, double closeness) {
        return Setting.empty()
                .with("dimensions", dimensions)
                .with("patches", patches)
                .with("batch", batch)
                .with("steps", 10)
                .with("closeness", closeness)
                .with("rate", 0.2)
                .with("later-rate", 0.2)
                .with("opposed", 0);
    }
}
