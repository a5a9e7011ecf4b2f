package io.orrery.lab.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.book.LabBook;
import io.orrery.lab.data.SharedData;
import io.orrery.lab.instrument.Instruments;
import io.orrery.lab.run.RunEnd;
import io.orrery.lab.setup.SpecDocument;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A table and nothing else in a spec: every run must learn it, whatever the units of its columns. */
class TablesTest {
    @TempDir
    Path folder;

    private List<RunOutcome> run(Path table) {
        SpecDocument document = SpecDocument.of("{seeds: 3, stop: {epochs: 12}}", "tables.yaml")
                .with("data.source=csv")
                .with("data.file=" + table)
                .with("measure.instruments=[loss]");
        LabBook book = LabBook.open(folder.resolve("book"));
        return new StudyRunner(book, 2, Map.of("java", "25"), StudyListener.SILENT)
                .run(document.study(Instruments.names()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wine.csv", "iris.csv"})
    void realTablesTrainInEverySeed(String name) {
        assertThat(run(SharedData.find("tables").resolve(name))).hasSize(3).allSatisfy(outcome -> {
            assertThat(outcome.end().orElseThrow().status()).isEqualTo(RunEnd.Status.DONE);
            assertThat(outcome.last().get("loss.accuracy@train")).isGreaterThan(0.85);
        });
    }

    @Test
    void theBookKeepsWhatBecameOfTheRows() throws Exception {
        Path table = Files.writeString(folder.resolve("t.csv"), "dose,kind\n" + "10,a\n\n20000,b\n".repeat(40));
        assertThat(run(table)).hasSize(3).allSatisfy(outcome -> {
            assertThat(outcome.end().orElseThrow().status()).isEqualTo(RunEnd.Status.DONE);
        });
        LabBook book = LabBook.open(folder.resolve("book"));
        assertThat(book.runs().runs())
                .hasSize(3)
                .allSatisfy(booked -> assertThat(book.read(booked).provenance())
                        .containsEntry("java", "25")
                        .hasEntrySatisfying(
                                "data",
                                text -> assertThat(text)
                                        .startsWith(table
                                                + ": 120 rows found = 80 used + 0 refused + 40 left out; left out 40: nothing on"
                                                + " the line; the first line names the columns")));
    }
}
