package io.orrery.lab.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orrery.engine.graph.Precision;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.run.RunEnd;
import io.orrery.lab.setup.RunIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs of any length are read and gone on with. */
class LargeLogTest {
    private static final int VECTOR = 250_000;

    @TempDir
    Path folder;

    /** A vector of equal numbers. */
    private static List<Measurement> look(long step, int size) {
        return List.of(
                Measurement.of(step, "loss", "loss", "", "train", step),
                new Measurement(step, "rank", "spectrum", "layers.0", "", Collections.nCopies(size, (double) step)));
    }

    @Test
    void aLongRunIsThinnedToABoundAndItsLastReadingIsKept() {
        LabBook book = LabBook.open(folder.resolve("book"));
        long looks = 3L * ThinnedSeries.MOST_NUMBERS;
        try (RunWriter writer = ((RunStart.Fresh) book.begin("tiny", BookExamples.identity(1), Map.of())).writer()) {
            for (long step = 0; step < looks; step++) {
                writer.measured(look(step, 3));
            }
        }
        BookedRun run = book.study("tiny").getFirst();
        RecordedRun whole = book.read(run);
        assertThat(whole.measurements()).hasSize((int) (2 * looks));
        assertThat(whole.thinned()).isEmpty();
        RecordedRun thinned = book.overview(run);
        assertThat(thinned.thinned().orElse("")).startsWith("of 2 of 2 series");
        // 12,288 readings of one number: halved at 4,097 and at 8,193 of them, and the last.
        assertThat(thinned.measurements().stream()
                        .filter(reading -> reading.quantity().equals("loss"))
                        .mapToLong(Measurement::step))
                .hasSize(3073)
                .startsWith(0L, 4L, 8L)
                .endsWith(looks - 4, looks - 1);
        assertThat(thinned.measurements()).isSubsetOf(whole.measurements());
        assertThat(book.last(run).measurements()).isEqualTo(look(looks - 1, 3));
    }

    @Test
    @Tag("long")
    @Tag("torture")
    void aLogBeyondTwoGigabytesIsReadAndResumed() throws IOException {
        assumeTrue(Files.getFileStore(folder).getUsableSpace() > 5L << 30, "skipped: needs 5 GB of disk");
        LabBook book = LabBook.open(folder.resolve("book"));
        RunIdentity run = BookExamples.identity(1);
        long looks = 0;
        try (RunWriter writer = ((RunStart.Fresh) book.begin("tiny", run, Map.of())).writer()) {
            long written = 0;
            while (written < (1L << 31) + (1 << 26)) {
                List<Measurement> look = look(looks, VECTOR);
                written += RunWriter.logBytes(look);
                writer.measured(look);
                looks++;
            }
            writer.checkpoint(looks, BookExamples.state(Precision.SINGLE, 1), Map.of());
            writer.measured(look(looks, VECTOR));
        }
        BookedRun booked = book.find(run.id());
        assertThat(Files.size(new RunFolder(booked.folder()).log())).isGreaterThan(1L << 31);
        assertThat(book.list().runs().getFirst().steps()).isEqualTo(looks);
        AtomicLong readings = new AtomicLong();
        book.stream(booked, reading -> readings.incrementAndGet());
        assertThat(readings.get()).isEqualTo(2 * (looks + 1));
        RunStart.Resumed resumed = (RunStart.Resumed) book.begin("tiny", run, Map.of());
        assertThat(resumed.point().step()).isEqualTo(looks);
        assertThat(resumed.point().notes()).isEmpty();
        try (RunWriter writer = resumed.writer()) {
            writer.measured(look(looks, 3));
            writer.ended(BookExamples.end(RunEnd.Status.DONE, looks));
        }
        assertThat(book.last(booked).measurements()).isEqualTo(look(looks, 3));
        assertThat(book.list().runs().getFirst().damage()).isEmpty();
        System.out.println(
                "a log of " + Files.size(new RunFolder(booked.folder()).log()) + " bytes, " + looks + " looks");
    }
}
