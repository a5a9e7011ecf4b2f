package io.orrery.lab.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.worker.Workers;
import io.orrery.lab.instrument.Instruments;
import io.orrery.lab.model.Mlp;
import io.orrery.lab.observe.Extent;
import io.orrery.lab.observe.Instrument;
import io.orrery.lab.setup.MeasureSpec;
import io.orrery.lab.train.Everything;
import io.orrery.lab.train.TestSpec;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * On 2,600 examples the network 10-100,000-3 takes 2.6e6 FLOPs for one of them, 5e9 for both probe sets; gradients take three
 * passes on more than 1,000 examples, about 1e10 a look.
 */
final class LookBudgetTest {
    private static final int WIDE = 100_000;
    private static final Instrument EVERYTHING = new Everything();
    private static final Instrument GRADIENTS =
            Instruments.named(List.of("gradient")).getFirst();
    private static final Instrument PROBES =
            Instruments.named(List.of("neural-collapse")).getFirst();

    @Test
    void aShortTrainingOfASmallNetworkShowsEverythingAtEveryLook() {
        LookBudget budget = budget(new TestSpec(), 8, 1e6);
        assertThat(shown(budget, EVERYTHING)).isEqualTo(looks());
        assertThat(thorough(budget)).isEqualTo(looks());
        assertThat(budget.extent(10)).isEqualTo(Extent.WHOLE);
        assertThat(budget.costs().sentences()).hasSize(1);
    }

    /** Twenty readings of the probe sets take 2e11 FLOPs and more, as much as all updates. */
    @Test
    void whatIsCheapHasTwentyReadingsInTheShortestTraining() {
        LookBudget budget = budget(new TestSpec(), WIDE, 1e11);
        assertThat(shown(budget, PROBES)).isEqualTo(LookSchedule.LEAST).isLessThan(looks());
        assertThat(shown(budget, GRADIENTS)).isBetween(3, 10);
        assertThat(budget.costs().sentences())
                .anySatisfy(
                        text -> assertThat(text).contains("All but what follows: read at 20 of " + looks() + " looks"))
                .anySatisfy(text -> assertThat(text).contains("gradient (gradients): read at "))
                .anySatisfy(text ->
                        assertThat(text).contains("measuring may take 30% of training that takes less than 30 s"));
    }

    @Test
    void theFirstAndTheLastLookShowEverything() {
        LookBudget budget = budget(new TestSpec(), WIDE, 1e11);
        for (int index : new int[] {0, looks() - 1}) {
            assertThat(budget.due(EVERYTHING, index)).isTrue();
            assertThat(budget.thorough(index)).isTrue();
        }
        assertThat(budget.extent(looks() - 1)).isEqualTo(Extent.WHOLE);
    }

    /** Long enough for two percent of what 5,000 examples of each split take at every look, no more. */
    @Test
    void onlyTheSampleOfLossAndAccuracyShrinks() {
        LookBudget budget = budget(new TestSpec(), WIDE, 3e12);
        assertThat(IntStream.range(1, looks() - 1).mapToObj(budget::extent)).containsOnly(Extent.PROBE);
        assertThat(budget.extent(0)).isEqualTo(Extent.PROBE);
        assertThat(budget.costs().sentences())
                .anySatisfy(text -> assertThat(text)
                        .isEqualTo(
                                "Loss and accuracy between the first look and the last: on the probe sets, not on 5000"
                                        + " examples of each split."));
    }

    @Test
    void readingsOfWhatIsDearGrowWithTheLengthOfTheTraining() {
        int before = 0;
        for (double flops : new double[] {1e11, 2.5e12, 1e14, 1e17}) {
            int now = shown(budget(new TestSpec(), WIDE, flops), EVERYTHING);
            assertThat(now).isGreaterThanOrEqualTo(before);
            before = now;
        }
        assertThat(before).isEqualTo(looks());
        LookBudget longest = budget(new TestSpec(), WIDE, 1e17);
        assertThat(longest.extent(10)).isEqualTo(Extent.WHOLE);
        assertThat(longest.extent(0)).isEqualTo(Extent.WHOLE);
        assertThat(longest.costs().share()).isLessThan(0.05);
    }

