package io.orrery.lab.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.engine.Numerics;
import io.orrery.engine.graph.Precision;
import io.orrery.engine.state.Digest;
import io.orrery.engine.state.State;
import io.orrery.lab.UserError;
import io.orrery.lab.instrument.Instruments;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.run.RunEnd;
import io.orrery.lab.setup.RunIdentity;
import io.orrery.lab.setup.SpecDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabBookTest {
    @TempDir
    Path folder;

    private LabBook book;

    @BeforeEach
    void open() {
        book = LabBook.open(folder.resolve("book"));
    }

    private RunWriter fresh(String study, RunIdentity run) {
        return ((RunStart.Fresh) book.begin(study, run, BookExamples.PROVENANCE)).writer();
    }

    private void record(RunIdentity run, long looks, RunEnd.Status status) {
        try (RunWriter writer = fresh("tiny", run)) {
            BookExamples.train(writer, 0, looks);
            writer.ended(BookExamples.end(status, looks));
        }
    }

    private static List<Measurement> looks(long count) {
        List<Measurement> all = new ArrayList<>();
        for (long step = 0; step < count; step++) {
            all.addAll(BookExamples.look(step));
        }
        return all;
    }

    @Test
    void aBookIsMadeWithItsFirstRun() {
        assertThat(book.runs().runs()).isEmpty();
        assertThat(book.folder()).doesNotExist();
        record(BookExamples.identity(1), 3, RunEnd.Status.DONE);
        assertThat(book.runs().runs()).hasSize(1);
    }

    @Test
    void aRunReadsBackAsItWasRecorded() {
        RunIdentity run = BookExamples.identity(7, "optimizer.learningRate=0.1");
        record(run, 3, RunEnd.Status.DONE);
        RecordedRun read = book.read(run.id());
        assertThat(read.study()).isEqualTo("tiny");
        assertThat(read.id()).isEqualTo(run.id());
        assertThat(read.seed()).isEqualTo(7);
        assertThat(read.setting()).isEqualTo(Map.of("optimizer.learningRate", "0.1"));
        assertThat(read.provenance()).isEqualTo(BookExamples.PROVENANCE);
        assertThat(read.measurements()).isEqualTo(looks(3));
        assertThat(read.end()).contains(BookExamples.end(RunEnd.Status.DONE, 3));
        BookedRun booked = book.find(run.id());
        assertThat(booked.identity()).isEqualTo(run);
        assertThat(booked.folder()).isEqualTo(book.folder().resolve("tiny/learningRate-0.1_seed-7-" + run.id()));
    }

    @Test
    void theSpecInTheFolderIsAllItTakesToRunItAgain() {
        RunIdentity run = BookExamples.identity(7, "optimizer.learningRate=0.1");
        record(run, 1, RunEnd.Status.DONE);
        var again = SpecDocument.read(book.find(run.id()).folder().resolve("spec.yaml"))
                .study(Instruments.names());
        assertThat(again.runs())
                .singleElement()
                .satisfies(plan -> assertThat(plan.identify(Map.of()).id()).isEqualTo(run.id()));
    }

    @Test
    void aFinishedRunIsNotRunAgain() {
        RunIdentity run = BookExamples.identity(1);
        record(run, 3, RunEnd.Status.DONE);
        assertThat(book.begin("tiny", run, BookExamples.PROVENANCE))
                .isEqualTo(new RunStart.Finished(book.find(run.id()), BookExamples.end(RunEnd.Status.DONE, 3)));
        assertThat(book.resume(run.id())).isInstanceOf(RunStart.Finished.class);
        RunIdentity diverged = BookExamples.identity(2);
        record(diverged, 2, RunEnd.Status.DIVERGED);
        assertThat(book.begin("tiny", diverged, BookExamples.PROVENANCE)).isInstanceOf(RunStart.Finished.class);
    }

    @Test
    void theSameTrajectoryMeasuredInAnotherWayIsAnotherRecord() {
        RunIdentity run = BookExamples.identity(1);
        RunIdentity otherwise = BookExamples.identity(1, "measure.perDecade=20");
        assertThat(otherwise.id()).isEqualTo(run.id());
        record(run, 3, RunEnd.Status.DONE);
        try (RunWriter writer = fresh("tiny", otherwise)) {
            assertThat(writer.run().key()).isEqualTo(run.id() + "-2");
            assertThatThrownBy(() -> fresh("tiny", otherwise)).hasMessageContaining("is being written");
        }
        assertThat(book.find(run.id()).key()).isEqualTo(run.id());
        assertThat(book.find(run.id() + "-2").id()).isEqualTo(run.id());
    }

    @Test
    void aKilledRunGoesOnAtItsNewestCheckpoint() {
        RunIdentity run = BookExamples.identity(1);
        try (RunWriter writer = fresh("tiny", run)) {
            BookExamples.train(writer, 0, 5);
        }
        RunStart.Resumed resumed = (RunStart.Resumed) book.resume(run.id());
        assertThat(resumed.point().step()).isEqualTo(4);
        assertThat(resumed.point().cursor()).isEqualTo(Map.of("looks", "4"));
        assertThat(resumed.point().run()).isEqualTo(run);
        assertThat(resumed.point().notes()).isEmpty();
        State state = BookExamples.state(Precision.SINGLE, 99);
        resumed.point().restore(state);
        assertThat(Digest.of(state)).isEqualTo(Digest.of(BookExamples.state(Precision.SINGLE, 3)));
        try (RunWriter writer = resumed.writer()) {
            BookExamples.train(writer, 4, 7);
            writer.ended(BookExamples.end(RunEnd.Status.DONE, 7));
        }
        assertThat(book.read(run.id()).measurements()).isEqualTo(looks(7));
    }

    @Test
    void anInterruptedRunGoesOnAndItsFirstEndIsGone() {
        RunIdentity run = BookExamples.identity(1);
        record(run, 4, RunEnd.Status.INTERRUPTED);
        assertThat(book.read(run.id()).end().orElseThrow().status()).isEqualTo(RunEnd.Status.INTERRUPTED);
        RunStart.Resumed resumed = (RunStart.Resumed) book.begin("tiny", run, BookExamples.PROVENANCE);
        resumed.writer().close();
        assertThat(resumed.point().step()).isEqualTo(4);
        assertThat(book.read(run.id()).end()).isEmpty();
        assertThat(book.read(run.id()).measurements()).isEqualTo(looks(4));
    }

    @Test
    void withoutACheckpointARunBeginsAgain() {
        RunIdentity run = BookExamples.identity(1);
        try (RunWriter writer = fresh("tiny", run)) {
            writer.measured(BookExamples.look(0));
        }
        RunStart.Resumed resumed = (RunStart.Resumed) book.resume(run.id());
        resumed.writer().close();
        assertThat(resumed.point().step()).isZero();
        assertThat(resumed.point().cursor()).isEmpty();
        assertThat(resumed.point().checkpoint()).isEmpty();
        assertThat(book.read(run.id()).measurements()).isEmpty();
    }

    @Test
    void theLastCheckpointThatCanBeReadIsFound() throws IOException {
        RunIdentity run = BookExamples.identity(1);
        record(run, 6, RunEnd.Status.DONE);
        BookedRun booked = book.find(run.id());
        assertThat(book.checkpoint(booked, OptionalLong.empty()).checkpoint().step())
                .isEqualTo(6);
        Path newest = new RunFolder(booked.folder()).checkpoint(6);
        Files.write(newest, new byte[] {1, 2, 3});
        LabBook.Found found = book.checkpoint(booked, OptionalLong.empty());
        assertThat(found.checkpoint().step()).isEqualTo(4);
        assertThat(found.passedOver()).singleElement().asString().contains("step-6.safetensors");
        assertThatThrownBy(() -> book.checkpoint(booked, OptionalLong.of(6))).isInstanceOf(UserError.class);
        for (Path file : new RunFolder(booked.folder()).checkpoints().values()) {
            Files.write(file, new byte[] {1, 2, 3});
        }
        assertThatThrownBy(() -> book.checkpoint(booked, OptionalLong.empty()))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("no checkpoint of the run " + booked.name() + " can be read");
    }

    @Test
    void aDamagedCheckpointIsPassedOverAndNamed() throws IOException {
        RunIdentity run = BookExamples.identity(1);
        try (RunWriter writer = fresh("tiny", run)) {
            BookExamples.train(writer, 0, 6);
        }
        Path newest = book.find(run.id()).folder().resolve("checkpoints/step-6.safetensors");
        byte[] bytes = Files.readAllBytes(newest);
        bytes[bytes.length - 3] ^= 1;
        Files.write(newest, bytes);
        assertThatThrownBy(() -> Checkpoint.read(newest))
                .isInstanceOf(UserError.class)
                .hasMessage(newest + " is damaged: its content does not have the SHA-256 that was recorded");
        RunStart.Resumed resumed = (RunStart.Resumed) book.resume(run.id());
        resumed.writer().close();
        assertThat(resumed.point().step()).isEqualTo(4);
        assertThat(resumed.point().notes()).first().asString().contains("step-6.safetensors is damaged", "passed over");
        assertThat(newest).doesNotExist();
        // Set aside, bit for bit, and the list says so.
        Path aside = SetAside.in(book.find(run.id()).folder()).getFirst();
        assertThat(aside.getFileName().toString()).matches("set-aside-[0-9]{8}T[0-9]{6}Z-checkpoint-damaged");
        assertThat(Files.readAllBytes(aside.resolve("step-6.safetensors"))).isEqualTo(bytes);
        assertThat(book.list().runs().getFirst().remarks()).containsExactly("set aside by a recovery: " + aside);
    }

    @Test
    void ofTheCheckpointsTheFirstEveryTenthAndTheNewestTwoStay() {
        RunIdentity run = BookExamples.identity(1);
        try (RunWriter writer = fresh("tiny", run)) {
            BookExamples.train(writer, 0, 46);
        }
        assertThat(checkpoints(run)).containsExactly(2L, 22L, 42L, 44L, 46L);
        RunStart.Resumed resumed = (RunStart.Resumed) book.resume(run.id());
        try (RunWriter writer = resumed.writer()) {
            BookExamples.train(writer, 46, 50);
        }
        assertThat(checkpoints(run)).containsExactly(2L, 22L, 42L, 48L, 50L);
    }

    private List<Long> checkpoints(RunIdentity run) {
        return List.copyOf(
                new RunFolder(book.find(run.id()).folder()).checkpoints().keySet());
    }

    @Test
    void aRunHasOneWriter() {
        RunIdentity run = BookExamples.identity(1);
        try (RunWriter writer = fresh("tiny", run)) {
            writer.measured(BookExamples.look(0));
            assertThatThrownBy(() -> book.resume(run.id()))
                    .isInstanceOf(UserError.class)
                    .hasMessageStartingWith(
                            "the run tiny/" + run.id() + " is being written by this process already (it holds ");
            assertThat(book.read(run.id()).measurements()).isEqualTo(looks(1));
        }
    }

    @Test
    void runsAreFoundByTheBeginningOfTheirId() {
        RunIdentity first = BookExamples.identity(1);
        RunIdentity second = BookExamples.identity(2);
        record(first, 1, RunEnd.Status.DONE);
        record(second, 1, RunEnd.Status.DONE);
        assertThat(book.find(first.id().substring(0, 8)).seed()).isEqualTo(1);
        assertThat(book.find("tiny/" + second.id()).seed()).isEqualTo(2);
        assertThat(book.find("tiny/seed-2-" + second.id()).seed()).isEqualTo(2);
        fresh("other", first).close();
        assertThatThrownBy(() -> book.find(first.id()))
                .isInstanceOf(UserError.class)
                .hasMessage("'" + first.id() + "' fits 2 runs: other/" + first.id() + ", tiny/" + first.id()
                        + "; give more of the id, or study/id");
        assertThat(book.find("other/" + first.id()).study()).isEqualTo("other");
        assertThat(book.study("tiny")).hasSize(2);
        String wrong = "x" + first.id().substring(1);
        assertThatThrownBy(() -> book.find(wrong))
                .isInstanceOf(UserError.class)
                .hasMessage("there is no run or study '" + wrong + "' in the lab book " + book.folder()
                        + "; did you mean '" + first.id() + "'?");
        assertThatThrownBy(() -> book.find("tiny"))
                .hasMessageStartingWith("'tiny' is a study; name one of its runs, such as tiny/");
        assertThatThrownBy(() -> book.find("")).hasMessageStartingWith("there is no run or study ''");
        assertThatThrownBy(() -> LabBook.open(folder.resolve("none")).find("abc"))
                .isInstanceOf(UserError.class)
                .hasMessage("there is no run 'abc': the lab book " + folder.resolve("none")
                        + " holds no runs; choose another with --out or ORRERY_BOOK");
    }

    @Test
    void aDamagedIdentityIsNamedAndOtherRunsStayReadable() throws IOException {
        RunIdentity first = BookExamples.identity(1);
        RunIdentity second = BookExamples.identity(2);
        record(first, 2, RunEnd.Status.DONE);
        record(second, 2, RunEnd.Status.DONE);
        Path file = book.find(first.id()).folder().resolve("run.json");
        byte[] sound = Files.readAllBytes(file);
        for (int at = 0; at < sound.length - 1; at += 13) {
            byte[] bytes = sound.clone();
            bytes[at] ^= 1;
            Files.write(file, bytes);
            LabBook.Listing listing = book.runs();
            assertThat(listing.runs())
                    .as("flip at %s", at)
                    .extracting(BookedRun::seed)
                    .containsExactly(2L);
            assertThat(listing.damaged()).singleElement().asString().contains(file.toString(), "is damaged");
        }
        assertThat(book.read(second.id()).measurements()).isEqualTo(looks(2));
        assertThatThrownBy(() -> book.find(first.id()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(file + " is damaged")
                .hasMessageEndingWith("sets what is in " + file.getParent() + " aside");
    }

    @Test
    void anUnknownStudyIsAnsweredWithTheNearest() {
        assertThat(book.unknownStudy("tiny"))
                .hasMessageContaining("has no study 'tiny', nor any other; begin with 'orrery run'");
        record(BookExamples.identity(1), 2, RunEnd.Status.DONE);
        assertThat(book.unknownStudy("tin")).hasMessageContaining("has no study 'tin'; did you mean 'tiny'?");
    }

    @Test
    void anInterruptedCreationIsNoRun() throws IOException {
        Files.createDirectories(book.folder().resolve("tiny/seed-1-0123456789ab"));
        assertThat(book.runs()).isEqualTo(new LabBook.Listing(List.of(), List.of()));
    }

    @Test
    void aPlaceThatCannotBeWrittenIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        LabBook blocked = LabBook.open(file.resolve("book"));
        assertThatThrownBy(blocked::requireWritable)
                .isInstanceOf(UserError.class)
                .hasMessage("cannot write " + blocked.folder() + ": " + file
                        + " is a file, not a folder; choose another lab book with --out or ORRERY_BOOK");
        assertThatThrownBy(() -> blocked.begin("tiny", BookExamples.identity(1), Map.of()))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("cannot write " + blocked.folder());
        assertThatThrownBy(() -> LabBook.open(file))
                .isInstanceOf(UserError.class)
                .hasMessage(file + " is a file, not a folder; choose another lab book with --out or ORRERY_BOOK");
        book.requireWritable();
        assertThat(book.folder()).doesNotExist();
    }

    @Test
    void runsOfOtherNumericsCannotGoOn() throws IOException {
        RunIdentity run = BookExamples.identity(1);
        fresh("tiny", run).close();
        BookedRun booked = book.find(run.id());
        new RunFolder(booked.folder())
                .write(new BookedRun(
                        booked.study(),
                        booked.id(),
                        booked.key(),
                        booked.seed(),
                        booked.setting(),
                        booked.spec(),
                        0,
                        booked.provenance(),
                        booked.folder()));
        assertThatThrownBy(() -> book.resume(run.id()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("was recorded with numerics 0, this build has " + Numerics.VERSION);
    }

    @Test
    void changedFilesAreNoticedAtResume() {
        RunIdentity run = BookExamples.identity(1);
        fresh("tiny", run).close();
        RunStart.Resumed resumed = (RunStart.Resumed) book.resume(run.id());
        resumed.writer().close();
        resumed.point().requireSame(run);
        RunIdentity changed = new RunIdentity("0123456789ab", run.spec(), 1, Map.of());
        assertThatThrownBy(() -> resumed.point().requireSame(changed))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("its files have changed since it began");
    }

    @Test
    void nothingTemporaryIsLeftBehind() throws IOException {
        record(BookExamples.identity(1), 4, RunEnd.Status.DONE);
        try (Stream<Path> files = Files.walk(book.folder())) {
            assertThat(files.map(Path::toString)).noneMatch(name -> name.endsWith(".part"));
        }
    }
}
