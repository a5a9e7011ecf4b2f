package io.orrery.lab.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Mutated files for every reader: each is read or refused, nothing else happens. {@code -Dfuzz.seed=N} repeats a run, and
 * {@code -Dfuzz.count=N} sets how many files the long test makes.
 */
class ReaderFuzzTest {
    private static final int SHORT = 300;
    private static final long LONG = 1_000_000;
    private static final Path FOUND = Path.of("src", "test", "resources", "fuzz");

    @TempDir
    Path folder;

    static Stream<Arguments> readers() {
        return Readers.all().stream().map(reader -> Arguments.of(reader.name(), reader));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("readers")
    void damagedFilesAreReadOrRefused(String name, Fuzzed reader) throws IOException {
        Fuzzed.Outcome outcome = reader.run(folder, Long.getLong("fuzz.seed", 1), SHORT);
        assertThat(outcome.finds()).isEmpty();
        assertThat(outcome.refused())
                .as("a fuzzer whose files are never refused does not reach the reader")
                .isPositive();
    }

    /** Folders of found files: the reader's name, then a hash, then the file under its name. */
    @Test
    void filesThatWereFoundStayMended() throws IOException {
        for (Fuzzed reader : Readers.all()) {
            Path found = FOUND.resolve(reader.name());
            if (!Files.isDirectory(found)) {
                continue;
            }
            try (Stream<Path> files = Files.walk(found)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Path place = found.relativize(file);
                    String name = place.subpath(1, place.getNameCount()).toString();
                    Path own = Files.createTempDirectory(folder, reader.name());
                    assertThat(reader.again(own, name, Files.readAllBytes(file)).finds())
                            .as(file.toString())
                            .isEmpty();
                }
            }
        }
    }

    @Test
    @Tag("long")
    @Tag("fuzz")
    void aMillionDamagedFiles() throws IOException {
        long seed = Long.getLong("fuzz.seed", System.nanoTime());
        List<Fuzzed> readers = Readers.all();
        long count = Long.getLong("fuzz.count", LONG) / readers.size() + 1;
        System.out.println(
                "fuzzing readers: seed " + seed + ", " + count + " files each; repeat with -Dfuzz.seed=" + seed);
        AtomicLong all = new AtomicLong();
        List<String> finds = readers.parallelStream()
                .flatMap(reader -> fuzzed(reader, seed, count, all).stream())
                .toList();
        assertThat(finds).as("seed " + seed).isEmpty();
        System.out.println("fuzzing readers: " + all + " files, none did harm");
    }

    private List<String> fuzzed(Fuzzed reader, long seed, long count, AtomicLong all) {
        long start = System.nanoTime();
        try {
            Fuzzed.Outcome outcome = reader.run(Files.createDirectories(folder.resolve(reader.name())), seed, count);
            all.addAndGet(outcome.taken() + outcome.refused());
            System.out.printf(
                    "%-12s %,9d read, %,9d refused, %.0f s%n",
                    reader.name(), outcome.taken(), outcome.refused(), (System.nanoTime() - start) / 1e9);
            return outcome.finds();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
