package io.orrery.engine.kernel;

/**
 * The fixed order of a sum over neighbours: 64 bytes of logical lanes, L = 16 floats or 8 doubles. Lane l starts at -0
 * (the neutral element of addition) and adds elements l, l + L, l + 2L, ... in order. Then lane l adds lane l + L/2 for l
 * below L/2, lane l + L/4 for l below L/4, and so on; the sum is lane 0.
 */
final class SumTree {
    /** Logical lanes of floats. */
    static final int FLOAT_LANES = 16;
    /** Logical lanes of doubles. */
    static final int DOUBLE_LANES = 8;

    private SumTree() {}

    static float sum(float[] a, int offset, int count) {
        return tree(a, offset, count, 0, 1);
    }

    static double sum(double[] a, int offset, int count) {
        return tree(a, offset, count, 0, 1);
    }

    /** Lane {@code lane} once every lane below {@code width} has been added up from those {@code width} apart. */
    private static float tree(float[] a, int offset, int count, int lane, int width) {
        if (lane >= count) {
            return -0f;
        }
        if (width == FLOAT_LANES) {
            float sum = -0f;
            for (int i = lane; i < count; i += FLOAT_LANES) {
                sum += a[offset + i];
            }
            return sum;
        }
        return tree(a, offset, count, lane, 2 * width) + tree(a, offset, count, lane + width, 2 * width);
    }

    private static double tree(double[] a, int offset, int count, int lane, int width) {
        if (lane >= count) {
            return -0.0;
        }
        if (width == DOUBLE_LANES) {
            double sum = -0.0;
            for (int i = lane; i < count; i += DOUBLE_LANES) {
                sum += a[offset + i];
            }
            return sum;
        }
        return tree(a, offset, count, lane, 2 * width) + tree(a, offset, count, lane + width, 2 * width);
    }
}
