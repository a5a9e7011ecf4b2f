package io.orrery.lab.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.lab.UserError;
import io.orrery.lab.run.RunEnd;
import io.orrery.lab.setup.RunIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recovery never deletes, and what is damaged or missing is named. */
class RecoveryTest {
    private static final long LOOKS = 6;

    @TempDir
    Path folder;

    private final RunIdentity run = BookExamples.identity(1);
    private LabBook book;
    private BookedRun booked;

    @BeforeEach
    void record() {
        book = LabBook.open(folder.resolve("book"));
        try (RunWriter writer = ((RunStart.Fresh) book.begin("tiny", run, Map.of())).writer()) {
            BookExamples.train(writer, 0, LOOKS);
            writer.ended(BookExamples.end(RunEnd.Status.DONE, LOOKS));
            booked = writer.run();
        }
    }

    private Path file(String name) {
        return booked.folder().resolve(name);
    }

    private void finish(RunStart start) {
        RunWriter open =
                start instanceof RunStart.Resumed(var _, RunWriter writer) ? writer : ((RunStart.Fresh) start).writer();
        long from = start instanceof RunStart.Resumed resumed ? resumed.point().step() : 0;
        try (open) {
            BookExamples.train(open, from, LOOKS);
            open.ended(BookExamples.end(RunEnd.Status.DONE, LOOKS));
        }
    }

