package io.orrery.lab.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.worker.Workers;
import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.observe.reading.ProbeReading;
import io.orrery.lab.run.Trainer;
import io.orrery.lab.train.Everything;
import io.orrery.lab.train.LearningRate;
import io.orrery.lab.train.ScheduleSpec;
import io.orrery.lab.train.TestSpec;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The contract of readings, with ones that only these tests know. */
final class ReadingTest {
    private static final LearningRate RATE = new LearningRate(0.1, ScheduleSpec.defaults(), 10);

    /** The number of training examples in the probe, and how often it was compiled and taken. */
    private record Counting(AtomicInteger compiled, AtomicInteger taken, Pace pace) implements Reading<Integer> {
        Counting(Pace pace) {
            this(new AtomicInteger(), new AtomicInteger(), pace);
        }

        @Override
        public String name() {
            return "count";
        }

        @Override
        public double flops(Sizes sizes) {
            return sizes.probed(SplitName.TRAIN);
        }

        @Override
        public Reader<Integer> over(Subject subject) {
            compiled.incrementAndGet();
            return look -> {
                taken.incrementAndGet();
                return look.part(new ProbeReading(SplitName.TRAIN))
                        .orElseThrow()
                        .labels()
                        .length;
            };
        }
    }

    /** Would double a weight. */
    private record Writing(String weight, Shape shape) implements Reading<Integer> {
        @Override
        public String name() {
            return "writing";
        }

        @Override
        public double flops(Sizes sizes) {
            return 0;
        }

        @Override
        public Reader<Integer> over(Subject subject) {
            Graph graph = new Graph(subject.precision());
            graph.assign(weight, graph.state(weight, shape).multiply(graph.constant(2)));
            subject.bind(graph, subject.data().train());
            return _ -> 0;
        }
    }

    @Test
    void isCompiledOnceARunAndTakenOnceALook() {
        Observer observer = trainer().observer();
        Counting counting = new Counting(Reading.Pace.EVERY_LOOK);
        for (int step = 0; step < 3; step++) {
            Observation seen = observer.look(step, false, true, RATE, Set.of(counting));
            assertThat(seen.read(counting)).isEqualTo(120);
            assertThat(seen.read(counting)).isEqualTo(120);
        }
        assertThat(counting.compiled).hasValue(1);
        assertThat(counting.taken).hasValue(3);
        assertThat(counting.flops(observer.sizes())).isEqualTo(120);
    }

    @Test
    void whatIsThoroughIsNotTakenAtOtherLooks() {
        Observer observer = trainer().observer();
        Counting counting = new Counting(Reading.Pace.THOROUGH);
        Observation usual = observer.look(0, false, true, RATE, Set.of(counting));
        assertThat(counting.taken).hasValue(0);
        assertThatThrownBy(() -> usual.read(counting))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("thorough looks alone");
        assertThat(observer.look(0, true, true, RATE, Set.of(counting)).read(counting))
                .isEqualTo(120);
    }

    /** What one reading takes of another is not thereby shown to instruments. */
    @Test
    void whatNobodyNamedIsRefused() {
        Observation seen = trainer().observer().look(0, true, true, RATE, Set.of(new Counting(Reading.Pace.THOROUGH)));
        assertThatThrownBy(() -> seen.probe(SplitName.TRAIN))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("name its need of the train probe");
    }

    @Test
    void aPlanThatWouldWriteTheStateIsRefused() {
        Trainer trainer = trainer();
        double[] before = trainer.state().read("layers.0.weight");
        Writing writing =
                new Writing("layers.0.weight", trainer.state().layout().shape("layers.0.weight"));
        assertThatThrownBy(() -> trainer.observer().look(0, true, true, RATE, Set.of(writing)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("must not write");
        assertThat(trainer.state().read("layers.0.weight")).isEqualTo(before);
    }

    @Test
    void noTwoReadingsHaveOneName() {
        assertThat(Everything.NEEDS.stream().map(Reading::name)).doesNotHaveDuplicates();
    }

    private static Trainer trainer() {
        return new Trainer(
                new TestSpec().build(), 3, TestSpec.clusters(3, 120, Shape.of(2), 0.6, 2), List.of(), Workers.single());
    }
}
