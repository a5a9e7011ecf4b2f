package io.orrery.lab.book;

import io.orrery.lab.UserError;
import io.orrery.lab.instrument.Measurement;
import io.orrery.lab.train.RunEnd;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The log of a run, open for appending. */
final class RunLog implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;
    private long offset;

    private RunLog(Path file, FileChannel channel, long offset) {
        this.file = file;
        this.channel = channel;
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
     * Reads a log.
     *
     * @throws UserError if it is damaged, naming the record and its place
     */
    static Contents read(Path file) {
        Frames.Contents frames = Frames.read(file);
        frames.damage().ifPresent(damage -> {
            throw new UserError(damage + "; 'resume' goes back to the newest checkpoint before it");
        });
        return decode(frames, file);
    }

    private static Contents decode(Frames.Contents frames, Path file) {
        List<Measurement> measurements = new ArrayList<>();
        Optional<RunEnd> end = Optional.empty();
        for (int i = 0; i < frames.payloads().size(); i++) {
            try {
                switch (LogRecord.read(frames.payloads().get(i))) {
                    case LogRecord.Look look -> measurements.addAll(look.measurements());
                    case LogRecord.End last -> end = Optional.of(last.end());
                }
            } catch (IOException unknown) {
                throw new UserError(
                        file + ": record " + (i + 1) + " cannot be understood: " + unknown.getMessage()
                                + "; another version wrote it",
                        unknown);
            }
        }
        return new Contents(List.copyOf(measurements), end);
    }

    /** Appends a record; it survives the end of the process, and after {@link #sync} of the machine. */
    void append(LogRecord record) {
        write(Frames.frame(offset, record.bytes()));
    }

    private void write(ByteBuffer bytes) {
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
