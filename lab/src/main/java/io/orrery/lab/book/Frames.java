package io.orrery.lab.book;

import io.orrery.lab.UserError;
import io.orrery.lab.file.Disk;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The file format of a run's log: a header, then frames that are only ever appended.
 *
 * <p>Header, 16 bytes: {@code ORRERYLG}, version (4 bytes), CRC32C of these 12 bytes. Frame: length n of the payload (4
 * bytes), CRC32C of the frame's offset in the file and n (4 bytes), CRC32C of the payload (4 bytes), payload (n bytes). All
 * numbers are little-endian. The length has a checksum of its own because a damaged length and a frame that was cut off
 * while it was written must be told apart; the offset is in it so that a frame in the wrong place is found.
 *
 * <p>A log is read from front to back, one frame in memory at a time: it may be larger than the memory.
 */
final class Frames {
    static final int VERSION = 1;
    static final int HEADER_BYTES = 16;
    private static final int FRAME_BYTES = 12;
    private static final int BUFFER = 1 << 16;
    private static final byte[] MAGIC = "ORRERYLG".getBytes(StandardCharsets.US_ASCII);

    private Frames() {}

    /** Told of the whole and undamaged frames of a log, in order. */
    @FunctionalInterface
    interface Visitor {
        /**
         * One frame.
         *
         * @param record its number, from 1
         * @param end where it ends in the file
         */
        void frame(long record, byte[] payload, long end);
    }

    /**
     * What a pass over a log found.
     *
     * @param records whole and undamaged frames from the start
     * @param end where the last of them, or the header, ends; 0 for a file that is shorter than a header
     * @param torn bytes at the end that are the beginning of a frame or header
     * @param damage what is wrong with the header or after the last of the records, if more than a torn tail
     * @param otherVersion whether the header is sound and of a version that this build does not read
     */
    record Scan(long records, long end, long torn, Optional<String> damage, boolean otherVersion) {}

    static ByteBuffer header() {
        ByteBuffer header = little(HEADER_BYTES).put(MAGIC).putInt(VERSION);
        return header.putInt(checksum(header.array(), 0, MAGIC.length + Integer.BYTES))
                .flip();
    }

    /** The frame of a payload that will begin at an offset of the file. */
    static ByteBuffer frame(long offset, byte[] payload) {
        return little(FRAME_BYTES + payload.length)
                .putInt(payload.length)
                .putInt(place(offset, payload.length))
                .putInt(checksum(payload, 0, payload.length))
                .put(payload)
                .flip();
    }

    /**
     * Goes over a whole log. Frames after a damaged header are visited: their own checksums hold.
     *
     * @throws UserError if the file is missing or cannot be read
     */
    static Scan scan(Path file, Visitor visitor) {
        if (!Files.isRegularFile(file)) {
            throw new UserError("cannot read " + file + ": "
                    + (Files.exists(file) ? "it is a folder or a device, not a file" : "there is no such file"));
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            byte[] header = in.readNBytes(HEADER_BYTES);
            if (header.length < HEADER_BYTES) {
                return new Scan(0, 0, header.length, Optional.empty(), false);
            }
            return frames(file, in, header, visitor);
        } catch (IOException failed) {
            throw Disk.cannotRead(file, failed);
        }
    }

    private static Scan frames(Path file, InputStream in, byte[] header, Visitor visitor) throws IOException {
        Optional<String> wrongHeader = wrong(header, file);
        boolean otherVersion = wrongHeader.isPresent() && sound(header);
        if (otherVersion) {
            return new Scan(0, HEADER_BYTES, 0, wrongHeader, true);
        }
        long offset = HEADER_BYTES;
        long records = 0;
        while (true) {
            byte[] start = in.readNBytes(FRAME_BYTES);
            if (start.length < FRAME_BYTES) {
                return new Scan(records, offset, start.length, wrongHeader, false);
            }
            ByteBuffer fields = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);
            int length = fields.getInt(0);
            if (length < 0 || fields.getInt(4) != place(offset, length)) {
                return damaged(file, records, offset, wrongHeader);
            }
            byte[] payload = in.readNBytes(length);
            if (payload.length < length) {
                return new Scan(records, offset, FRAME_BYTES + payload.length, wrongHeader, false);
            }
            if (fields.getInt(8) != checksum(payload, 0, length)) {
                return damaged(file, records, offset, wrongHeader);
            }
            records++;
            offset += FRAME_BYTES + length;
            visitor.frame(records, payload, offset);
        }
    }

    private static Scan damaged(Path file, long records, long offset, Optional<String> wrongHeader) {
        String damage = file + " is damaged: record " + (records + 1) + ", at byte " + offset + ", fails its checksum";
        return new Scan(records, offset, 0, wrongHeader.or(() -> Optional.of(damage)), false);
    }

    private static boolean sound(byte[] header) {
        return ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getInt(12) == checksum(header, 0, 12)
                && Arrays.equals(header, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    private static int version(byte[] header) {
        return ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getInt(MAGIC.length);
    }

    private static Optional<String> wrong(byte[] header, Path file) {
        if (!sound(header)) {
            return Optional.of(file + " is damaged: its header, bytes 0 to 15, fails its checksum");
        }
        return version(header) == VERSION
                ? Optional.empty()
                : Optional.of(file + " has log version " + version(header) + ", this build reads version " + VERSION);
    }

    private static int place(long offset, int length) {
        byte[] place = little(12).putLong(offset).putInt(length).array();
        return checksum(place, 0, place.length);
    }

    private static int checksum(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
