package io.orrery.engine.state;

import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;

/**
 * The SHA-256 of named arrays: equal digests mean equal bits.
 *
 * <p>The arrays come in ascending order of their names (as {@link String#compareTo} orders them), each once. Each
 * contributes, numbers being little-endian: the length of its name in UTF-8 bytes (4 bytes); the name; its type, the
 * ASCII letters {@code F32} or {@code F64}; its number of axes (4 bytes) and the size along each (4 bytes each); its
 * elements, row-major, as IEEE 754 bits (4 or 8 bytes each), every NaN as 7FC00000 or 7FF8000000000000.
 */
public final class Digest {
    private static final int CHUNK = 1024;

    private Digest() {}

    /** The digest of all arrays of a state, as 64 lower-case hexadecimal digits. */
    public static String of(State state) {
        return of(state, state.layout().names());
    }

    /**
     * The digest of some arrays of a state, as 64 lower-case hexadecimal digits.
     *
     * @throws IllegalArgumentException if the state has no array of one of the names
     */
    public static String of(State state, Collection<String> names) {
        MessageDigest digest = sha256();
        List<String> ordered = names.stream().sorted().distinct().toList();
        ByteBuffer buffer = ByteBuffer.allocate(CHUNK * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (String name : ordered) {
            digest.update(
                    header(name, state.layout().precision(), state.layout().shape(name)));
            update(
                    digest,
                    buffer,
                    state,
                    state.layout().offset(name),
                    state.layout().shape(name).count());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static byte[] header(String name, Precision precision, Shape shape) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        byte[] type = (precision == Precision.SINGLE ? "F32" : "F64").getBytes(StandardCharsets.US_ASCII);
        int length = Integer.BYTES * (2 + shape.rank()) + text.length + type.length;
        ByteBuffer header = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(text.length).put(text).put(type).putInt(shape.rank());
        for (int size : shape.sizes()) {
            header.putInt(size);
        }
        return header.array();
    }

    private static void update(MessageDigest digest, ByteBuffer buffer, State state, int offset, int count) {
        for (int start = 0; start < count; start += CHUNK) {
            int end = Math.min(start + CHUNK, count);
            buffer.clear();
            for (int i = start; i < end; i++) {
                // floatToIntBits and doubleToLongBits make NaN canonical; the raw forms would not.
                if (state.layout().precision() == Precision.SINGLE) {
                    buffer.putInt(Float.floatToIntBits(state.singles()[offset + i]));
                } else {
                    buffer.putLong(Double.doubleToLongBits(state.doubles()[offset + i]));
                }
            }
            digest.update(buffer.flip());
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
