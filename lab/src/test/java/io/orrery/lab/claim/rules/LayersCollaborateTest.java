package io.orrery.lab.claim.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.claim.Judgement;
import io.orrery.lab.claim.MadeUpResults;
import io.orrery.lab.compute.Results;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.judge.Outcome;
import org.junit.jupiter.api.Test;

final class LayersCollaborateTest {
    private static final double THETA = 1.5;
    private static final double[] EXAMPLE = {0.5, -1, 2};

    private final LayersCollaborate claim = new LayersCollaborate();

    /** One unit with W = (1, 2), b = 0.5 on x = (3, 4), whose root mean square is sqrt(12.5): h = 11 / (sqrt(12.5) + 1e-4) + 0.5. */
    @Test
    void goodnessIsTheMeanOfSquaresOfWhatEntersScaled() {
        GoodnessLayers layers = new GoodnessLayers(RandomStream.of(1, "test"), THETA, 2, 1);
        layers.weights(0)[0] = 1;
        layers.weights(0)[1] = 2;
        layers.biases(0)[0] = 0.5;
        double h = 11 / (Math.sqrt(12.5) + 1e-4) + 0.5;

        GoodnessLayers.Pass pass = layers.pass(new double[] {3, 4});

        assertThat(pass.goodness()[0]).isCloseTo(h * h, within(1e-13));
        assertThat(layers.loss(0, pass, true, 0.25))
                .isCloseTo(Math.log(1 + Math.exp(THETA - h * h - 0.25)), within(1e-13));
        assertThat(layers.loss(0, pass, false, 0.25))
                .isCloseTo(Math.log(1 + Math.exp(h * h + 0.25 - THETA)), within(1e-13));
    }

    /** Against central differences of one layer's loss, gamma held as it is. */
    @Test
    void theGradientOfALayerIsThatOfItsOwnLoss() {
        for (boolean right : new boolean[] {true, false}) {
            GoodnessLayers layers = layers();
            GoodnessLayers.Pass pass = layers.pass(EXAMPLE);
            double gamma = pass.others(1);
            layers.learn(1, pass, right, gamma);
            double[] gradient = layers.gradient(1).clone();
            double[] weights = layers.weights(1);
            for (int i = 0; i < weights.length; i++) {
                double value = weights[i];
                weights[i] = value + 1e-6;
                double up = layers.loss(1, layers.pass(EXAMPLE), right, gamma);
                weights[i] = value - 1e-6;
                double down = layers.loss(1, layers.pass(EXAMPLE), right, gamma);
                weights[i] = value;
                assertThat(gradient[i]).isCloseTo((up - down) / 2e-6, within(1e-8));
            }
            assertThat(gradient).as("some units are active").isNotEqualTo(new double[gradient.length]);
        }
    }

    /** What the second layer learns leaves the gradient of the first as it was. */
    @Test
    void noGradientReachesAnotherLayer() {
        GoodnessLayers layers = layers();
        GoodnessLayers.Pass pass = layers.pass(EXAMPLE);
        layers.learn(1, pass, true, 0);
        assertThat(layers.gradient(0)).containsOnly(0);
        layers.learn(0, pass, true, 0);
        double[] alone = layers.gradient(0).clone();

        GoodnessLayers other = layers();
        other.weights(1)[0] += 1;
        GoodnessLayers.Pass changed = other.pass(EXAMPLE);
        other.learn(0, changed, true, 0);
        assertThat(other.gradient(0)).containsExactly(alone);
    }

    /** The first step of Adam moves each weight by the rate, against the sign of its gradient. */
    @Test
    void theFirstStepIsAsLongAsTheRate() {
        GoodnessLayers layers = layers();
        double[] before = layers.weights(0).clone();
        layers.learn(0, layers.pass(EXAMPLE), false, 0);
        double[] gradient = layers.gradient(0).clone();
        layers.update(0.01, 1);
        for (int i = 0; i < before.length; i++) {
            assertThat(layers.weights(0)[i] - before[i]).isCloseTo(-0.01 * Math.signum(gradient[i]), within(1e-6));
        }
    }

    private static GoodnessLayers layers() {
        return new GoodnessLayers(RandomStream.of(3, "test"), THETA, 3, 5, 4);
    }

    /** Two classes told apart always: one bit less (2 - 2 - 2 + 1) / (2 n ln 2); told at random: 0 bits less (4 - 2 - 2 + 1) / (2 n ln 2). */
    @Test
    void informationIsInBits() {
        int[] labels = {0, 1, 0, 1, 0, 1, 0, 1};
        int[] halves = {0, 0, 1, 1, 0, 0, 1, 1};
        double miller = 1 / (2 * 8 * Math.log(2));
        assertThat(ForwardForward.Decisions.information(labels, labels)).isCloseTo(1 + miller, within(1e-12));
        assertThat(ForwardForward.Decisions.information(labels, halves)).isCloseTo(-miller, within(1e-12));
    }

    @Test
    void theSameBitsTwiceAndMoreThanChance() {
        Setting setting = Setting.empty()
                .with("train", 100)
                .with("test", 50)
                .with("units", 32)
                .with("layers", 2)
                .with("epochs", 25)
                .with("rate", 0.01)
                .with("theta", 2)
                .with("shuffled", 0)
                .with("collaboration", 1);
        Results once = new ForwardForward().compute(5, setting);

        assertThat(new ForwardForward().compute(5, setting)).isEqualTo(once);
        assertThat(once.of("last").getFirst()).isGreaterThan(0.25);
        assertThat(once.of("accuracy")).hasSize(ForwardForward.looks(25).length);
        assertThat(once.of("passed")).hasSize(1);
        assertThat(once.of("information-2").getLast())
                .isEqualTo(once.of("information").getLast());
    }

    @Test
    void layersThatWinTogetherSupport() {
        Judgement judged = judge(0.85, 0.8, 0.75, 0.4, 0.3);
        assertThat(outcome(judged, 0)).isEqualTo(Outcome.SUPPORTED);
        assertThat(outcome(judged, 1)).isEqualTo(Outcome.SUPPORTED);
        assertThat(judged.figures()).hasSize(6);
    }

    @Test
    void layersThatLoseTogetherRefute() {
        assertThat(outcome(judge(0.78, 0.8, 0.75, 0.4, 0.3), 0)).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void goodnessOfAnotherExampleThatHelpsAsMuchLeavesItOpen() {
        assertThat(outcome(judge(0.85, 0.8, 0.85, 0.4, 0.3), 0)).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void layersThatLearnNothingAreNotJudged() {
        assertThat(outcome(judge(0.45, 0.3, 0.2, 0.4, 0.3), 0)).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void deeperLayersThatTellLessRefuteTheSecond() {
        assertThat(outcome(judge(0.85, 0.8, 0.75, 0.3, 0.4), 1)).isEqualTo(Outcome.REFUTED);
    }

    private Judgement judge(double together, double alone, double strange, double deeper, double aloneDeeper) {
        return claim.judge(MadeUpResults.of(claim, (arm, setting, seed) -> {
            double jitter = 0.001 * (seed % 3);
            double last = switch (arm) {
                case "layers together" -> together;
                case "layers alone" -> alone;
                default -> strange;
            };
            double single = arm.equals("layers together") ? deeper : arm.equals("layers alone") ? aloneDeeper : 0.1;
            return Results.none()
                    .with("last", last + jitter * (arm.equals("layers alone") ? 1.1 : 1))
                    .with("deeper", single + jitter * (seed % 2));
        }));
    }

    private static Outcome outcome(Judgement judged, int sentence) {
        return judged.sentences().get(sentence).verdict().outcome();
    }
}
