package io.orrery.lab.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.engine.state.State;
import io.orrery.engine.worker.Workers;
import io.orrery.lab.UserError;
import io.orrery.lab.book.LabBook;
import io.orrery.lab.book.RunStart;
import io.orrery.lab.book.RunWriter;
import io.orrery.lab.data.DatasetCache;
import io.orrery.lab.data.source.TwoCluster;
import io.orrery.lab.model.Layered;
import io.orrery.lab.model.layer.Conv;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.run.Progress;
import io.orrery.lab.run.RunEnd;
import io.orrery.lab.run.RunMonitor;
import io.orrery.lab.run.RunRecorder;
import io.orrery.lab.run.TestRecorder;
import io.orrery.lab.run.Trainer;
import io.orrery.lab.setup.RunIdentity;
import io.orrery.lab.setup.RunPlan;
import io.orrery.lab.setup.Spec;
import io.orrery.lab.setup.StudyPlan;
import io.orrery.lab.train.TestSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StudyRunnerTest {
    @TempDir
    private Path folder;

    private static TestSpec spec() {
        TestSpec spec = new TestSpec();
        spec.source = new TwoCluster(40, 20, 6, 1.5);
        spec.steps = OptionalLong.of(300);
        return spec;
    }

    private static StudyPlan study(Spec... specs) {
        return new StudyPlan(
                "test",
                "",
                "",
                List.of(specs).stream()
                        .flatMap(spec ->
                                LongStream.rangeClosed(1, 2).mapToObj(seed -> new RunPlan(spec, seed, Map.of())))
                        .toList());
    }

    private StudyRunner runner(int threads, StudyListener listener) {
        return new StudyRunner(LabBook.open(folder.resolve("book")), threads, Map.of("version", "test"), listener);
    }

    @Test
    void runsOfAStudyAreThoseOfTheTrainerAndAreNotRunTwice() {
        StudyPlan study = study(spec().build());
        List<RunOutcome> outcomes = runner(2, StudyListener.SILENT).run(study);
        assertThat(outcomes).hasSize(2);
        for (RunOutcome outcome : outcomes) {
            RunEnd end = outcome.end().orElseThrow();
            Trainer trainer = new Trainer(
                    outcome.run().spec(),
                    outcome.run().seed(),
                    outcome.run().spec().data().load(outcome.run().seed()),
                    List.of(),
                    Workers.single());
            assertThat(trainer.run(new TestRecorder(), RunMonitor.NONE).stateDigest())
                    .isEqualTo(end.stateDigest());
            assertThat(end.status()).isEqualTo(RunEnd.Status.DONE);
            assertThat(outcome.last()).containsKey("loss.accuracy@test");
        }
        List<RunOutcome> again = runner(1, StudyListener.SILENT).run(study);
        assertThat(again).allMatch(RunOutcome::alreadyDone);
        assertThat(again.getFirst().last()).isEqualTo(outcomes.getFirst().last());
    }

    @Test
    void othersGoOnWhenOneDiverges() {
        TestSpec wild = spec();
        wild.learningRate = 1e5;
        List<RunOutcome> outcomes = runner(2, StudyListener.SILENT).run(study(wild.build(), spec().build()));
        assertThat(outcomes)
                .extracting(outcome -> outcome.end().orElseThrow().status())
                .containsExactly(
                        RunEnd.Status.DIVERGED, RunEnd.Status.DIVERGED, RunEnd.Status.DONE, RunEnd.Status.DONE);
    }

    @Test
    void aStoppedStudyGoesOnToTheSameBits() {
        TestSpec spec = spec();
        spec.steps = OptionalLong.of(20000);
        StudyPlan study = study(spec.build());
        StudyRunner[] stopped = new StudyRunner[1];
        StudyListener stopAtFirstLook = new StudyListener() {
            @Override
            public void started(RunIdentity run, long step, long totalSteps) {}

            @Override
            public void progress(RunIdentity run, Progress progress) {}

            @Override
            public void measured(RunIdentity run, List<Measurement> measurements) {
                stopped[0].requestStop();
            }

            @Override
            public void ended(RunIdentity run, RunEnd end) {}
        };
        stopped[0] = runner(1, stopAtFirstLook);
        List<RunOutcome> first = stopped[0].run(study);
        assertThat(first.getFirst().end().orElseThrow().status()).isEqualTo(RunEnd.Status.INTERRUPTED);
        assertThat(first.getLast().end()).isEmpty();
        RunOutcome resumed =
                runner(1, StudyListener.SILENT).resume(first.getFirst().key());
        Trainer trainer = new Trainer(spec.build(), 1, spec.build().data().load(1), List.of(), Workers.single());
        assertThat(resumed.end().orElseThrow().stateDigest())
                .isEqualTo(trainer.run(new TestRecorder(), RunMonitor.NONE).stateDigest());
    }

    @Test
    void aDamagedCheckpointIsToldAndTheRunEndsAtTheSameBits() throws IOException {
        TestSpec spec = spec();
        spec.checkpointEvery = OptionalLong.of(50);
        RunPlan plan = new RunPlan(spec.build(), 1, Map.of());
        RunIdentity run = StudyCheck.identify(List.of(plan), new DatasetCache()).getFirst();
        Trainer whole = new Trainer(spec.build(), 1, spec.build().data().load(1), List.of(), Workers.single());
        RunStart.Fresh fresh =
                (RunStart.Fresh) LabBook.open(folder.resolve("book")).begin("test", run, Map.of());
        Path checkpoints = fresh.writer().run().folder().resolve("checkpoints");
        RunEnd end;
        try (RunWriter writer = fresh.writer()) {
            // As if killed: all is recorded but the end.
            end = whole.run(new Unended(writer), RunMonitor.NONE);
        }
        Path newest = checkpoints.resolve("step-300.safetensors");
        byte[] bytes = Files.readAllBytes(newest);
        bytes[bytes.length - 3] ^= 1;
        Files.write(newest, bytes);
        List<String> notes = new ArrayList<>();
        RunOutcome resumed = runner(1, new Notes(notes)).resume(run.id());
        assertThat(notes).hasSize(2);
        assertThat(notes.getFirst()).contains("step-300", "damaged", "passed over");
        assertThat(notes.getLast()).contains("what could not be used was set aside: ");
        assertThat(resumed.end().orElseThrow().stateDigest()).isEqualTo(end.stateDigest());
    }

    private record Unended(RunWriter writer) implements RunRecorder {
        @Override
        public void measured(List<Measurement> measurements) {
            writer.measured(measurements);
        }

        @Override
        public void checkpoint(long step, State state, Map<String, String> cursor) {
            writer.checkpoint(step, state, cursor);
        }

        @Override
        public void ended(RunEnd end) {}
    }

    private record Notes(List<String> heard) implements StudyListener {
        @Override
        public void started(RunIdentity run, long step, long totalSteps) {}

        @Override
        public void progress(RunIdentity run, Progress progress) {}

        @Override
        public void measured(RunIdentity run, List<Measurement> measurements) {}

        @Override
        public void noted(RunIdentity run, String note) {
            heard.add(note);
        }

        @Override
        public void ended(RunIdentity run, RunEnd end) {}
    }

    @Test
    void whatCannotRunIsRefusedBeforeAnythingIsWritten() {
        TestSpec wrong = spec();
        wrong.architecture = new Layered(List.of(new Conv(3, 3, 1, 1)), true);
        assertThatThrownBy(() -> runner(1, StudyListener.SILENT).run(study(spec().build(), wrong.build())))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("layers.0");
        assertThat(folder.resolve("book")).doesNotExist();
    }

    @Test
    void settingsThatAreEqualAreRefused() {
        RunPlan first = new RunPlan(spec().build(), 1, Map.of("optimizer.learningRate", "0.05"));
        RunPlan second = new RunPlan(spec().build(), 1, Map.of("optimizer.learningRate", "0.050"));
        assertThatThrownBy(() ->
                        runner(2, StudyListener.SILENT).run(new StudyPlan("test", "", "", List.of(first, second))))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("0.050");
        assertThat(folder.resolve("book")).doesNotExist();
    }

    @Test
    void resumingWhatIsBeingWrittenIsTheUsersMistake() {
        RunIdentity run = StudyCheck.identify(study(spec().build()).runs(), new DatasetCache())
                .getFirst();
        LabBook book = LabBook.open(folder.resolve("book"));
        RunStart.Fresh fresh = (RunStart.Fresh) book.begin("test", run, Map.of());
        try (RunWriter writer = fresh.writer()) {
            assertThatThrownBy(() ->
                            runner(1, StudyListener.SILENT).resume(writer.run().key()))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("being written");
        }
    }

    @Test
    void measuringLooksOnceBeforeAnyUpdateAndRecordsNothing() {
        var measured = runner(1, StudyListener.SILENT).measure(new RunPlan(spec().build(), 1, Map.of()));
        assertThat(measured).isNotEmpty().allMatch(measurement -> measurement.step() == 0);
        assertThat(folder.resolve("book")).doesNotExist();
    }

    @Test
    void anEstimateCountsRunsStepsAndWork() {
        StudyEstimate estimate = StudyEstimate.of(study(spec().build()), 2);
        assertThat(estimate.measuring()).first().asString().startsWith("Predicted from FLOPs: training takes ");
        assertThat(estimate.runs()).isEqualTo(2);
        assertThat(estimate.steps()).isEqualTo(600);
        assertThat(estimate.flops()).isPositive();
        assertThat(estimate.seconds()).isPositive();
    }
}
