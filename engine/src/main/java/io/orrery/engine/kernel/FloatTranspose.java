package io.orrery.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** Transposition of row-major blocks with any row strides, eight by eight in registers where vectors have eight lanes. */
public final class FloatTranspose {
    private static final boolean IN_REGISTERS = VectorWidth.BITS >= 8 * Float.SIZE;
    private static final VectorSpecies<Float> EIGHT =
            VectorSpecies.of(float.class, VectorShape.forBitSize(8 * Float.SIZE));
    private static final VectorShuffle<Float> SWAP_1 = swap(1);
    private static final VectorShuffle<Float> SWAP_2 = swap(2);
    private static final VectorShuffle<Float> SWAP_4 = swap(4);
    private static final VectorMask<Float> ODD_1 = odd(1);
    private static final VectorMask<Float> ODD_2 = odd(2);
    private static final VectorMask<Float> ODD_4 = odd(4);

    private FloatTranspose() {}

    /** Writes to(j, i) = from(i, j) for i below rows and j below columns. */
    public static void transpose(
            int rows, int columns, float[] from, int fromAt, int fromStride, float[] to, int toAt, int toStride) {
        int wholeRows = IN_REGISTERS ? rows & -8 : 0;
        int wholeColumns = IN_REGISTERS ? columns & -8 : 0;
        for (int row = 0; row < wholeRows; row += 8) {
            eightRows(wholeColumns, from, fromAt + row * fromStride, fromStride, to, toAt + row, toStride);
        }
        if (wholeColumns < columns) {
            plain(
                    wholeRows,
                    columns - wholeColumns,
                    from,
                    fromAt + wholeColumns,
                    fromStride,
                    to,
                    toAt + wholeColumns * toStride,
                    toStride);
        }
        plain(
                rows - wholeRows,
                columns,
                from,
                fromAt + wholeRows * fromStride,
                fromStride,
                to,
                toAt + wholeRows,
                toStride);
    }

    private static void plain(
            int rows, int columns, float[] from, int fromAt, int fromStride, float[] to, int toAt, int toStride) {
        for (int row = 0; row < rows; row++) {
            int at = fromAt + row * fromStride;
            for (int column = 0; column < columns; column++) {
                to[toAt + row + column * toStride] = from[at + column];
            }
        }
    }

    private static void eightRows(
            int columns, float[] from, int fromAt, int fromStride, float[] to, int toAt, int toStride) {
        for (int column = 0; column < columns; column += 8) {
            eightByEight(from, fromAt + column, fromStride, to, toAt + column * toStride, toStride);
        }
    }

    /** Three rounds of exchanging halves: of neighbours, of pairs, of fours. */
    private static void eightByEight(float[] from, int fromAt, int fromStride, float[] to, int toAt, int toStride) {
        FloatVector r0 = FloatVector.fromArray(EIGHT, from, fromAt);
        FloatVector r1 = FloatVector.fromArray(EIGHT, from, fromAt + fromStride);
        FloatVector r2 = FloatVector.fromArray(EIGHT, from, fromAt + 2 * fromStride);
        FloatVector r3 = FloatVector.fromArray(EIGHT, from, fromAt + 3 * fromStride);
        FloatVector r4 = FloatVector.fromArray(EIGHT, from, fromAt + 4 * fromStride);
        FloatVector r5 = FloatVector.fromArray(EIGHT, from, fromAt + 5 * fromStride);
        FloatVector r6 = FloatVector.fromArray(EIGHT, from, fromAt + 6 * fromStride);
        FloatVector r7 = FloatVector.fromArray(EIGHT, from, fromAt + 7 * fromStride);
        FloatVector s0 = r0.blend(r1.rearrange(SWAP_1), ODD_1);
        FloatVector s1 = r0.rearrange(SWAP_1).blend(r1, ODD_1);
        FloatVector s2 = r2.blend(r3.rearrange(SWAP_1), ODD_1);
        FloatVector s3 = r2.rearrange(SWAP_1).blend(r3, ODD_1);
        FloatVector s4 = r4.blend(r5.rearrange(SWAP_1), ODD_1);
        FloatVector s5 = r4.rearrange(SWAP_1).blend(r5, ODD_1);
        FloatVector s6 = r6.blend(r7.rearrange(SWAP_1), ODD_1);
        FloatVector s7 = r6.rearrange(SWAP_1).blend(r7, ODD_1);
        FloatVector t0 = s0.blend(s2.rearrange(SWAP_2), ODD_2);
        FloatVector t2 = s0.rearrange(SWAP_2).blend(s2, ODD_2);
        FloatVector t1 = s1.blend(s3.rearrange(SWAP_2), ODD_2);
        FloatVector t3 = s1.rearrange(SWAP_2).blend(s3, ODD_2);
        FloatVector t4 = s4.blend(s6.rearrange(SWAP_2), ODD_2);
        FloatVector t6 = s4.rearrange(SWAP_2).blend(s6, ODD_2);
        FloatVector t5 = s5.blend(s7.rearrange(SWAP_2), ODD_2);
        FloatVector t7 = s5.rearrange(SWAP_2).blend(s7, ODD_2);
        FloatVector u0 = t0.blend(t4.rearrange(SWAP_4), ODD_4);
        FloatVector u4 = t0.rearrange(SWAP_4).blend(t4, ODD_4);
        FloatVector u1 = t1.blend(t5.rearrange(SWAP_4), ODD_4);
        FloatVector u5 = t1.rearrange(SWAP_4).blend(t5, ODD_4);
        FloatVector u2 = t2.blend(t6.rearrange(SWAP_4), ODD_4);
        FloatVector u6 = t2.rearrange(SWAP_4).blend(t6, ODD_4);
        FloatVector u3 = t3.blend(t7.rearrange(SWAP_4), ODD_4);
        FloatVector u7 = t3.rearrange(SWAP_4).blend(t7, ODD_4);
        u0.intoArray(to, toAt);
        u1.intoArray(to, toAt + toStride);
        u2.intoArray(to, toAt + 2 * toStride);
        u3.intoArray(to, toAt + 3 * toStride);
        u4.intoArray(to, toAt + 4 * toStride);
        u5.intoArray(to, toAt + 5 * toStride);
        u6.intoArray(to, toAt + 6 * toStride);
        u7.intoArray(to, toAt + 7 * toStride);
    }

    private static VectorShuffle<Float> swap(int distance) {
        return VectorShuffle.fromOp(EIGHT, lane -> lane ^ distance);
    }

    private static VectorMask<Float> odd(int distance) {
        long bits = 0;
        for (int lane = 0; lane < 8; lane++) {
            if ((lane & distance) != 0) {
                bits |= 1L << lane;
            }
        }
        return VectorMask.fromLong(EIGHT, bits);
    }
}
