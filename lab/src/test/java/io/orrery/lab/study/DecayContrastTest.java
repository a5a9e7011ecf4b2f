package io.orrery.lab.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.book.RecordedRun;
import io.orrery.lab.run.RunEnd;
import io.orrery.lab.study.Summary.Contrast;
import io.orrery.lab.study.Summary.Mark;
import io.orrery.lab.study.Summary.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

/** Two arms made up with a known ratio; the seeds vary by a few percent. */
class DecayContrastTest {
    private static final String NC1 = "neural-collapse.nc1@train";
    private static final String ACCURACY = "loss.accuracy@train";

    @Test
    void aContrastOverFiveSeedsIsJudged() {
        List<Contrast> contrasts = contrasts(5, "5e-4", 0.1);
        assertThat(contrasts).singleElement().satisfies(contrast -> {
            assertThat(contrast.title()).isEqualTo("decay.lambda = 5e-4 against decay.lambda = 0");
            Sentence nc1 = contrast.sentences().getFirst();
            assertThat(nc1.mark()).isEqualTo(Mark.AS_PREDICTED);
            assertThat(nc1.text())
                    .contains("NC1 with decay.lambda = 5e-4 is 0.1")
                    .contains("times that with decay.lambda = 0")
                    .contains("interval", "5 seeds)")
                    .doesNotContain("0.9");
        });
    }

    /** The same evidence from four seeds, or from one, is not enough. */
    @Test
    void fewerSeedsThanTheJudgeNeedsStayOpen() {
        for (int seeds : new int[] {1, 4}) {
            assertThat(contrasts(seeds, "5e-4", 0.1).getFirst().sentences().getFirst())
                    .satisfies(sentence -> {
                        assertThat(sentence.mark()).isEqualTo(Mark.OPEN);
                        assertThat(sentence.text()).contains("at least 5 seeds are needed");
                    });
        }
    }

    /** A decay of 1e-15: the arms agree to rounding, and be it ever so certainly below 1. */
    @Test
    void aDecayTooSmallToActEarnsNoMark() {
        for (double ratio : new double[] {1, 0.9999, 0.95}) {
            List<RecordedRun> runs = new ArrayList<>();
            for (long seed = 1; seed <= 10; seed++) {
                double start = 1 + 0.01 * seed;
                runs.add(fitted(seed, "0").read(NC1, 2, start).run());
                runs.add(fitted(seed, "1e-15").read(NC1, 2, ratio * start).run());
            }
            assertThat(Summary.of(runs)
                            .contrasts()
                            .getFirst()
                            .sentences()
                            .getFirst()
                            .mark())
                    .isEqualTo(Mark.OPEN);
        }
    }

    @Test
    void theOtherDirectionCountsAgainst() {
        assertThat(contrasts(5, "5e-4", 3).getFirst().sentences().getFirst().mark())
                .isEqualTo(Mark.NOT_AS_PREDICTED);
    }

    @Test
    void whatIsPredictedAfterFittingWaitsForIt() {
        List<RecordedRun> runs = runs(5, "5e-4", seed -> fitted(seed, "5e-4").read(NC1, 2, 0.1 + 0.001 * seed));
        runs.set(
                9,
                new MadeUpRun(5)
                        .decay("5e-4")
                        .read(ACCURACY, 0.1, 0.98)
                        .read(NC1, 2, 0.1)
                        .run());
        assertThat(Summary.of(runs).contrasts().getFirst().sentences().getFirst())
                .satisfies(sentence -> {
                    assertThat(sentence.mark()).isEqualTo(Mark.OPEN);
                    assertThat(sentence.text())
                            .endsWith("Not judged: the training error is not zero in every run, the largest is 2%.");
                });
    }

    @Test
    void aRunThatDivergedOrEndedElsewhereIsNotPaired() {
        List<RecordedRun> runs = runs(6, "5e-4", seed -> fitted(seed, "5e-4").read(NC1, 2, 0.1 + 0.001 * seed));
        runs.set(
                11,
                fitted(6, "5e-4")
                        .read(NC1, 2, 99)
                        .ended(RunEnd.Status.DIVERGED, 3)
                        .run());
        assertThat(Summary.of(runs).contrasts().getFirst().sentences().getFirst())
                .satisfies(sentence -> {
                    assertThat(sentence.mark()).isEqualTo(Mark.AS_PREDICTED);
                    assertThat(sentence.text()).contains("5 of 6 seeds", "no finite number from the 6th");
                });
        runs.set(
                11,
                fitted(6, "5e-4").read(NC1, 2, 0.1).ended(RunEnd.Status.DONE, 7).run());
        assertThat(Summary.of(runs)
                        .contrasts()
                        .getFirst()
                        .sentences()
                        .getFirst()
                        .text())
                .endsWith("Not judged: the runs did not all end at the same step.");
    }

    /** Decay and something else: the difference has two causes. */
    @Test
    void settingsThatDifferInMoreThanDecayAreNotHeldTogether() {
        List<RecordedRun> runs = runs(
                5,
                "5e-4",
                seed -> fitted(seed, "5e-4")
                        .spec("{\"decay\":{\"lambda\":5e-4},\"loss\":{\"kind\":\"square\"},\"stop\":{\"epochs\":9}}")
                        .read(NC1, 2, 0.1));
        assertThat(Summary.of(runs).contrasts()).isEmpty();
    }

