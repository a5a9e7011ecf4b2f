package io.orrery.lab.file;

import io.orrery.lab.UserError;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An array of a safetensors file.
 *
 * @param shape sizes along the axes, empty for a single number
 * @param bytes its elements, row-major and little-endian
 */
public record Tensor(Type type, List<Long> shape, ByteBuffer bytes) {
    /** Element types of the format. */
    public enum Type {
        F64(8),
        F32(4),
        F16(2),
        BF16(2),
        I64(8),
        I32(4),
        I16(2),
        I8(1),
        U64(8),
        U32(4),
        U16(2),
        U8(1),
        BOOL(1),
        F8_E4M3(1),
        F8_E5M2(1);

        private final int bytes;

        Type(int bytes) {
            this.bytes = bytes;
        }

        /** Size of one element in bytes. */
        public int bytes() {
            return bytes;
        }
    }

    /** Copies the shape and reads the bytes as little-endian. */
    public Tensor {
        shape = List.copyOf(shape);
        bytes = bytes.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Single-precision numbers, bit for bit. */
    public static Tensor of(List<Long> shape, float[] values, int offset, int count) {
        ByteBuffer bytes = little(count, Float.BYTES);
        bytes.asFloatBuffer().put(values, offset, count);
        return new Tensor(Type.F32, shape, bytes);
    }

    /** Double-precision numbers, bit for bit. */
    public static Tensor of(List<Long> shape, double[] values, int offset, int count) {
        ByteBuffer bytes = little(count, Double.BYTES);
        bytes.asDoubleBuffer().put(values, offset, count);
        return new Tensor(Type.F64, shape, bytes);
    }

    private static ByteBuffer little(int count, int size) {
        return ByteBuffer.allocate(Math.multiplyExact(count, size)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Number of elements. */
    public int count() {
        return bytes.limit() / type.bytes();
    }

    /**
     * The elements as doubles; F16, BF16 and F32 widen exactly.
     *
     * @param name what to call this array in messages, file included
     * @throws UserError if the elements are of another type
     */
    public double[] doubles(String name) {
        double[] values = new double[count()];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (type) {
                case F64 -> bytes.getDouble(8 * i);
                case F32 -> bytes.getFloat(4 * i);
                case F16 -> Float.float16ToFloat(bytes.getShort(2 * i));
                case BF16 -> Float.intBitsToFloat(bytes.getShort(2 * i) << 16);
                case I64, I32, I16, I8, U64, U32, U16, U8, BOOL, F8_E4M3, F8_E5M2 ->
                    throw new UserError(name + " has elements of type " + type + ", expected F32, F64, F16 or BF16");
            };
        }
        return values;
    }

    /** For instance {@code F32 [512, 784]}. */
    public String described() {
        return type + shape.stream().map(String::valueOf).collect(Collectors.joining(", ", " [", "]"));
    }
}