    /** Double is taken for half as fast: 1.5e12 FLOPs are 30 s. */
    @Test
    void belowThirtySecondsMeasuringMayCostThirtyPercentAndAboveFive() {
        for (int step = 0; step <= 20; step++) {
            double flops = 1e12 * Math.pow(10, step / 5.0);
            LookBudget budget = budget(new TestSpec(), 2000, flops);
            double most = flops < 1.5e12 ? 0.3 : 0.05;
            assertThat(budget.costs().share()).as("share of %g FLOPs", flops).isLessThan(most);
        }
        TestSpec single = new TestSpec();
        single.precision = Precision.SINGLE;
        int seldom = shown(budget(new TestSpec(), 2000, 2e12), PROBES);
        assertThat(shown(budget(single, 2000, 2e12), PROBES)).isGreaterThan(seldom);
    }

    @Test
    void readingsAreSpreadEvenlyOverTheLooks() {
        LookBudget budget = budget(new TestSpec(), WIDE, 1e11);
        int last = 0;
        for (int index = 0; index < looks(); index++) {
            if (budget.due(PROBES, index)) {
                assertThat(index - last).isLessThanOrEqualTo(3);
                last = index;
            }
        }
    }

    @Test
    void whatASpecAsksForIsReadWhateverItCosts() {
        TestSpec asked = new TestSpec();
        asked.every = OptionalLong.of(500);
        LookBudget budget = budget(asked, WIDE, 1e11);
        List<LookSchedule.Look> looks = schedule(asked).looks();
        for (int index = 0; index < looks.size(); index++) {
            if (looks.get(index).step() % 500 == 0) {
                assertThat(budget.due(EVERYTHING, index)).isTrue();
                assertThat(budget.thorough(index)).isTrue();
            }
        }
        assertThat(budget.costs().asked()).isPositive();
        assertThat(budget.costs().sentences().getFirst()).contains("for looks that the spec asks for");
        assertThat(shown(budget, PROBES))
                .as("the looks between those that are asked for keep their readings")
                .isGreaterThanOrEqualTo(LookSchedule.LEAST + 19);

        TestSpec dense = new TestSpec();
        dense.perDecade = OptionalInt.of(20);
        LookBudget all = budget(dense, WIDE, 1e11);
        assertThat(IntStream.range(0, schedule(dense).looks().size()))
                .allMatch(index -> all.due(EVERYTHING, index) && all.thorough(index));
        TestSpec whole = new TestSpec();
        whole.thorough = MeasureSpec.Thorough.ALL;
        LookBudget thorough = budget(whole, WIDE, 1e11);
        assertThat(thorough(thorough)).isEqualTo(looks());
        assertThat(thorough.extent(7)).isEqualTo(Extent.WHOLE);
        TestSpec sampled = new TestSpec();
        sampled.sample = OptionalInt.of(2000);
        assertThat(budget(sampled, WIDE, 1e11).extent(7)).isEqualTo(Extent.SAMPLE);
    }

    @Test
    void tenthsReadTheSpectraOfEveryTenthLook() {
        TestSpec tenth = new TestSpec();
        tenth.thorough = MeasureSpec.Thorough.TENTH;
        tenth.perDecade = OptionalInt.of(10);
        LookBudget budget = budget(tenth, WIDE, 1e11);
        assertThat(IntStream.range(0, looks()).filter(budget::thorough)).containsExactly(0, 10, 20, 30, looks() - 1);
        assertThat(shown(budget, EVERYTHING)).isEqualTo(looks());
    }

    private static int looks() {
        return schedule(new TestSpec()).looks().size();
    }

    private static LookSchedule schedule(TestSpec spec) {
        return LookSchedule.of(10_000, of(spec).build().measure());
    }

    /** Without looks per decade unless the test asks. */
    private static TestSpec of(TestSpec spec) {
        if (spec.perDecade.equals(new TestSpec().perDecade)) {
            spec.perDecade = OptionalInt.empty();
        }
        return spec;
    }

    private static int shown(LookBudget budget, Instrument instrument) {
        return (int) IntStream.range(0, budget.extents().size())
                .filter(index -> budget.due(instrument, index))
                .count();
    }

    private static int thorough(LookBudget budget) {
        return (int) IntStream.range(0, budget.extents().size())
                .filter(budget::thorough)
                .count();
    }

    private static LookBudget budget(TestSpec spec, int width, double trainingFlops) {
        of(spec).architecture = new Mlp(List.of(width));
        Trainer trainer = new Trainer(
                spec.build(), 1, TestSpec.clusters(3, 2600, Shape.of(10), 0.3, 1), List.of(), Workers.single());
        return LookBudget.of(
                trainer.observer(),
                List.of(EVERYTHING, PROBES, GRADIENTS),
                schedule(spec),
                spec.build(),
                trainingFlops);
    }
}