    /** Every file below the run but those that are never read, by its name and content. */
    private Map<String, List<Byte>> contents() throws IOException {
        Map<String, List<Byte>> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(booked.folder())) {
            for (Path path : files.filter(Files::isRegularFile).toList()) {
                byte[] bytes = Files.readAllBytes(path);
                Byte[] boxed = new Byte[bytes.length];
                Arrays.setAll(boxed, i -> bytes[i]);
                contents.put(path.getFileName().toString(), List.of(boxed));
            }
        }
        return contents;
    }

    private List<List<Byte>> kept() throws IOException {
        return List.copyOf(contents().values());
    }

    @Test
    void aFlippedBitInAFinishedLogLosesNothing() throws IOException {
        byte[] sound = Files.readAllBytes(file("measurements.log"));
        Map<String, List<Byte>> before = contents();
        byte[] bytes = sound.clone();
        bytes[40] ^= 4;
        Files.write(file("measurements.log"), bytes);
        RunStart start = book.begin("tiny", run, Map.of());
        finish(start);
        assertThat(Files.readAllBytes(file("measurements.log"))).isEqualTo(sound);
        Path aside = SetAside.in(booked.folder()).getFirst();
        assertThat(aside.getFileName().toString()).endsWith("-log-damaged");
        assertThat(Files.readAllBytes(aside.resolve("measurements.log"))).isEqualTo(bytes);
        before.forEach((name, content) -> {
            if (name.endsWith(".safetensors")) {
                assertThat(aside.resolve(name)).as(name).exists();
            }
        });
    }

    @Test
    void aLogOfAnotherVersionIsNotTouched() throws IOException {
        Path log = file("measurements.log");
        java.nio.ByteBuffer header = java.nio.ByteBuffer.wrap(Files.readAllBytes(log))
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .putInt(8, 2);
        java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
        crc.update(header.array(), 0, 12);
        Files.write(log, header.putInt(12, (int) crc.getValue()).array());
        List<List<Byte>> before = kept();
        assertThatThrownBy(() -> book.begin("tiny", run, Map.of()))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith(log + " has log version 2, this build reads version 1; go on with the build");
        assertThat(kept()).isEqualTo(before);
        assertThat(book.list().runs().getFirst().damage().orElse("")).startsWith(log + " has log version 2");
    }

    @Test
    void aDamagedHeaderCostsNoRecord() throws IOException {
        Path log = file("measurements.log");
        byte[] sound = Files.readAllBytes(log);
        byte[] bytes = sound.clone();
        bytes[9] ^= 1;
        Files.write(log, bytes);
        RunStart.Resumed resumed = (RunStart.Resumed) book.begin("tiny", run, Map.of());
        assertThat(resumed.point().step()).isEqualTo(LOOKS);
        finish(resumed);
        assertThat(Files.readAllBytes(log)).isEqualTo(sound);
    }

    @Test
    void anEmptiedAMissingAndAShortLogAreNamedAndSetAside() throws IOException {
        Path log = file("measurements.log");
        byte[] sound = Files.readAllBytes(log);
        for (int length : new int[] {0, 7, 16, 16 + 150}) {
            Files.write(log, Arrays.copyOf(sound, length));
            String named = book.list().runs().getFirst().damage().orElse("");
            assertThat(named).as("cut to %s bytes", length).startsWith(log + " is damaged: it");
            assertThatThrownBy(() -> book.read(booked))
                    .isInstanceOf(UserError.class)
                    .hasMessage(named);
            finish(book.begin("tiny", run, Map.of()));
            assertThat(Files.readAllBytes(log)).isEqualTo(sound);
        }
        Files.delete(log);
        assertThat(book.list().runs().getFirst().damage().orElse("")).startsWith(log + " is missing");
        finish(book.begin("tiny", run, Map.of()));
        assertThat(Files.readAllBytes(log)).isEqualTo(sound);
        assertThat(SetAside.in(booked.folder()).getLast().getFileName().toString())
                .endsWith("-log-missing");
    }

    @Test
    void aMissingOrDamagedIdentityIsNamedAndItsFilesAreSetAside() throws IOException {
        byte[] log = Files.readAllBytes(file("measurements.log"));
        Path identity = file("run.json");
        Files.delete(identity);
        assertThat(book.list().damaged()).singleElement().asString().startsWith(identity + " is missing");
        assertThatThrownBy(() -> book.find(run.id())).hasMessageStartingWith(identity + " is missing");
        RunStart.Fresh fresh = (RunStart.Fresh) book.begin("tiny", run, Map.of());
        assertThat(fresh.notes().getFirst()).startsWith(identity + " is missing");
        finish(fresh);
        Path aside = SetAside.in(booked.folder()).getFirst();
        assertThat(aside.getFileName().toString()).endsWith("-run.json-missing");
        assertThat(Files.readAllBytes(aside.resolve("measurements.log"))).isEqualTo(log);
        assertThat(aside.resolve("checkpoints/step-6.safetensors")).exists();

        Files.writeString(identity, "{}");
        assertThat(book.list().damaged()).singleElement().asString().startsWith(identity + " is damaged");
        finish(book.begin("tiny", run, Map.of()));
        assertThat(SetAside.in(booked.folder())).hasSize(2);
        assertThat(book.list().damaged()).isEmpty();
        assertThat(book.list().runs().getFirst().damage()).isEmpty();
    }

    @Test
    void aBookThatIsDeletedWhileARunTrainsIsNoticedAtTheNextWrite() throws IOException {
        RunIdentity other = BookExamples.identity(2);
        try (RunWriter writer = ((RunStart.Fresh) book.begin("tiny", other, Map.of())).writer()) {
            BookExamples.train(writer, 0, 2);
            Files.move(folder.resolve("book"), folder.resolve("moved"));
            assertThatThrownBy(() -> writer.measured(BookExamples.look(2)))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("measurements.log is gone: the lab book was deleted, moved or replaced");
            assertThatThrownBy(() -> writer.checkpoint(
                            3, BookExamples.state(io.orrery.engine.graph.Precision.SINGLE, 1), Map.of()))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("is gone");
            assertThat(folder.resolve("book")).doesNotExist();
        }
    }

    @Test
    void aStudyIsFoundByWhatItsFolderHolds() throws IOException {
        Files.move(folder.resolve("book/tiny"), folder.resolve("book/renamed"));
        assertThat(book.study("tiny")).hasSize(1);
        assertThat(book.study("renamed")).hasSize(1);
        assertThat(book.find("tiny/" + run.id()).name()).isEqualTo("renamed/" + run.id());
        assertThat(book.find("renamed/" + run.id())).isEqualTo(book.find(run.id()));
        assertThat(book.begin("tiny", run, Map.of())).isInstanceOf(RunStart.Finished.class);
        assertThat(folder.resolve("book/tiny")).doesNotExist();
    }

    @Test
    void filesThatOnlyPeopleReadAndCheckpointsAreRemarkedUpon() throws IOException {
        assertThat(book.remarks(booked)).isEmpty();
        Files.writeString(file("spec.yaml"), "seeds: [1]\nname: other\n");
        byte[] checkpoint = Files.readAllBytes(file("checkpoints/step-4.safetensors"));
        checkpoint[checkpoint.length - 1] ^= 1;
        Files.write(file("checkpoints/step-4.safetensors"), checkpoint);
        Files.write(file("checkpoints/step-2.safetensors"), new byte[] {1, 2, 3});
        assertThat(book.remarks(booked))
                .satisfiesExactlyInAnyOrder(
                        how -> assertThat(how).contains("spec.yaml is not the spec of this run"),
                        how -> assertThat(how).contains("step-4.safetensors is damaged"),
                        how -> assertThat(how).contains("step-2.safetensors is not a sound safetensors file"));
        assertThat(book.read(booked).end()).isPresent();
        assertThat(book.list().runs().getFirst().remarks())
                .singleElement()
                .asString()
                .contains("step-2.safetensors");
    }
}
