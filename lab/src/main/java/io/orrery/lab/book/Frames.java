package io.orrery.lab.book;

import io.orrery.lab.UserError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The file format of a run's log: a header, then frames that are only ever appended.
 *
 * <p>Header, 16 bytes: {@code ORRERYLG}, version (4 bytes), CRC32C of these 12 bytes. Frame: length n of the payload (4
 * bytes), CRC32C of the frame's offset in the file and n (4 bytes), CRC32C of the payload (4 bytes), payload (n bytes). All
 * numbers are little-endian. The length has a checksum of its own because a damaged length and a frame that was cut off
 * while it was written must be told apart; the offset is in it so that a frame in the wrong place is found.
 */
final class Frames {
    static final int VERSION = 1;
    static final int HEADER_BYTES = 16;
    private static final int FRAME_BYTES = 12;
    private static final byte[] MAGIC = "ORRERYLG".getBytes(StandardCharsets.US_ASCII);

    private Frames() {}

    /**
     * What a log holds.
     *
     * @param payloads the whole and undamaged frames from the start
     * @param ends where the header and each of them ends in the file; empty if the header is not sound
     * @param torn bytes at the end that are the beginning of a frame
     * @param damage what is wrong after the last of the payloads, if more than a torn tail
     */
    record Contents(List<byte[]> payloads, List<Long> ends, long torn, Optional<String> damage) {
        /** Where the last whole frame ends; 0 without a sound header. */
        long end() {
            return ends.isEmpty() ? 0 : ends.getLast();
        }
    }

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

    /** Reads a whole log. A file shorter than its header counts as an empty log whose header was torn. */
    static Contents read(Path file) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException failed) {
            throw Disk.cannotRead(file, failed);
        } catch (OutOfMemoryError tooLarge) {
            throw new UserError(file + " is too large to be read at once", tooLarge);
        }
        return parse(bytes, file);
    }

    /** Whether a log is missing or holds more damage than a torn tail. */
    static boolean damaged(Path file) {
        return !Files.exists(file) || read(file).damage().isPresent();
    }

    private static Contents parse(byte[] bytes, Path file) {
        List<byte[]> payloads = new ArrayList<>();
        List<Long> ends = new ArrayList<>();
        if (bytes.length < HEADER_BYTES) {
            return new Contents(payloads, ends, bytes.length, Optional.empty());
        }
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        Optional<String> wrongHeader = header(in, bytes, file);
        if (wrongHeader.isPresent()) {
            return new Contents(payloads, ends, 0, wrongHeader);
        }
        int offset = HEADER_BYTES;
        ends.add((long) offset);
        while (offset < bytes.length) {
            if (bytes.length - offset < FRAME_BYTES) {
                return new Contents(payloads, ends, bytes.length - offset, Optional.empty());
            }
            int length = in.getInt(offset);
            if (length < 0 || in.getInt(offset + 4) != place(offset, length)) {
                return new Contents(payloads, ends, 0, damaged(file, payloads.size(), offset));
            }
            int start = offset + FRAME_BYTES;
            if (length > bytes.length - start) {
                return new Contents(payloads, ends, bytes.length - offset, Optional.empty());
            }
            if (in.getInt(offset + 8) != checksum(bytes, start, length)) {
                return new Contents(payloads, ends, 0, damaged(file, payloads.size(), offset));
            }
            payloads.add(Arrays.copyOfRange(bytes, start, start + length));
            offset = start + length;
            ends.add((long) offset);
        }
        return new Contents(payloads, ends, 0, Optional.empty());
    }

    private static Optional<String> header(ByteBuffer in, byte[] bytes, Path file) {
        boolean sound = in.getInt(12) == checksum(bytes, 0, 12)
                && Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
        if (!sound) {
            return Optional.of(file + " is damaged: its header, bytes 0 to 15, fails its checksum");
        }
        int version = in.getInt(MAGIC.length);
        return version == VERSION
                ? Optional.empty()
                : Optional.of(file + " has log version " + version + ", this build reads version " + VERSION);
    }

    private static Optional<String> damaged(Path file, int record, int offset) {
        return Optional.of(
                file + " is damaged: record " + (record + 1) + ", at byte " + offset + ", fails its checksum");
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
