package io.orrery.lab.claim;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.book.BookedVerdict;
import io.orrery.lab.study.StudyListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClaimRunnerTest {
    private static final Alterations SMALL = new Alterations(List.of("stop.steps=3"), Optional.of("1-2"));

    @TempDir
    Path book;

    private final Claim claim = Claims.named("neural-collapse");

    @Test
    void aVerdictIsKeptBesideItsRunsWithTheTimeThatTheyTook() {
        ClaimRunner runner = new ClaimRunner(book, 1, Map.of());
        ClaimResult first = run(runner);
        BookedVerdict kept =
                BookedVerdict.read(runner.folder(claim, Scale.QUICK, SMALL)).orElseThrow();

        assertThat(kept).isEqualTo(first.booked());
        assertThat(kept.outcome()).isEqualTo("inconclusive");
        assertThat(kept.predictedLow()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(kept.predictedHigh()).isEqualTo(kept.threshold());
        assertThat(kept.altered()).containsExactly("--set", "stop.steps=3", "--seeds", "1-2");
        assertThat(kept.beyond()).containsExactly("stop.steps=3");
        assertThat(kept.command())
                .isEqualTo("./orrery claim neural-collapse --scale quick --set stop.steps=3 --seeds 1-2");

        ClaimResult second = run(runner);
        assertThat(second.alreadyDone()).isEqualTo(6);
        assertThat(second.booked()).isEqualTo(first.booked());
    }

    @Test
    void whatIsForgottenIsRunAnewAndNothingElseIsGone() throws IOException {
        ClaimRunner runner = new ClaimRunner(book, 1, Map.of());
        run(runner);
        Path folder = runner.folder(claim, Scale.QUICK, SMALL);
        Path foreign = folder.resolve("notes.txt");
        Files.writeString(foreign, "mine");
        Path outside = Files.createDirectory(book.resolve("outside"));
        Files.writeString(outside.resolve("kept"), "mine");
        Files.createSymbolicLink(folder.resolve("neural-collapse/link"), outside);

        runner.forget(claim, Scale.QUICK, SMALL);

        assertThat(BookedVerdict.read(folder)).isEmpty();
        assertThat(folder.resolve("neural-collapse")).doesNotExist();
        assertThat(foreign).exists();
        assertThat(outside.resolve("kept")).exists();
        assertThat(run(runner).alreadyDone()).isZero();
    }

    private ClaimResult run(ClaimRunner runner) {
        return runner.run(claim, Scale.QUICK, SMALL, StudyListener.SILENT).orElseThrow();
    }
}
