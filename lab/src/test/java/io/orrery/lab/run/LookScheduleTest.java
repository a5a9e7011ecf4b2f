package io.orrery.lab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.worker.Workers;
import io.orrery.lab.UserError;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.model.Mlp;
import io.orrery.lab.observe.Instrument;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.observe.Observation;
import io.orrery.lab.observe.Reading;
import io.orrery.lab.observe.reading.GradientsReading;
import io.orrery.lab.observe.reading.WeightsReading;
import io.orrery.lab.setup.MeasureSpec;
import io.orrery.lab.train.TestSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class LookScheduleTest {
    @Test
    void looksAreLogSpacedAndIncludeTheLastStep() {
        assertThat(looks(30, 3, OptionalLong.empty())).containsExactly(0, 1, 2, 5, 10, 22, 30);
        assertThat(looks(9, 1, OptionalLong.of(4))).containsExactly(0, 1, 4, 8, 9);
        assertThat(looks(0, 10, OptionalLong.empty())).containsExactly(0);
    }

    /** 0 to 6, 8, 10, 13, 16, 20, 25, 32, 40, 50, 63, 79, 100 are nineteen; half of the last gap is at 89. */
    @Test
    void everyRunOfAHundredStepsHasTwentyLooksUnlessItsSpecAsksForFewer() {
        for (long steps = 100; steps < 300; steps++) {
            assertThat(LookSchedule.of(steps, MeasureSpec.defaults()).steps()).hasSizeGreaterThanOrEqualTo(20);
        }
        assertThat(LookSchedule.of(100, MeasureSpec.defaults()).steps())
                .hasSize(20)
                .endsWith(63, 79, 89, 100);
        assertThat(LookSchedule.of(99, MeasureSpec.defaults()).steps()).hasSize(19);
        assertThat(looks(100, 3, OptionalLong.empty())).hasSizeLessThan(20);
    }

    @Test
    void everyHundredStepsMeansEveryHundredSteps() {
        assertThat(looks(46_900, 1, OptionalLong.of(100)))
                .contains(LongStream.rangeClosed(0, 469).map(i -> 100 * i).toArray());
    }

    @Test
    void singleStepsAreAddedAndMustExist() {
        assertThat(looks(9, 1, OptionalLong.of(4), 7L, 3L, 8L, 9L)).containsExactly(0, 1, 3, 4, 7, 8, 9);
        assertThatThrownBy(() -> looks(9, 1, OptionalLong.empty(), 3L, 10L))
                .isInstanceOf(UserError.class)
                .hasMessage("measure.at: there is no step 10, the run has 9 steps; leave it out or move stop");
    }

    private static long[] looks(long totalSteps, int perDecade, OptionalLong every, Long... at) {
        MeasureSpec measure = new MeasureSpec(
                List.of("loss"),
                OptionalInt.of(perDecade),
                every,
                List.of(at),
                MeasureSpec.Thorough.TENTH,
                OptionalInt.empty(),
                OptionalLong.empty());
        return LookSchedule.of(totalSteps, measure).steps();
    }

    /** Looks at steps 0 to 19 of a run whose observation costs too much to be shown at each of them. */
    @Test
    void whatASpecAsksForIsShownInFullWhateverItCosts() {
        TestSpec spec = new TestSpec();
        spec.architecture = new Mlp(List.of(4000));
        spec.learningRate = 1e-6;
        spec.steps = OptionalLong.of(19);
        spec.perDecade = OptionalInt.of(100);
        spec.thorough = MeasureSpec.Thorough.TENTH;
        assertThat(seen(spec)).containsExactly(0L, 10L, 19L);
        spec.at = List.of(7L, 12L);
        assertThat(seen(spec)).containsExactly(0L, 7L, 10L, 12L, 19L);
        spec.thorough = MeasureSpec.Thorough.ALL;
        assertThat(seen(spec)).hasSize(20);
    }

    /** Steps of the thorough looks. */
    private static List<Long> seen(TestSpec spec) {
        Steps steps = new Steps(new ArrayList<>());
        Dataset data = TestSpec.clusters(3, 60, Shape.of(6), 0.3, 5);
        new Trainer(spec.build(), 3, data, List.of(steps), Workers.single()).run(new TestRecorder(), RunMonitor.NONE);
        return steps.thorough;
    }

    private record Steps(List<Long> thorough) implements Instrument {
        @Override
        public String name() {
            return "steps";
        }

        @Override
        public String about() {
            return "when looks are thorough";
        }

        @Override
        public List<String> quantities() {
            return List.of();
        }

        @Override
        public Set<Reading<?>> needs() {
            return Set.of(new WeightsReading(), new GradientsReading());
        }

        @Override
        public void observe(Observation observation, Consumer<Measurement> measurements) {
            if (observation.thorough()) {
                thorough.add(observation.step());
            }
        }
    }
}
