package io.orrery.lab.book;

import io.orrery.lab.UserError;
import io.orrery.lab.file.Disk;
import io.orrery.lab.file.FileStamp;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.run.RunEnd;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The log of a run, open for appending. */
final class RunLog implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;
    private final String key;
    private long offset;

    private RunLog(Path file, FileChannel channel, long offset) {
        this.file = file;
        this.channel = channel;
        this.key = FileStamp.key(file);
        this.offset = offset;
    }

    /** What a log holds, in order; a torn tail is left out. */
    record Contents(List<Measurement> measurements, Optional<RunEnd> end) {}

    /** Opens a log with only a header; whatever the file held is gone. */
    static RunLog create(Path file) {
        return open(file, 0);
    }

    /** Opens a log for appending at an offset at which a frame ends; what follows is cut off. */
    static RunLog continueAt(Path file, long offset) {
        return open(file, offset);
    }

    private static RunLog open(Path file, long offset) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel.truncate(offset);
            channel.position(offset);
            RunLog log = new RunLog(file, channel, offset);
            if (offset == 0) {
                log.write(Frames.header());
            }
            return log;
        } catch (IOException failed) {
            throw Disk.cannotWrite(file, failed);
        }
    }

    /**
     * Reads a log into memory.
     *
     * @throws UserError if it is damaged, naming the record and its place
     */
    static Contents read(Path file) {
        List<Measurement> measurements = new ArrayList<>();
        List<RunEnd> ends = new ArrayList<>();
        stream(file, record -> {
            switch (record) {
                case LogRecord.Look look -> measurements.addAll(look.measurements());
                case LogRecord.End last -> ends.add(last.end());
            }
        });
        return new Contents(List.copyOf(measurements), ends.isEmpty() ? Optional.empty() : Optional.of(ends.getLast()));
    }

    /**
     * Reads a log from front to back, one record in memory at a time.
     *
     * @throws UserError if it is damaged, naming the record and its place, after the records before it
     */
    static void stream(Path file, Consumer<LogRecord> records) {
        Map<String, String> known = new HashMap<>();
        Frames.Scan scan =
                Frames.scan(file, (record, payload, _) -> records.accept(decode(file, record, payload, known)));
        scan.damage().ifPresent(damage -> {
            throw new UserError(damage + "; 'resume' goes back to the newest checkpoint before it");
        });
    }

    /**
     * The record of a frame's payload.
     *
     * @throws UserError if another version wrote it
     */
    static LogRecord decode(Path file, long record, byte[] payload, Map<String, String> known) {
        try {
            return LogRecord.read(payload, known);
        } catch (IOException unknown) {
            throw new UserError(
                    file + ": record " + record + " cannot be understood: " + unknown.getMessage()
                            + "; another version wrote it",
                    unknown);
        }
    }

    /** Whether the file is still there, and no other is in its place. */
    private void requirePresent() {
        if (!FileStamp.key(file).equals(key)) {
            throw new UserError(file + " is gone: the lab book was deleted, moved or replaced while the run was under"
                    + " way; what was not yet written is lost. Put the lab book back and go on with 'resume', or run"
                    + " it anew");
        }
    }

    /** Appends a record; it survives the end of the process, and after {@link #sync} of the machine. */
    void append(LogRecord record) {
        write(Frames.frame(offset, record.bytes()));
    }

    private void write(ByteBuffer bytes) {
        requirePresent();
        int length = bytes.remaining();
        try {
            Disk.write(channel, bytes);
        } catch (IOException failed) {
            takeBackPart();
            throw Disk.cannotWrite(file, failed);
        }
        offset += length;
    }

    /** A full disk may have taken part of a record; without it the log ends with a whole one. */
    private void takeBackPart() {
        try {
            channel.truncate(offset);
        } catch (IOException alsoFailed) {
            // The reader recognizes the torn tail.
        }
    }

    /** Waits until all records are on the disk. */
    void sync() {
        requirePresent();
        try {
            channel.force(true);
        } catch (IOException failed) {
            throw Disk.cannotWrite(file, failed);
        }
    }

    /** Where the next record will begin. */
    long offset() {
        return offset;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failed) {
            throw Disk.cannotWrite(file, failed);
        }
    }
}
