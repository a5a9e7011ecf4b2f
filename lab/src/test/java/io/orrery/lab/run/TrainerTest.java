package io.orrery.lab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.plan.compile.Rewrites;
import io.orrery.engine.worker.Workers;
import io.orrery.lab.UserError;
import io.orrery.lab.data.DataSpec;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.source.Copy;
import io.orrery.lab.data.source.Majority;
import io.orrery.lab.data.source.TeacherNetwork;
import io.orrery.lab.data.task.PermutedTasks;
import io.orrery.lab.data.task.TasksSpec;
import io.orrery.lab.model.Cnn;
import io.orrery.lab.model.Layered;
import io.orrery.lab.model.Mlp;
import io.orrery.lab.model.ModelSpec.Normalization;
import io.orrery.lab.model.Network;
import io.orrery.lab.model.WeightLayer;
import io.orrery.lab.model.attention.LinearMix;
import io.orrery.lab.model.attention.SoftmaxMix;
import io.orrery.lab.model.layer.Attention;
import io.orrery.lab.model.layer.Conv;
import io.orrery.lab.model.layer.Dense;
import io.orrery.lab.model.layer.Embedding;
import io.orrery.lab.model.layer.GlobalPool;
import io.orrery.lab.model.layer.LayerNorm;
import io.orrery.lab.model.layer.Local;
import io.orrery.lab.model.layer.Lstm;
import io.orrery.lab.model.layer.Positionwise;
import io.orrery.lab.model.layer.Residual;
import io.orrery.lab.model.layer.Rnn;
import io.orrery.lab.model.layer.TransformerBlock;
import io.orrery.lab.observe.Instrument;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.setup.MeasureSpec;
import io.orrery.lab.train.Everything;
import io.orrery.lab.train.ScheduleSpec;
import io.orrery.lab.train.TestSpec;
import io.orrery.lab.train.loss.LossSpec;
import io.orrery.lab.train.rule.Rules;
import io.orrery.lab.train.update.OptimizerSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class TrainerTest {
    private static final List<Instrument> EVERYTHING = List.of(new Everything());
    private static final Shape VECTOR = Shape.of(6);
    private static final Shape IMAGE = Shape.of(2, 6, 6);

    private record Case(String name, TestSpec spec, Dataset data) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        Dataset vectors = TestSpec.clusters(3, 29, VECTOR, 0.3, 5);
        Dataset images = TestSpec.clusters(3, 21, IMAGE, 0.3, 6);
        TestSpec mlp = new TestSpec();
        TestSpec single = new TestSpec();
        single.precision = Precision.SINGLE;
        TestSpec batchNorm = new TestSpec();
        batchNorm.normalization = Normalization.BATCH;
        batchNorm.bias = true;
        TestSpec adamDropout = new TestSpec();
        adamDropout.optimizer = OptimizerSpec.Kind.ADAM;
        adamDropout.learningRate = 0.01;
        adamDropout.dropout = 0.3;
        adamDropout.schedule = new ScheduleSpec(ScheduleSpec.Kind.COSINE, 3, List.of(), 1, 0.1);
        TestSpec sphere = new TestSpec();
        sphere.normalization = Normalization.FROBENIUS;
        TestSpec weightNorm = new TestSpec();
        weightNorm.normalization = Normalization.WEIGHT;
        weightNorm.order = DataSpec.Order.WITH_REPLACEMENT;
        TestSpec full = new TestSpec();
        full.order = DataSpec.Order.FULL;
        TestSpec cnn = new TestSpec();
        cnn.precision = Precision.SINGLE;
        cnn.architecture = new Cnn(List.of(4, 5), 3, 1, 1, Cnn.Pool.MAX, false, List.of(7));
        cnn.normalization = Normalization.BATCH;
        TestSpec mixed = new TestSpec();
        mixed.architecture = new Layered(
                List.of(
                        new Local(3, 3, 1, 1),
                        new Residual(List.of(new Conv(4, 3, 2, 1), new Conv(4, 3, 1, 1))),
                        new GlobalPool(),
                        new Residual(List.of(new Dense(5)))),
                true);
        TestSpec tasks = new TestSpec();
        tasks.steps = OptionalLong.of(5);
        tasks.tasks = new TasksSpec(new PermutedTasks(4, 1), List.of(), List.of());
        TestSpec restarting = new TestSpec();
        restarting.optimizer = OptimizerSpec.Kind.ADAM;
        restarting.steps = OptionalLong.of(10);
        restarting.tasks = new TasksSpec(
                new PermutedTasks(2, 0.5),
                List.of("optimizer", network(restarting).getLast()),
                List.of("layers.0"));
        TestSpec real = new TestSpec();
        real.precision = Precision.SINGLE;
        TestSpec tokens = new TestSpec();
        tokens.loss =
                new LossSpec(LossSpec.Kind.CROSS_ENTROPY, LossSpec.Targets.ONE_HOT, LossSpec.Reduction.SUM, false);
        return Stream.concat(
                rules(vectors),
                Stream.of(
                        new Case(
                                "real targets",
                                real,
                                new TeacherNetwork(29, 20, 6, List.of(3), TeacherNetwork.Phi.TANH, 2, 0.1).load(1)),
                        new Case("transformer", transformer(), new Copy(29, 20, 3, 4).load(1)),
                        new Case("recurrent", recurrent(), new Majority(29, 20, 3).load(1)),
                        new Case("tokens", tokens, new Copy(29, 20, 3, 4).load(1)),
                        new Case("mlp", mlp, vectors),
                        new Case("single", single, vectors),
                        new Case("batch norm", batchNorm, vectors),
                        new Case("adam, dropout, cosine", adamDropout, vectors),
                        new Case("frobenius", sphere, vectors),
                        new Case("weight norm with replacement", weightNorm, vectors),
                        new Case("full batch", full, vectors),
                        new Case("four tasks", tasks, vectors),
                        new Case("two tasks, reset and frozen", restarting, vectors),
                        new Case("cnn", cnn, images),
                        new Case("local, residual, global pool", mixed, images)));
    }

    /** Blocks with both kinds of mixes, in single precision, with dropout and decay. */
    private static TestSpec transformer() {
        TestSpec spec = new TestSpec();
        spec.precision = Precision.SINGLE;
        spec.bias = true;
        spec.dropout = 0.2;
        spec.optimizer = OptimizerSpec.Kind.ADAMW;
        spec.learningRate = 0.01;
        spec.loss = new LossSpec(LossSpec.Kind.CROSS_ENTROPY, LossSpec.Targets.ONE_HOT, LossSpec.Reduction.SUM, false);
        spec.architecture = new Layered(
                List.of(
                        new Embedding(5, 8, true),
                        new TransformerBlock(new Attention(2, true, false, new SoftmaxMix()), 12),
                        new TransformerBlock(new Attention(4, false, true, new LinearMix()), 12),
                        new LayerNorm(),
                        new Positionwise(4)),
                false);
        return spec;
    }

    private static TestSpec recurrent() {
        TestSpec spec = new TestSpec();
        spec.precision = Precision.SINGLE;
        spec.loss = new LossSpec(LossSpec.Kind.CROSS_ENTROPY, LossSpec.Targets.ONE_HOT, LossSpec.Reduction.SUM, false);
        spec.architecture = new Layered(
                List.of(new Embedding(3, 6, false), new Lstm(5), new Rnn(7, Rnn.Phi.TANH), new Positionwise(2)), false);
        return spec;
    }

    private static List<String> network(TestSpec spec) {
        return Network.of(spec.model(), VECTOR, 3).layers().stream()
                .map(WeightLayer::name)
                .toList();
    }

    /** Every rule but the usual one, with the settings that it has by default. */
    private static Stream<Case> rules(Dataset data) {
        return Rules.all().stream().skip(1).map(rule -> {
            TestSpec spec = new TestSpec();
            spec.rule = rule;
            return new Case(rule.toString(), spec, data);
        });
    }

    @ParameterizedTest
    @MethodSource("cases")
    void resumingFromAnyCheckpointGivesTheSameBitsAndMeasurements(Case given) {
        given.spec.checkpointEvery = OptionalLong.of(7);
        TestRecorder whole = new TestRecorder();
        RunEnd end = trainer(given, EVERYTHING, Workers.single()).run(whole, RunMonitor.NONE);
        assertThat(end.status()).isEqualTo(RunEnd.Status.DONE);
        assertThat(whole.checkpoints).extracting(TestRecorder.Kept::step).containsExactly(7L, 14L, 20L);
        for (TestRecorder.Kept kept : whole.checkpoints) {
            Trainer again = trainer(given, EVERYTHING, Workers.single());
            again.resume(kept.step(), kept.cursor(), kept::restore);
            TestRecorder rest = new TestRecorder();
            RunEnd second = again.run(rest, RunMonitor.NONE);
            assertThat(second.digest()).isEqualTo(end.digest());
            assertThat(second.stateDigest()).isEqualTo(end.stateDigest());
            assertThat(rest.measurements)
                    .isEqualTo(whole.measurements.subList(kept.measurements(), whole.measurements.size()));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void bitsDependNeitherOnInstrumentsNorThreadsNorRewrites(Case given) {
        RunEnd measured = trainer(given, EVERYTHING, Workers.single()).run(new TestRecorder(), RunMonitor.NONE);
        RunEnd unmeasured = trainer(given, List.of(), Workers.single()).run(new TestRecorder(), RunMonitor.NONE);
        assertThat(unmeasured.stateDigest()).isEqualTo(measured.stateDigest());
        try (Workers two = Workers.of(2)) {
            RunEnd threaded = trainer(given, EVERYTHING, two).run(new TestRecorder(), RunMonitor.NONE);
            assertThat(threaded.stateDigest()).isEqualTo(measured.stateDigest());
        }
        RunEnd plain = new Trainer(given.spec.build(), 3, given.data, List.of(), Workers.single(), Rewrites.NONE)
                .run(new TestRecorder(), RunMonitor.NONE);
        assertThat(plain.stateDigest()).isEqualTo(measured.stateDigest());
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void separableClustersAreLearned(Precision precision) {
        TestSpec spec = new TestSpec();
        spec.precision = precision;
        spec.architecture = new Mlp(List.of(32, 32));
        spec.steps = OptionalLong.of(400);
        TestRecorder recorder = new TestRecorder();
        new Trainer(spec.build(), 1, TestSpec.clusters(4, 200, Shape.of(20), 0.5, 2), EVERYTHING, Workers.single())
                .run(recorder, RunMonitor.NONE);
        assertThat(last(recorder, "accuracy", "train")).isEqualTo(1);
        assertThat(last(recorder, "accuracy", "test")).isGreaterThan(0.97);
        assertThat(last(recorder, "loss", "train")).isLessThan(0.02);
    }

    @Test
    void divergenceEndsTheRunWithItsStepAndKeepsWhatWasMeasured() {
        TestSpec spec = new TestSpec();
        spec.learningRate = 1e4;
        spec.steps = OptionalLong.of(1000);
        TestRecorder recorder = new TestRecorder();
        RunEnd end = new Trainer(
                        spec.build(), 1, TestSpec.clusters(3, 30, VECTOR, 0.3, 5), EVERYTHING, Workers.single())
                .run(recorder, RunMonitor.NONE);
        assertThat(end.status()).isEqualTo(RunEnd.Status.DIVERGED);
        assertThat(end.steps()).isBetween(2L, 100L);
        assertThat(end.message()).contains("diverged at step " + end.steps()).contains("optimizer.learningRate");
        assertThat(recorder.ends).containsExactly(end);
        assertThat(recorder.measurements.getFirst().step()).isZero();
        assertThat(recorder.measurements.getLast().quantity()).isEqualTo("diverged-loss");
    }

    @Test
    void aRequestToStopLeavesACheckpointFromWhichTheRunGoesOn() {
        Case given = cases().findFirst().orElseThrow();
        given.spec.steps = OptionalLong.of(200);
        RunEnd whole = trainer(given, EVERYTHING, Workers.single()).run(new TestRecorder(), RunMonitor.NONE);
        AtomicInteger asked = new AtomicInteger();
        RunMonitor impatient = new RunMonitor() {
            @Override
            public void progress(Progress progress) {}

            @Override
            public boolean stopRequested() {
                return asked.incrementAndGet() > 3;
            }
        };
        TestRecorder recorder = new TestRecorder();
        RunEnd stopped = trainer(given, EVERYTHING, Workers.single()).run(recorder, impatient);
        assertThat(stopped.status()).isEqualTo(RunEnd.Status.INTERRUPTED);
        TestRecorder.Kept kept = recorder.checkpoints.getLast();
        assertThat(kept.step()).isEqualTo(stopped.steps()).isLessThan(200);
        Trainer again = trainer(given, EVERYTHING, Workers.single());
        again.resume(kept.step(), kept.cursor(), kept::restore);
        assertThat(again.run(recorder, RunMonitor.NONE).stateDigest()).isEqualTo(whole.stateDigest());
    }

    /** Looks nearer to each other than questions used to leave none for any. */
    @Test
    void aRequestToStopIsHeardBetweenLooksAtEveryStep() {
        TestSpec spec = new TestSpec();
        spec.steps = OptionalLong.of(400);
        spec.every = OptionalLong.of(1);
        RunMonitor stopping = new RunMonitor() {
            @Override
            public void progress(Progress progress) {}

            @Override
            public boolean stopRequested() {
                return true;
            }
        };
        Case given = new Case("stop", spec, TestSpec.clusters(3, 29, VECTOR, 0.3, 5));
        RunEnd stopped = trainer(given, EVERYTHING, Workers.single()).run(new TestRecorder(), stopping);
        assertThat(stopped.status()).isEqualTo(RunEnd.Status.INTERRUPTED);
        assertThat(stopped.steps()).isLessThan(100);
    }

    @Test
    void aLossLevelEndsTheRunAtALook() {
        TestSpec spec = new TestSpec();
        spec.steps = OptionalLong.of(10000);
        spec.stopLoss = OptionalDouble.of(0.3);
        TestRecorder recorder = new TestRecorder();
        RunEnd end = new Trainer(
                        spec.build(), 1, TestSpec.clusters(3, 30, VECTOR, 0.3, 5), EVERYTHING, Workers.single())
                .run(recorder, RunMonitor.NONE);
        assertThat(end.status()).isEqualTo(RunEnd.Status.DONE);
        assertThat(end.steps()).isLessThan(10000);
        assertThat(end.message()).contains("stop.loss");
        TestRecorder.Kept kept = recorder.checkpoints.getLast();
        Trainer killedBeforeItsEndWasRecorded =
                new Trainer(spec.build(), 1, TestSpec.clusters(3, 30, VECTOR, 0.3, 5), EVERYTHING, Workers.single());
        killedBeforeItsEndWasRecorded.resume(kept.step(), kept.cursor(), kept::restore);
        RunEnd again = killedBeforeItsEndWasRecorded.run(new TestRecorder(), RunMonitor.NONE);
        assertThat(again.steps()).isEqualTo(end.steps());
        assertThat(again.stateDigest()).isEqualTo(end.stateDigest());
        assertThat(again.message()).isEqualTo(end.message());
        assertThat(last(recorder, "loss", "train")).isLessThanOrEqualTo(0.3);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theFirstUpdateIsDoneBeforeTheLookAtStepZeroWhichSeesWhatWasBeforeIt(Case given) {
        List<Measurement> atStart = trainer(given, EVERYTHING, Workers.single()).measure();
        TestRecorder recorder = new TestRecorder();
        List<String> happened = new ArrayList<>();
        RunMonitor watching = new RunMonitor() {
            @Override
            public void progress(Progress progress) {
                happened.add("step " + progress.step() + " after " + recorder.measurements.size() + " measurements");
            }

            @Override
            public boolean stopRequested() {
                return false;
            }
        };
        trainer(given, EVERYTHING, Workers.single()).run(recorder, watching);
        assertThat(happened).startsWith("step 1 after 0 measurements");
        assertThat(recorder.measurements).startsWith(atStart.toArray(new Measurement[0]));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void looksAtTheFirstStepsWaitAndSeeWhatWasThen(Case given) {
        given.spec.thorough = MeasureSpec.Thorough.ALL;
        List<Measurement> atOnce = new ArrayList<>();
        Trainer steps = trainer(given, EVERYTHING, Workers.single());
        for (long look : steps.looks().steps()) {
            while (steps.step() < look) {
                if (steps.betweenTasks()) {
                    steps.beginNextTask();
                }
                steps.advance();
            }
            atOnce.addAll(steps.measure());
        }
        TestRecorder recorder = new TestRecorder();
        List<Long> shownAt = new ArrayList<>();
        RunMonitor watching = new RunMonitor() {
            @Override
            public void progress(Progress progress) {
                if (!recorder.measurements.isEmpty()) {
                    shownAt.add(progress.step());
                }
            }

            @Override
            public boolean stopRequested() {
                return false;
            }
        };
        trainer(given, EVERYTHING, Workers.single()).run(recorder, watching);
        assertThat(recorder.measurements).isEqualTo(atOnce);
        assertThat(shownAt).first().isNotEqualTo(0L);
    }

    @Test
    void aRunWithoutAnEndIsRefused() {
        TestSpec spec = new TestSpec();
        spec.steps = OptionalLong.empty();
        assertThatThrownBy(() -> new Trainer(
                        spec.build(), 1, TestSpec.clusters(3, 30, VECTOR, 0.3, 5), EVERYTHING, Workers.single()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("stop");
    }

    @Test
    void aLastBatchTooSmallForBatchNormalizationIsRefusedWithoutPreparingARun() {
        TestSpec spec = new TestSpec();
        spec.normalization = Normalization.BATCH;
        spec.batchSize = 8;
        Dataset oneLeft = TestSpec.clusters(3, 25, VECTOR, 0.3, 5);
        assertThatThrownBy(() -> Trainer.check(spec.build(), oneLeft))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("data.lastBatch: drop");
        spec.lastBatch = DataSpec.LastBatch.DROP;
        Trainer.check(spec.build(), oneLeft);
    }

    private static double last(TestRecorder recorder, String quantity, String split) {
        return recorder.measurements.stream()
                .filter(m -> m.quantity().equals(quantity) && m.split().equals(split))
                .reduce((_, later) -> later)
                .map(Measurement::value)
                .orElseThrow();
    }

    private static Trainer trainer(Case given, List<Instrument> instruments, Workers workers) {
        return new Trainer(given.spec.build(), 3, given.data, instruments, workers);
    }
}
