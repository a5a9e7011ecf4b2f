package io.orrery.lab.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.lab.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ComputationRunnerTest {
    private static final Setting SETTING = Setting.empty().with("scale", 0.5).with("count", 7);

    @TempDir
    Path folder;

    private final CountedComputation waves = new CountedComputation(1);
    private final List<String> notes = new ArrayList<>();
    private final ComputationListener listener = new ComputationListener() {
        @Override
        public synchronized void noted(Evaluation evaluation, String note) {
            notes.add(note);
        }
    };

    @Test
    void whatIsKeptIsReadBackToTheBitAndNotComputedAgain() {
        List<ComputedRun> first = run(folder, 1, seeds(3));
        assertThat(waves.asked).hasValue(3);
        List<ComputedRun> second = run(folder, 1, seeds(3));

        assertThat(waves.asked).hasValue(3);
        assertThat(results(second)).isEqualTo(results(first));
        assertThat(second).allMatch(run -> run instanceof ComputedRun.Done done && done.alreadyDone());
        assertThat(results(second).getFirst().of("awkward"))
                .containsExactly(Double.NaN, Double.NEGATIVE_INFINITY, -0.0, Double.MIN_VALUE, 0.1 + 0.2);
    }

    @Test
    void twoThreadsGiveTheBitsOfOne() throws IOException {
        List<ComputedRun> one = run(folder.resolve("one"), 1, seeds(8));
        List<ComputedRun> two = run(folder.resolve("two"), 2, seeds(8));

        assertThat(results(two)).isEqualTo(results(one));
        assertThat(names(folder.resolve("two")))
                .isEqualTo(names(folder.resolve("one")))
                .hasSize(8);
    }

    @Test
    void anInterruptedClaimGoesOnWhereItStopped() {
        List<ComputationRunner> stopped = new ArrayList<>();
        ComputationRunner runner = new ComputationRunner(new ResultBook(folder), 1, new ComputationListener() {
            @Override
            public void computed(Evaluation evaluation, double seconds) {
                if (evaluation.seed() == 3) {
                    stopped.forEach(ComputationRunner::requestStop);
                }
            }
        });
        stopped.add(runner);
        List<ComputedRun> interrupted = runner.run(seeds(5));

        assertThat(interrupted.stream().filter(ComputedRun.Done.class::isInstance))
                .hasSize(3);
        assertThat(interrupted.stream().filter(ComputedRun.NotBegun.class::isInstance))
                .hasSize(2);
        List<ComputedRun> rest = run(folder, 1, seeds(5));
        assertThat(waves.asked).hasValue(5);
        assertThat(results(rest)).isEqualTo(results(run(folder.resolve("whole"), 2, seeds(5))));
    }

    /** What a process that was killed leaves: whole files, and a temporary one that never got its name. */
    @Test
    void aProcessKilledWhileItWroteCostsOneEvaluation() throws IOException {
        run(folder, 1, seeds(3));
        Path file = new ResultBook(folder).file(seeds(3).get(1));
        byte[] whole = Files.readAllBytes(file);
        Files.write(file.resolveSibling(file.getFileName() + ".1-a.part"), List.of("{\"comp"));
        Files.delete(file);
        run(folder, 2, seeds(3));

        assertThat(waves.asked).hasValue(4);
        assertThat(notes).isEmpty();
        assertThat(series(Files.readString(file))).isEqualTo(series(new String(whole)));
    }

    @Test
    void aDamagedFileIsSetAsideAndComputedAgain() throws IOException {
        List<ComputedRun> before = run(folder, 1, seeds(5));
        ResultBook book = new ResultBook(folder);
        damage(book.file(seeds(5).get(0)), text -> text.replaceFirst("0\\.", "1."));
        damage(book.file(seeds(5).get(1)), text -> text.substring(0, text.length() / 2));
        damage(book.file(seeds(5).get(2)), text -> "");
        Files.copy(
                book.file(seeds(5).get(4)),
                book.file(seeds(5).get(3)),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        List<ComputedRun> after = run(folder, 1, seeds(5));

        assertThat(results(after)).isEqualTo(results(before));
        assertThat(waves.asked).hasValue(9);
        assertThat(notes)
                .hasSize(4)
                .allMatch(note ->
                        note.contains("; it was moved to set-aside-") && note.endsWith(" and is computed again"));
        assertThat(notes.get(0)).contains("does not have the SHA-256 that was recorded");
        assertThat(notes.get(3)).contains("it is the answer to another question: its seed differs");
        assertThat(names(folder).stream().filter(name -> name.matches("set-aside-\\d{8}T\\d{6}Z-result-damaged.*")))
                .hasSize(4);
        run(folder, 1, seeds(5));
        assertThat(waves.asked).hasValue(9);
    }

    @Test
    void anotherVersionOrSettingIsAnotherQuestion() {
        run(folder, 1, seeds(1));
        CountedComputation later = new CountedComputation(2);
        run(folder, 1, List.of(new Evaluation(later, 1, SETTING)));
        run(folder, 1, List.of(new Evaluation(waves, 1, SETTING.with("scale", 0.25))));

        assertThat(later.asked).hasValue(1);
        assertThat(waves.asked).hasValue(2);
    }

    @Test
    void oneThatFailsDoesNotKeepOthersFromBeingComputed() {
        List<Evaluation> all =
                List.of(new Evaluation(waves, 1, SETTING.with("scale", -10)), new Evaluation(waves, 1, SETTING));
        List<ComputedRun> runs = run(folder, 1, all);

        assertThat(runs.get(0)).isInstanceOf(ComputedRun.Failed.class);
        assertThat(runs.get(1)).isInstanceOf(ComputedRun.Done.class);
    }

    @Test
    void aSettingIsWholeAndWithinLimits() {
        assertThatThrownBy(() -> new Evaluation(waves, 1, SETTING.with("scale", 11)))
                .isInstanceOf(UserError.class)
                .hasMessage("scale=11: the factor before the sine must be a number from -10 to 10");
        assertThatThrownBy(() -> SETTING.with("count=2.5", waves))
                .isInstanceOf(UserError.class)
                .hasMessage("--set count=2.5: the number of draws must be a whole number from 1 to 1000");
        assertThatThrownBy(() -> SETTING.with("scale=large", waves))
                .isInstanceOf(UserError.class)
                .hasMessage("--set scale=large: the factor before the sine must be a number");
        assertThatThrownBy(() -> SETTING.with("scale", waves))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("expected NAME=VALUE");
        assertThatThrownBy(() -> new Evaluation(waves, 1, Setting.empty().with("scale", 1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(SETTING.with("scale=2.5", waves).get("scale")).isEqualTo(2.5);
    }

    private List<ComputedRun> run(Path place, int threads, List<Evaluation> evaluations) {
        return new ComputationRunner(new ResultBook(place), threads, listener).run(evaluations);
    }

    private List<Evaluation> seeds(int count) {
        return LongStream.rangeClosed(1, count)
                .mapToObj(seed -> new Evaluation(waves, seed, SETTING))
                .toList();
    }

    private static List<Results> results(List<ComputedRun> runs) {
        return runs.stream()
                .map(run -> ((ComputedRun.Done) run).kept().results())
                .toList();
    }

    private static void damage(Path file, java.util.function.UnaryOperator<String> how) throws IOException {
        Files.writeString(file, how.apply(Files.readString(file)));
    }

    private static String series(String file) {
        return file.replaceAll("\"(seconds|sha256)\":[^,}]*", "");
    }

    private static List<String> names(Path place) throws IOException {
        try (Stream<Path> files = Files.list(place.resolve("computed"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
