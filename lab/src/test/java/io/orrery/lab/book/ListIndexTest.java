package io.orrery.lab.book;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.file.Checksum;
import io.orrery.lab.run.RunEnd;
import io.orrery.lab.setup.RunIdentity;
import io.orrery.lab.text.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListIndexTest {
    @TempDir
    Path folder;

    private LabBook book() {
        return LabBook.open(folder.resolve("book"));
    }

    private void record(long seed) {
        RunIdentity run = BookExamples.identity(seed);
        try (RunWriter writer = ((RunStart.Fresh) book().begin("tiny", run, Map.of())).writer()) {
            BookExamples.train(writer, 0, 4);
            writer.ended(BookExamples.end(RunEnd.Status.DONE, 4));
        }
    }

    /** Waits until no file was changed within the time in which a change could hide. */
    private static void settle() throws InterruptedException {
        Thread.sleep(Duration.ofSeconds(4));
    }

    @Test
    void theListIsTheSameWithTheIndexWithoutItAndWithADamagedOne() throws Exception {
        record(1);
        record(2);
        LabBook.Overview first = book().list();
        assertThat(first.runs()).hasSize(2);
        Path index = folder.resolve("book").resolve(ListIndex.FILE);
        // Files that were just written are not remembered: a change could have the same time.
        assertThat(index).doesNotExist();
        settle();
        assertThat(book().list()).isEqualTo(first);
        assertThat(index).exists();
        assertThat(ListIndex.read(folder.resolve("book"))).hasSize(2);
        assertThat(book().list()).isEqualTo(first);
        byte[] bytes = Files.readAllBytes(index);
        for (int at = 0; at < bytes.length; at += 7) {
            byte[] damaged = bytes.clone();
            damaged[at] ^= 1;
            Files.write(index, damaged);
            assertThat(ListIndex.read(folder.resolve("book")))
                    .as("flip at %s", at)
                    .isEmpty();
        }
        Files.write(index, new byte[] {1, 2, 3});
        assertThat(book().list()).isEqualTo(first);
        Files.delete(index);
        assertThat(book().list()).isEqualTo(first);
    }

    @Test
    void aChangedFileIsReadAgainEvenIfItsTimeWasSetBack() throws Exception {
        record(1);
        settle();
        ListedRun listed = book().list().runs().getFirst();
        Path log = folder.resolve("book").resolve(listed.folder()).resolve("measurements.log");
        FileTime time = Files.getLastModifiedTime(log);
        byte[] bytes = Files.readAllBytes(log);
        bytes[bytes.length / 2] ^= 1;
        Files.write(log, bytes);
        Files.setLastModifiedTime(log, time);
        assertThat(book().list().runs().getFirst().damage()).isPresent();
    }

    @Test
    @Tag("long")
    @Tag("torture")
    void tenThousandRunsAreListedAlikeWithTheIndex() throws Exception {
        record(0);
        BookedRun one = book().runs().runs().getFirst();
        for (long seed = 1; seed < 10_000; seed++) {
            String key = String.format("%012x", seed);
            Path copy = one.folder().resolveSibling("seed-" + seed + "-" + key);
            copyTree(one.folder(), copy);
            Json.Fields identity = new BookedRun(
                            "tiny", key, key, seed, Map.of(), one.spec(), one.numerics(), one.provenance(), copy)
                    .json();
            identity.put(Checksum.KEY, Checksum.sha256(identity));
            Files.writeString(copy.resolve(RunFolder.IDENTITY), identity.write());
        }
        settle();
        Instant start = Instant.now();
        LabBook.Overview read = book().list();
        Instant between = Instant.now();
        LabBook.Overview known = book().list();
        System.out.println("a list of 10,000 runs: " + Duration.between(start, between) + " without, "
                + Duration.between(between, Instant.now()) + " with the index");
        assertThat(read.runs()).hasSize(10_000);
        assertThat(known).isEqualTo(read);
        assertThat(ListIndex.read(folder.resolve("book"))).hasSize(10_000);
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}
