package io.orrery.lab.claim.continual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.claim.ArmRuns;
import io.orrery.lab.claim.Evidence;
import io.orrery.lab.claim.Judgement;
import io.orrery.lab.claim.Scale;
import io.orrery.lab.claim.trial.Alterations;
import io.orrery.lab.claim.trial.ClaimRunner;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.study.StudyListener;
import io.orrery.lab.theory.ContinualRegression;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LinearContinualTest {
    @TempDir
    Path book;

    private final LinearContinual claim = new LinearContinual();

    /** The smallest change that fits is where gradient descent from the last weights ends. */
    @Test
    void eachTaskIsFittedAsGradientDescentWould() {
        int inputs = 7;
        int examples = 3;
        int draw = 2;
        double noise = 0.5;
        double[][] targets = SequentialRegression.targets(11, 3, inputs, 0.4, 0);
        double[][] errors = SequentialRegression.errors(11, draw, targets, examples, noise);
        double[] weights = new double[inputs];
        for (int task = 0; task < 3; task++) {
            double[] x = RandomStream.of(11, "examples").normals(draw * 3 + task, examples * inputs);
            double[] added = RandomStream.of(11, "noise").normals(draw * 3 + task, examples);
            for (int step = 0; step < 5_000; step++) {
                double[] gradient = new double[inputs];
                for (int row = 0; row < examples; row++) {
                    double error = -noise * added[row];
                    for (int i = 0; i < inputs; i++) {
                        error += x[row * inputs + i] * (weights[i] - targets[task][i]);
                    }
                    for (int i = 0; i < inputs; i++) {
                        gradient[i] += error * x[row * inputs + i];
                    }
                }
                for (int i = 0; i < inputs; i++) {
                    weights[i] -= 0.03 * gradient[i];
                }
            }
            for (int other = 0; other < 3; other++) {
                double distance = 0;
                for (int i = 0; i < inputs; i++) {
                    distance += Math.pow(weights[i] - targets[other][i], 2);
                }
                assertThat(errors[task][other]).isCloseTo(distance, within(1e-9));
            }
        }
    }

    /** Over many draws the law is met within five standard errors, entry by entry. */
    @Test
    void theLawIsTheMeanOverDraws() {
        int draws = 4000;
        double[][] targets = SequentialRegression.targets(12, 3, 12, 0.5, 2);
        double[][] law = new ContinualRegression(12, 4, 0.4).errors(norms(targets), distances(targets));
        double[][] sums = new double[3][3];
        double[][] squares = new double[3][3];
        for (int draw = 0; draw < draws; draw++) {
            double[][] errors = SequentialRegression.errors(12, draw, targets, 4, 0.4);
            for (int i = 0; i < 9; i++) {
                sums[i / 3][i % 3] += errors[i / 3][i % 3] / draws;
                squares[i / 3][i % 3] += Math.pow(errors[i / 3][i % 3], 2) / draws;
            }
        }
        for (int i = 0; i < 9; i++) {
            double mean = sums[i / 3][i % 3];
            double error = Math.sqrt((squares[i / 3][i % 3] - mean * mean) / draws);
            assertThat(mean).isCloseTo(law[i / 3][i % 3], within(5 * error));
            assertThat(error / mean).isLessThan(0.02);
        }
    }

    @Test
    void tasksThatAreAlikeAreTheSameButForTheOddOne() {
        double[][] targets = SequentialRegression.targets(1, 4, 50, 1, 3);
        assertThat(targets[1]).containsExactly(targets[0]);
        assertThat(targets[3]).containsExactly(targets[0]);
        assertThat(targets[2]).isNotEqualTo(targets[0]);
    }

    @Test
    void aShareOfTheInputsMoves() {
        int[] from = PermutedMixture.permutation(3, 1, 20, 0.25);
        assertThat(from).containsExactlyInAnyOrder(Arrays.stream(from).sorted().toArray());
        long moved = java.util.stream.IntStream.range(0, 20)
                .filter(i -> from[i] != i)
                .count();
        assertThat(moved).isEqualTo(5);
        assertThat(Arrays.stream(from).distinct().count()).isEqualTo(20);
        assertThat(PermutedMixture.permutation(3, 1, 3, 0)).containsExactly(0, 1, 2);
    }

    @Test
    void theSameBitsTwice() {
        Setting setting = Setting.empty()
                .with("inputs", 6)
                .with("classes", 2)
                .with("examples", 20)
                .with("tests", 20)
                .with("width", 4)
                .with("tasks", 3)
                .with("share", 1)
                .with("odd", 0)
                .with("steps", 5)
                .with("rate", 0.1);
        assertThat(new PermutedMixture().compute(4, setting)).isEqualTo(new PermutedMixture().compute(4, setting));
        assertThat(new PermutedMixture().compute(4, setting)).isNotEqualTo(new PermutedMixture().compute(5, setting));
    }

    /** Tasks with nothing in common in place of tasks that are alike refute the law's sentence; one task repeated the networks'. */
    @Test
    void itIsJudgedAndCanBeRefuted() {
        Alterations small = new Alterations(List.of("draws=4", "width=8", "steps=15", "tests=100"), Optional.of("7"));
        Evidence evidence = new ClaimRunner(book, 2, Map.of())
                .run(claim, Scale.QUICK, small, StudyListener.SILENT)
                .orElseThrow()
                .evidence();
        assertThat(outcomes(claim.judge(evidence))).doesNotContain(Outcome.REFUTED);
        assertThat(outcomes(claim.judge(swapped(evidence, "similarity 0.9", "similarity 0"))))
                .startsWith(Outcome.REFUTED);
        assertThat(outcomes(claim.judge(swapped(evidence, "network, share 1", "network, share 0"))))
                .endsWith(Outcome.REFUTED);
    }

    private Evidence swapped(Evidence evidence, String arm, String runs) {
        return new Evidence(
                Scale.QUICK,
                evidence.arms().stream()
                        .map(old -> old.name().equals(arm)
                                ? new ArmRuns(
                                        claim.protocol(Scale.QUICK).arms().stream()
                                                .filter(known -> known.name().equals(arm))
                                                .findFirst()
                                                .orElseThrow(),
                                        old.ran(),
                                        evidence.arm(runs).runs())
                                : old)
                        .toList());
    }

    private static List<Outcome> outcomes(Judgement judgement) {
        return judgement.sentences().stream()
                .map(sentence -> sentence.verdict().outcome())
                .toList();
    }

    private static double[] norms(double[][] targets) {
        return Arrays.stream(targets)
                .mapToDouble(target -> Arrays.stream(target).map(x -> x * x).sum())
                .toArray();
    }

    private static double[][] distances(double[][] targets) {
        double[][] distances = new double[targets.length][targets.length];
        for (int i = 0; i < targets.length; i++) {
            for (int j = 0; j < targets.length; j++) {
                for (int k = 0; k < targets[0].length; k++) {
                    distances[i][j] += Math.pow(targets[i][k] - targets[j][k], 2);
                }
            }
        }
        return distances;
    }
}
