package io.orrery.lab.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.book.LabBook;
import io.orrery.lab.instrument.Instruments;
import io.orrery.lab.setup.RunId;
import io.orrery.lab.setup.RunIdentity;
import io.orrery.lab.setup.RunPlan;
import io.orrery.lab.setup.SpecDocument;
import io.orrery.lab.setup.StudyPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is renamed or moved is the same; runs that earlier builds booked under its name are found. */
class MovedFilesTest {
    @TempDir
    Path folder;

    private Path table(String name) throws IOException {
        StringBuilder rows = new StringBuilder("x,y,label\n");
        for (int i = 0; i < 40; i++) {
            rows.append(i % 7)
                    .append(',')
                    .append(i % 5 - 2)
                    .append(',')
                    .append(i % 2 == 0 ? "a" : "b")
                    .append('\n');
        }
        return Files.writeString(
                Files.createDirectories(folder.resolve(name).getParent())
                        .resolve(folder.resolve(name).getFileName()),
                rows);
    }

    private static StudyPlan study(Path file) {
        return SpecDocument.of("""
                name: moved
                seeds: [1]
                data: {source: csv, batchSize: 8}
                model: {kind: mlp, widths: [4]}
                stop: {steps: 20}
                measure: {instruments: [loss]}
                """, "test").with("data.file=" + file).study(Instruments.names());
    }

    private StudyRunner runner() {
        return new StudyRunner(LabBook.open(folder.resolve("book")), 1, Map.of(), StudyListener.SILENT);
    }

    @Test
    void aRunOnARenamedAndMovedFileIsNotRunAgain() throws IOException {
        Path file = table("points.csv");
        RunOutcome first = runner().run(study(file)).getFirst();
        assertThat(first.alreadyDone()).isFalse();
        Path moved = folder.resolve("elsewhere/table.csv");
        Files.createDirectories(moved.getParent());
        Files.move(file, moved);
        RunOutcome again = runner().run(study(moved)).getFirst();
        assertThat(again.alreadyDone()).isTrue();
        assertThat(again.run().id()).isEqualTo(first.run().id());
        assertThat(again.last()).isEqualTo(first.last());
        Files.writeString(moved, Files.readString(moved) + "1,1,a\n");
        assertThat(runner().run(study(moved)).getFirst().alreadyDone()).isFalse();
    }

    @Test
    void aRunBookedUnderTheFilesNameIsFound() throws IOException {
        Path file = table("points.csv");
        RunPlan plan = study(file).runs().getFirst();
        RunIdentity now = StudyCheck.identify(List.of(plan), new io.orrery.lab.data.DatasetCache())
                .getFirst();
        String sha = plan.spec().data().load(1).files().values().iterator().next();
        String former = RunId.of(plan.spec(), 1, Map.of("points.csv", sha));
        assertThat(now.id()).isEqualTo(RunId.of(plan.spec(), 1, Map.of("data.file", sha)));
        assertThat(now.formerIds()).containsExactly(former);
        LabBook book = LabBook.open(folder.resolve("book"));
        RunIdentity old = new RunIdentity(former, plan.spec(), 1, Map.of());
        ((io.orrery.lab.book.RunStart.Fresh) book.begin("moved", old, Map.of()))
                .writer()
                .close();
        RunOutcome outcome = runner().run(study(file)).getFirst();
        assertThat(outcome.key()).isEqualTo(former);
        assertThat(outcome.end()).isPresent();
        assertThat(book.study("moved")).hasSize(1);
        assertThat(runner().resume(former).alreadyDone()).isTrue();
    }
}
