package io.orrery.lab.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.book.RecordedRun;
import io.orrery.lab.reference.Conventions;
import io.orrery.lab.run.RunEnd;
import io.orrery.lab.study.Summary.Mark;
import io.orrery.lab.study.Summary.Sentence;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SummaryTest {
    private static final String NC1 = "neural-collapse.nc1@train";

    @Test
    void everyNumberHasItsStepAndItsSeeds() {
        List<RecordedRun> runs = LongStream.rangeClosed(1, 3)
                .mapToObj(seed -> new MadeUpRun(seed)
                        .read("loss.accuracy@train", 0.1, 0.9, 1)
                        .read("loss.examples@train", 2000, 2000, 2000)
                        .read("loss.accuracy@test", 0.1, 0.9, 0.94 + 0.01 * seed)
                        .read("loss.examples@test", 1000, 1000, 1000)
                        .read(NC1, 2 + seed, 0.5, 0.01 * seed)
                        .read("neural-collapse.nc4@train", 0.9, 0.1, 0)
                        .read("rank.stable-rank/a", 9, 6, 3)
                        .read("rank.stable-rank/b", 5, 4, 1)
                        .read("rank.decay-exponent", 0, 1, 2)
                        .run())
                .toList();
        assertThat(texts(runs))
                .containsExactly(
                        "Training error: zero on 2,000 training examples at step 100; the same in all 3 seeds.",
                        "Variability within classes (NC1): 4 (3 to 5) at step 0, 0.5 at step 50, 0.02 (0.01 to 0.03) at step 100;"
                                + " median (lowest to highest) of 3 seeds.",
                        "Network and nearest class mean decide differently (NC4) on 0% of the training probe at step 100;"
                                + " median (lowest to highest) of 3 seeds.",
                        // (9 + 5) / 2, (6 + 4) / 2 and (3 + 1) / 2.
                        "Stable rank of the weights, mean over 2 layers: 7 at step 0, 5 at step 50, 2 at step 100;"
                                + " median (lowest to highest) of 3 seeds.",
                        // exp(-2) = 0.1353.
                        "Decay exponent, 2 lambda times the sum of learning rates, momentum included: 2. Decay alone would have"
                                + " left about 13.5% of the initial weights, exp of minus it.",
                        "Test accuracy: 96% (95% to 97%) on 1,000 test examples at step 100; median (lowest to highest) of 3"
                                + " seeds. Training accuracy less test accuracy: 4 (3 to 5) percentage points.");
        assertThat(Summary.of(runs).contrasts()).isEmpty();
    }

    /** Whatever was read, without an arm to compare with nothing is as predicted. */
    @Test
    void oneSettingAloneEarnsNoMark() {
        for (String lambda : List.of("0", "1e-15", "0.01")) {
            List<RecordedRun> runs = LongStream.rangeClosed(1, 5)
                    .mapToObj(seed -> new MadeUpRun(seed)
                            .decay(lambda)
                            .read("loss.accuracy@train", 0.1, 1, 1)
                            .read(NC1, 2, 0.1, 0.001)
                            .read("margins.minimum@train", -1, 0.9, 0.99)
                            .read("norms.rho", 9, 8, 4)
                            .read("norms.rho-equilibrium", 2, 3, 4)
                            .run())
                    .toList();
            assertThat(sentences(runs)).hasSize(4).extracting(Sentence::mark).containsOnly(Mark.FACT);
        }
    }

    @Test
    void oneReadingIsNoChange() {
        assertThat(texts(List.of(new MadeUpRun(1).read(NC1, 0.289).run())))
                .containsExactly("Variability within classes (NC1): 0.289 at step 0; one seed.");
    }

    @Test
    void twoReadingsAreNoTrend() {
        List<RecordedRun> runs = List.of(
                new MadeUpRun(1).reading(NC1, 0, 0.34).reading(NC1, 1876, 0.12).run());
        assertThat(texts(runs))
                .containsExactly("Variability within classes (NC1): 0.34 at step 0, 0.12 at step 1,876; one seed.");
        assertThat(String.join(" ", texts(runs))).doesNotContain("half", "falling", "fell");
    }

    /** A reading at a hundredth of the run says nothing of its middle. */
    @Test
    void aReadingFarFromTheMiddleIsNotTheMiddle() {
        List<RecordedRun> runs = List.of(new MadeUpRun(1)
                .reading(NC1, 0, 3)
                .reading(NC1, 10, 2)
                .reading(NC1, 1000, 1)
                .run());
        assertThat(texts(runs))
                .containsExactly("Variability within classes (NC1): 3 at step 0, 1 at step 1,000; one seed.");
    }

    @Test
    void featuresThatDoNotTrainAreSaidNotTo() {
        List<RecordedRun> runs =
                List.of(new MadeUpRun(1).read(NC1, 0.5, 0.5, 0.5).run());
        assertThat(texts(runs))
                .containsExactly(
                        "Variability within classes (NC1) of the last features is 0.5 at every reading: these features do not train."
                                + " One seed.");
    }

    /** A margin whose mean is negative has no spread worth a word, at the start or at the end. */
    @Test
    void theSpreadOfMarginsNeedsAPositiveMean() {
        MadeUpRun negative = new MadeUpRun(1)
                .read("margins.minimum@train", -2, -1, -0.5)
                .read("margins.mean@train", -1, -0.5, -0.1)
                .read("margins.spread@train", -64.3, 64.3, -3);
        assertThat(texts(List.of(negative.run())))
                .containsExactly("Margins on the training probe at step 100: the smallest is -0.5; one seed.");
        MadeUpRun positive = new MadeUpRun(1)
                .read("margins.minimum@train", -2, -1, 0.5)
                .read("margins.mean@train", -1, 0.01, 0.8)
                .read("margins.spread@train", -3, 64.3, 0.1);
        assertThat(texts(List.of(positive.run())))
                .containsExactly(
                        "Margins on the training probe at step 100: the smallest is 0.5, deviation over mean is 0.1; one seed.");
    }

    @Test
    void aFewTestExamplesAreSaidToBeFewAndAGapHasItsSign() {
        List<RecordedRun> runs = List.of(new MadeUpRun(1)
                .read("loss.accuracy@train", 0.5, 0.979)
                .read("loss.accuracy@test", 0.5, 1)
                .read("loss.examples@test", 12, 12)
                .run());
        assertThat(texts(runs).getLast())
                .isEqualTo("Test accuracy: 100% on 12 test examples (one is 8.33%) at step 100; one seed."
                        + " Training accuracy less test accuracy: -2.1 percentage points.");
    }

    /** The last reading is not finite: an earlier one does not stand in for it. */
    @Test
    void whatIsNotFiniteAtTheEndIsLeftOutAndCounted() {
        RecordedRun broken = new MadeUpRun(1).read(NC1, 2, 1, Double.NaN).run();
        assertThat(texts(List.of(broken))).isEmpty();
        RecordedRun sound = new MadeUpRun(2).read(NC1, 2, 1, 0.25).run();
        assertThat(texts(List.of(broken, sound)))
                .singleElement()
                .asString()
                .endsWith("0.25 at step 100; 1 of 2 seeds.");
    }

    @Test
    void rhoAndItsEquilibriumAreComparedAtOneLook() {
        RecordedRun run = new MadeUpRun(1)
                .read("norms.rho", 9, 4.04, 8)
                .reading("norms.rho-equilibrium", 0, 2)
                .reading("norms.rho-equilibrium", 50, 4)
                .read("norms.relaxation", 0, 10, 20)
                .run();
        assertThat(texts(List.of(run)))
                .containsExactly(
                        "rho, the product of the layers' norms, is 4.04 at step 50; for the directions of that step theory sees it"
                                + " at rest at 4, apart by 1%; one seed. Relaxation times passed, 2 (M + lambda) t: 10.");
    }

    /** a / b minimizes the mean of (y - rho f)^2 and knows nothing of decay: nothing is at rest there. */
    @Test
    void withoutDecayTheEquilibriumIsOnlyTheLeastSquaresScale() {
        RecordedRun run = new MadeUpRun(1)
                .decay("0")
                .read("norms.rho", 9, 4.04)
                .read("norms.rho-equilibrium", 2, 4)
                .run();
        assertThat(texts(List.of(run)))
                .singleElement()
                .asString()
                .contains(
                        "fits the targets best in the least-squares sense", "is 4, apart by 1%", "says nothing of rest")
                .doesNotContain("theory sees it at rest");
    }

    /** Momentum averages gradients, so that weights do not shrink by exactly exp(-E). */
    @Test
    void whatDecayLeavesIsAnApproximationWithMomentum() {
        RecordedRun run = new MadeUpRun(1)
                .spec("{\"decay\":{\"lambda\":0.1},\"optimizer\":{\"momentum\":0.9}}")
                .read("rank.stable-rank/a", 9, 3)
                .read("rank.decay-exponent", 0, 2)
                .run();
        assertThat(texts(List.of(run)).getLast())
                .endsWith(
                        "about 13.5% of the initial weights, exp of minus it; with momentum this is an approximation.");
    }

    @Test
    void divergedAndInterruptedRunsAreNamedAndNotCounted() {
        List<RecordedRun> runs = List.of(
                new MadeUpRun(1).read(NC1, 2, 1, 0.5).run(),
                new MadeUpRun(2)
                        .read(NC1, 2, 1, 77)
                        .ended(RunEnd.Status.DIVERGED, 90)
                        .run(),
                new MadeUpRun(3)
                        .read(NC1, 2, 88)
                        .ended(RunEnd.Status.INTERRUPTED, 50)
                        .run(),
                new MadeUpRun(4).read(NC1, 2).underWay().run());
        assertThat(texts(runs))
                .containsExactly(
                        "1 of 4 runs diverged (seed 2 at step 90); not counted below.",
                        "2 of 4 runs have not come to the end; not counted below.",
                        "Variability within classes (NC1): 2 at step 0, 1 at step 50, 0.5 at step 100; one seed.");
        assertThat(texts(runs.subList(1, 2))).containsExactly("1 of 1 run diverged (seed 2 at step 90).");
        assertThat(texts(runs.subList(2, 3)))
                .containsExactly(
                        "1 of 1 run has not come to the end; what follows is as far as they went.",
                        "Variability within classes (NC1): 2 at step 0, 88 at step 100; one seed.");
        assertThat(Summary.of(List.of()).settings()).isEmpty();
    }

    @Test
    void runsThatEndedAtDifferentStepsSaySo() {
        List<RecordedRun> runs = List.of(
                new MadeUpRun(1).reading(NC1, 0, 2).reading(NC1, 80, 0.1).run(),
                new MadeUpRun(2).reading(NC1, 0, 2).reading(NC1, 120, 0.1).run());
        assertThat(texts(runs)).singleElement().asString().contains("2 at step 0, 0.1 at steps 80 to 120; median");
    }

    @Test
    void settingsStayApart() {
        Summary summary = Summary.of(List.of(
                new MadeUpRun(1).decay("0").read(NC1, 2, 1).run(),
                new MadeUpRun(1).decay("1e-3").read(NC1, 2, 0.5).run()));
        assertThat(summary.settings())
                .extracting(Summary.OfSetting::label)
                .containsExactly("decay.lambda = 0", "decay.lambda = 1e-3");
    }

    @Test
    void numbersKeepThreeDigits() {
        assertThat(List.of(0.0, 1.0, 0.0123456, 4.5678, 98765.4, 123456.0, 1e-5, -0.25, 100.0))
                .extracting(OverSeeds::digits)
                .containsExactly("0", "1", "0.0123", "4.57", "98765", "1.2e+05", "1.0e-05", "-0.25", "100");
        assertThat(List.of(1.0, 0.99997, 0.9999999, 0.9, 0.0))
                .extracting(OverSeeds::percent)
                .containsExactly("100%", "99.997%", "99.999%", "90%", "0%");
    }

    @Test
    void everyConventionHasBothSides() {
        assertThat(Conventions.all()).hasSizeGreaterThan(10).allSatisfy(convention -> {
            assertThat(convention.quantity()).isNotBlank();
            assertThat(convention.here()).isNotBlank();
            assertThat(convention.elsewhere()).isNotBlank();
        });
    }

    private static List<Sentence> sentences(List<RecordedRun> runs) {
        return Summary.of(runs).settings().stream()
                .flatMap(setting -> setting.sentences().stream())
                .toList();
    }

    private static List<String> texts(List<RecordedRun> runs) {
        return sentences(runs).stream().map(Sentence::text).toList();
    }
}
