package io.orrery.lab.book;

import io.orrery.lab.observe.Measurement;
import io.orrery.lab.run.RunEnd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the log of a run holds: looks of the instruments, and how the run ended. Doubles keep their bits, NaN too. */
sealed interface LogRecord {
    /** Measurements of one look, in order. */
    record Look(List<Measurement> measurements) implements LogRecord {}

    /** The end of the run. */
    record End(RunEnd end) implements LogRecord {}

    /** As bytes: a letter for the kind, then its parts in order, big-endian, texts with their length before them. */
    default byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            switch (this) {
                case Look look -> writeLook(look.measurements, out);
                case End end -> writeEnd(end.end, out);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /**
     * The record of some bytes.
     *
     * @throws IOException if they are none; the frame's checksum was right, so another version wrote them
     */
    static LogRecord read(byte[] bytes) throws IOException {
        return read(bytes, new HashMap<>());
    }

    /**
     * The same for one of many records.
     *
     * @param known names met before, each kept in memory once
     */
    static LogRecord read(byte[] bytes, Map<String, String> known) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        byte kind = in.readByte();
        return switch (kind) {
            case 'L' -> new Look(readLook(in, known));
            case 'E' -> new End(readEnd(in));
            default -> throw new IOException("a record of unknown kind " + kind);
        };
    }

    /** Whether the bytes of a record are those of a look. */
    static boolean isLook(byte[] bytes) {
        return bytes.length > 0 && bytes[0] == 'L';
    }

    private static void writeLook(List<Measurement> measurements, DataOutputStream out) throws IOException {
        out.writeByte('L');
        out.writeInt(measurements.size());
        for (Measurement measurement : measurements) {
            out.writeLong(measurement.step());
            text(measurement.instrument(), out);
            text(measurement.quantity(), out);
            text(measurement.layer(), out);
            text(measurement.split(), out);
            out.writeInt(measurement.values().size());
            for (double value : measurement.values()) {
                out.writeLong(Double.doubleToRawLongBits(value));
            }
        }
    }

    private static List<Measurement> readLook(DataInputStream in, Map<String, String> known) throws IOException {
        int count = in.readInt();
        List<Measurement> measurements = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long step = in.readLong();
            String instrument = shared(text(in), known);
            String quantity = shared(text(in), known);
            String layer = shared(text(in), known);
            String split = shared(text(in), known);
            int values = in.readInt();
            List<Double> numbers = new ArrayList<>();
            for (int j = 0; j < values; j++) {
                numbers.add(Double.longBitsToDouble(in.readLong()));
            }
            measurements.add(new Measurement(step, instrument, quantity, layer, split, numbers));
        }
        return measurements;
    }

    private static String shared(String text, Map<String, String> known) {
        return known.computeIfAbsent(text, same -> same);
    }

    private static void writeEnd(RunEnd end, DataOutputStream out) throws IOException {
        out.writeByte('E');
        text(end.status().name(), out);
        out.writeLong(end.steps());
        text(end.digest(), out);
        text(end.stateDigest(), out);
        text(end.message(), out);
        out.writeInt(end.seconds().size());
        for (var purpose : end.seconds().entrySet()) {
            text(purpose.getKey(), out);
            out.writeLong(Double.doubleToRawLongBits(purpose.getValue()));
        }
        out.writeInt(end.looks().size());
        for (String sentence : end.looks()) {
            text(sentence, out);
        }
    }

    private static RunEnd readEnd(DataInputStream in) throws IOException {
        String name = text(in);
        RunEnd.Status status = List.of(RunEnd.Status.values()).stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IOException("an end of unknown status " + name));
        long steps = in.readLong();
        String digest = text(in);
        String stateDigest = text(in);
        String message = text(in);
        int purposes = in.readInt();
        Map<String, Double> seconds = new LinkedHashMap<>();
        for (int i = 0; i < purposes; i++) {
            String purpose = text(in);
            seconds.put(purpose, Double.longBitsToDouble(in.readLong()));
        }
        List<String> looks = new ArrayList<>();
        // Earlier builds wrote nothing after the seconds.
        int sentences = in.available() > 0 ? in.readInt() : 0;
        for (int i = 0; i < sentences; i++) {
            looks.add(text(in));
        }
        return new RunEnd(status, steps, digest, stateDigest, message, seconds, List.copyOf(looks));
    }

    private static void text(String value, DataOutputStream out) throws IOException {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String text(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("a text of " + length + " bytes where " + in.available() + " are left");
        }
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }
}
