package io.orrery.lab.data.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Unpacks gzip (RFC 1952): all members of a file, each with its checksum and length. Java's own reader takes a damaged header
 * of a later member for the end of the file. After the last member only zeros may follow, as tapes leave them.
 */
final class Gunzip extends InputStream {
    private static final int BUFFER = 1 << 16;
    private static final int MAGIC_1 = 0x1f;
    private static final int MAGIC_2 = 0x8b;
    private static final int DEFLATE = 8;
    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xe0;

    private final InputStream packed;
    private final byte[] buffer = new byte[BUFFER];
    private int next;
    private int limit;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 sum = new CRC32();
    private final CRC32 headerSum = new CRC32();
    private boolean ended;
    private final byte[] single = new byte[1];

    Gunzip(InputStream packed) throws IOException {
        this.packed = packed;
        header(packedByte(), "the file");
        inflater.setInput(buffer, next, limit - next);
    }

    @Override
    public int read() throws IOException {
        return read(single, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(single[0]);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!ended) {
            int count = inflate(bytes, offset, length);
            if (count > 0) {
                sum.update(bytes, offset, count);
                return count;
            }
            if (inflater.finished()) {
                trailer();
            } else if (inflater.needsDictionary()) {
                throw new ZipException("gzip: a preset dictionary, which gzip does not have");
            } else {
                fill();
                inflater.setInput(buffer, next, limit - next);
            }
        }
        return -1;
    }

    private int inflate(byte[] bytes, int offset, int length) throws ZipException {
        try {
            return inflater.inflate(bytes, offset, length);
        } catch (DataFormatException damaged) {
            throw (ZipException) new ZipException("gzip: " + damaged.getMessage()).initCause(damaged);
        }
    }

    /** Checksum and length at the end of a member, then the next member or the end. */
    private void trailer() throws IOException {
        next = limit - inflater.getRemaining();
        if (little(4) != sum.getValue()) {
            throw new ZipException("gzip: wrong checksum");
        }
        if (little(4) != (inflater.getBytesWritten() & 0xffffffffL)) {
            throw new ZipException("gzip: wrong length");
        }
        int first = anyByte();
        while (first == 0) {
            first = anyByte();
            if (first > 0) {
                throw new ZipException("gzip: bytes after the end");
            }
        }
        if (first < 0) {
            ended = true;
            return;
        }
        inflater.reset();
        sum.reset();
        header(first, "a later part");
        inflater.setInput(buffer, next, limit - next);
    }

    private void header(int first, String what) throws IOException {
        headerSum.reset();
        headerSum.update(first);
        if (first != MAGIC_1 || headerByte() != MAGIC_2) {
            throw new ZipException("gzip: " + what + " does not begin as gzip does");
        }
        if (headerByte() != DEFLATE) {
            throw new ZipException("gzip: an unknown method of packing");
        }
        int flags = headerByte();
        if ((flags & RESERVED) != 0) {
            throw new ZipException("gzip: unknown flags");
        }
        skip(6);
        if ((flags & EXTRA) != 0) {
            int low = headerByte();
            skip(low | headerByte() << 8);
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        if ((flags & HEADER_CRC) != 0) {
            long expected = headerSum.getValue() & 0xffff;
            if (little(2) != expected) {
                throw new ZipException("gzip: wrong checksum of a header");
            }
        }
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            headerByte();
        }
    }

    private void skipText() throws IOException {
        while (headerByte() != 0) {
            // Names end with a zero.
        }
    }

    private int headerByte() throws IOException {
        int value = packedByte();
        headerSum.update(value);
        return value;
    }

    private long little(int bytes) throws IOException {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (long) packedByte() << 8 * i;
        }
        return value;
    }

    private int packedByte() throws IOException {
        int value = anyByte();
        if (value < 0) {
            throw new EOFException("gzip: the file ends too early");
        }
        return value;
    }

    /** The next packed byte, -1 at the end. */
    private int anyByte() throws IOException {
        if (next == limit) {
            limit = Math.max(0, packed.read(buffer, 0, BUFFER));
            next = 0;
            if (limit == 0) {
                return -1;
            }
        }
        return Byte.toUnsignedInt(buffer[next++]);
    }

    private void fill() throws IOException {
        limit = packed.read(buffer, 0, BUFFER);
        next = 0;
        if (limit <= 0) {
            limit = 0;
            throw new EOFException("gzip: the file ends too early");
        }
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        packed.close();
    }
}