    @Test
    void nothingIsPredictedOfImbalancedClassesOrOfMarginsUnderCrossEntropy() {
        String spec =
                "{\"data\":{\"imbalance\":[9,1]},\"decay\":{\"lambda\":%s},\"loss\":{\"kind\":\"cross-entropy\"}}";
        List<RecordedRun> runs = new ArrayList<>();
        for (long seed = 1; seed <= 5; seed++) {
            for (String lambda : List.of("0", "1e-3")) {
                runs.add(fitted(seed, lambda)
                        .spec(spec.formatted(lambda))
                        .read(NC1, 2, 0.1)
                        .read("margins.normalized-mean@train", 1, 2)
                        .read("rank.rank/a", 9, 5 + seed)
                        .run());
            }
        }
        assertThat(Summary.of(runs).contrasts().getFirst().sentences())
                .extracting(Sentence::topic)
                .containsExactly("rank");
    }

    /** Margins of 1 over rho: rho a third as large makes the normalized ones three times as large, and no second finding. */
    @Test
    void normalizedMarginsOfFittedDataAreSaidToFollowFromRho() {
        List<RecordedRun> runs = new ArrayList<>();
        for (long seed = 1; seed <= 5; seed++) {
            double rho = 30 + seed;
            runs.add(fitted(seed, "0")
                    .read("norms.rho", 9, rho)
                    .read("margins.normalized-mean@train", 0, 1 / rho)
                    .run());
            runs.add(fitted(seed, "1e-3")
                    .read("norms.rho", 9, rho / 3)
                    .read("margins.normalized-mean@train", 0, 3 / rho)
                    .run());
        }
        assertThat(Summary.of(runs).contrasts().getFirst().sentences())
                .filteredOn(sentence -> sentence.topic().equals("margins"))
                .singleElement()
                .extracting(Sentence::text)
                .asString()
                .contains("is 3 times that with", "That follows from rho:")
                .endsWith("rho is 0.333 times as large.");
    }

    /** What sources predict is the rank at a tolerance, here 240 of 250; that the stable rank fell to a quarter is a fact beside it. */
    @Test
    void theStableRankIsNotTheRankThatIsPredicted() {
        List<RecordedRun> runs = new ArrayList<>();
        for (long seed = 1; seed <= 5; seed++) {
            runs.add(fitted(seed, "0")
                    .read("rank.rank/a", 256, 250)
                    .read("rank.stable-rank/a", 60, 32 + seed)
                    .run());
            runs.add(fitted(seed, "1e-3")
                    .read("rank.rank/a", 256, 240)
                    .read("rank.stable-rank/a", 60, 8)
                    .run());
        }
        List<Sentence> sentences = Summary.of(runs).contrasts().getFirst().sentences();
        assertThat(sentences).extracting(Sentence::mark).containsExactly(Mark.OPEN, Mark.FACT);
        assertThat(sentences.getFirst().text()).contains("the rank at 1e-3, mean over layers,", "is 0.96 times");
        assertThat(sentences.getLast().text())
                .startsWith("The stable rank, mean over layers, with decay.lambda = 1e-3 is 0.22");
    }

    /** Differences of 1, 2 and 3 points: mean 2, Student's interval 2 +- 4.303 / sqrt(3) = -0.484 to 4.48. */
    @Test
    void testAccuracyIsAFactWithAnInterval() {
        List<RecordedRun> runs = new ArrayList<>();
        for (long seed = 1; seed <= 3; seed++) {
            runs.add(fitted(seed, "0").read("loss.accuracy@test", 0.1, 0.9).run());
            runs.add(fitted(seed, "1e-3")
                    .read("loss.accuracy@test", 0.1, 0.9 + 0.01 * seed)
                    .read(NC1, 2, 1)
                    .run());
        }
        runs.set(
                0,
                fitted(1, "0")
                        .read("loss.accuracy@test", 0.1, 0.9)
                        .read(NC1, 2, 1)
                        .run());
        Sentence last = Summary.of(runs).contrasts().getFirst().sentences().getLast();
        assertThat(last.mark()).isEqualTo(Mark.FACT);
        assertThat(last.text())
                .isEqualTo("Test accuracy with decay.lambda = 1e-3 less that with decay.lambda = 0, mean of 3 seeds: 2"
                        + " percentage points (95% interval -0.484 to 4.48).");
    }

    private static List<Contrast> contrasts(int seeds, String lambda, double ratio) {
        return Summary.of(runs(
                        seeds, lambda, seed -> fitted(seed, lambda).read(NC1, 2, ratio * (1 + 0.02 * (seed % 3)))))
                .contrasts();
    }

    /** Without decay NC1 ends at 1 in every seed. The runs without decay come first. */
    private static List<RecordedRun> runs(int seeds, String lambda, LongFunction<MadeUpRun> decayed) {
        List<RecordedRun> runs = new ArrayList<>();
        for (long seed = 1; seed <= seeds; seed++) {
            runs.add(fitted(seed, "0").read(NC1, 2, 1).run());
        }
        for (long seed = 1; seed <= seeds; seed++) {
            runs.add(decayed.apply(seed).run());
        }
        return runs;
    }

    private static MadeUpRun fitted(long seed, String lambda) {
        return new MadeUpRun(seed).decay(lambda).read(ACCURACY, 0.1, 1);
    }
}
