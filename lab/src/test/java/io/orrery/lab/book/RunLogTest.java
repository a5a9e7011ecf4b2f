package io.orrery.lab.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.lab.UserError;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.run.RunEnd;
import io.orrery.lab.setup.RunIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLogTest {
    private static final int LOOKS = 4;

    @TempDir
    Path folder;

    /** A log of four looks and an end; gives where the header and each record end. */
    private List<Long> write(Path file) {
        List<Long> ends = new ArrayList<>();
        try (RunLog log = RunLog.create(file)) {
            ends.add(log.offset());
            for (long step = 0; step < LOOKS; step++) {
                log.append(new LogRecord.Look(BookExamples.look(step)));
                ends.add(log.offset());
            }
            log.append(new LogRecord.End(BookExamples.end(RunEnd.Status.DONE, LOOKS)));
            ends.add(log.offset());
        }
        return ends;
    }

    private static List<Measurement> looks(long count) {
        List<Measurement> all = new ArrayList<>();
        for (long step = 0; step < count; step++) {
            all.addAll(BookExamples.look(step));
        }
        return all;
    }

    @Test
    void theFormatIsTheOneThatIsDocumented() throws IOException {
        Path file = folder.resolve("log");
        RunLog.create(file).close();
        byte[] header = Files.readAllBytes(file);
        assertThat(header).hasSize(16);
        assertThat(new String(header, 0, 8, java.nio.charset.StandardCharsets.US_ASCII))
                .isEqualTo("ORRERYLG");
        assertThat(header[8]).isEqualTo((byte) 1);
    }

    @Test
    void anEndOfAnEarlierBuildSaysNothingOfLooks() throws IOException {
        RunEnd end = BookExamples.end(RunEnd.Status.DONE, LOOKS);
        byte[] bytes = new LogRecord.End(end).bytes();
        assertThat(LogRecord.read(bytes)).isEqualTo(new LogRecord.End(end));
        int looks = Integer.BYTES + Integer.BYTES + end.looks().getFirst().length();
        assertThat(LogRecord.read(Arrays.copyOf(bytes, bytes.length - looks)))
                .isEqualTo(new LogRecord.End(new RunEnd(
                        end.status(), end.steps(), end.digest(), end.stateDigest(), end.message(), end.seconds())));
    }

    @Test
    void everyBitOfADoubleSurvives() throws IOException {
        double odd = Double.longBitsToDouble(0x7ff0000000000abcL);
        LogRecord.Look look = new LogRecord.Look(List.of(new Measurement(
                Long.MAX_VALUE, "i", "é", "", "", List.of(odd, -0.0, Double.MIN_VALUE, Double.NEGATIVE_INFINITY))));
        LogRecord.Look read = (LogRecord.Look) LogRecord.read(look.bytes());
        assertThat(read.measurements().getFirst().values())
                .extracting(Double::doubleToRawLongBits)
                .containsExactlyElementsOf(look.measurements().getFirst().values().stream()
                        .map(Double::doubleToRawLongBits)
                        .toList());
        assertThat(read.measurements().getFirst().quantity()).isEqualTo("é");
    }

    @Test
    void aLogTornAtAnyByteKeepsItsWholeRecords() throws IOException {
        Path file = folder.resolve("log");
        List<Long> ends = write(file);
        byte[] all = Files.readAllBytes(file);
        for (int length = 0; length <= all.length; length++) {
            Files.write(file, Arrays.copyOf(all, length));
            int kept = length;
            long whole = ends.stream().filter(end -> end <= kept).count() - 1;
            RunLog.Contents contents = RunLog.read(file);
            assertThat(contents.measurements()).as("torn at %s", length).isEqualTo(looks(Math.clamp(whole, 0, LOOKS)));
            assertThat(contents.end().isPresent()).isEqualTo(whole == LOOKS + 1);
        }
    }

    @Test
    void aFlippedByteAnywhereIsFoundAndItsRecordNamed() throws IOException {
        Path file = folder.resolve("log");
        List<Long> ends = write(file);
        byte[] all = Files.readAllBytes(file);
        for (int at = 0; at < all.length; at++) {
            for (int flip : new int[] {1, 0x80}) {
                byte[] bytes = all.clone();
                bytes[at] ^= (byte) flip;
                Files.write(file, bytes);
                int place = at;
                long record = ends.stream().filter(end -> end <= place).count();
                String expected = record == 0
                        ? file + " is damaged: its header, bytes 0 to 15, fails its checksum"
                        : file + " is damaged: record " + record + ", at byte " + ends.get((int) record - 1)
                                + ", fails its checksum";
                assertThatThrownBy(() -> RunLog.read(file))
                        .as("byte %s flipped by %s", at, flip)
                        .isInstanceOf(UserError.class)
                        .hasMessageStartingWith(expected);
            }
        }
    }

    @Test
    void recordsInTheWrongPlaceAreFound() throws IOException {
        Path file = folder.resolve("log");
        List<Long> ends = write(file);
        byte[] all = Files.readAllBytes(file);
        byte[] without = new byte[all.length - (int) (ends.get(2) - ends.get(1))];
        System.arraycopy(all, 0, without, 0, ends.get(1).intValue());
        System.arraycopy(
                all,
                ends.get(2).intValue(),
                without,
                ends.get(1).intValue(),
                all.length - ends.get(2).intValue());
        Files.write(file, without);
        assertThatThrownBy(() -> RunLog.read(file)).hasMessageContaining("record 2, at byte " + ends.get(1));
    }

    @Test
    void anotherVersionIsNamed() throws IOException {
        Path file = folder.resolve("log");
        write(file);
        java.nio.ByteBuffer header = java.nio.ByteBuffer.wrap(Files.readAllBytes(file))
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .putInt(8, 2);
        java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
        crc.update(header.array(), 0, 12);
        Files.write(file, header.putInt(12, (int) crc.getValue()).array());
        assertThatThrownBy(() -> RunLog.read(file))
                .hasMessageStartingWith(file + " has log version 2, this build reads version 1");
        assertThatThrownBy(() -> LogRecord.read(new byte[] {'X'})).hasMessage("a record of unknown kind 88");
        assertThatThrownBy(() -> RunLog.read(folder.resolve("none")))
                .isInstanceOf(UserError.class)
                .hasMessage("cannot read " + folder.resolve("none") + ": there is no such file");
    }

    @Test
    void aRunKilledAtAnyByteOfItsLogGoesOnToTheSameRecord() throws IOException {
        LabBook book = LabBook.open(folder.resolve("book"));
        RunIdentity run = BookExamples.identity(1);
        BookedRun booked;
        try (RunWriter writer = ((RunStart.Fresh) book.begin("tiny", run, Map.of())).writer()) {
            booked = writer.run();
            BookExamples.train(writer, 0, 4);
            writer.ended(BookExamples.end(RunEnd.Status.DONE, 4));
        }
        Path log = booked.folder().resolve("measurements.log");
        byte[] all = Files.readAllBytes(log);
        Map<Path, byte[]> checkpoints = new java.util.TreeMap<>();
        for (Path file : new RunFolder(booked.folder()).checkpoints().values()) {
            checkpoints.put(file, Files.readAllBytes(file));
        }
        for (int length = 0; length < all.length; length += length < 20 ? 3 : 17) {
            for (var checkpoint : checkpoints.entrySet()) {
                Files.write(checkpoint.getKey(), checkpoint.getValue());
            }
            Files.write(log, Arrays.copyOf(all, length));
            RunStart.Resumed resumed = (RunStart.Resumed) book.resume(run.id());
            try (RunWriter writer = resumed.writer()) {
                BookExamples.train(writer, resumed.point().step(), 4);
                writer.ended(BookExamples.end(RunEnd.Status.DONE, 4));
            }
            assertThat(Files.readAllBytes(log)).as("killed at byte %s", length).isEqualTo(all);
        }
    }

    @Test
    void damageAfterACheckpointDoesNotHinderResuming() throws IOException {
        LabBook book = LabBook.open(folder.resolve("book"));
        RunIdentity run = BookExamples.identity(1);
        try (RunWriter writer = ((RunStart.Fresh) book.begin("tiny", run, Map.of())).writer()) {
            BookExamples.train(writer, 0, 4);
            writer.ended(BookExamples.end(RunEnd.Status.DONE, 4));
        }
        Path log = book.find(run.id()).folder().resolve("measurements.log");
        byte[] all = Files.readAllBytes(log);
        for (int at : new int[] {0, 20, all.length / 2, all.length - 1}) {
            byte[] bytes = all.clone();
            bytes[at] ^= 4;
            Files.write(log, bytes);
            RunStart.Resumed resumed = (RunStart.Resumed) book.begin("tiny", run, Map.of());
            assertThat(resumed.point().notes()).first().asString().contains("is damaged");
            try (RunWriter writer = resumed.writer()) {
                BookExamples.train(writer, resumed.point().step(), 4);
                writer.ended(BookExamples.end(RunEnd.Status.DONE, 4));
            }
            assertThat(Files.readAllBytes(log)).as("flipped at %s", at).isEqualTo(all);
        }
    }
}
