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

    /** The sum of {@code count} neighbours. */
    static float sum(float[] a, int offset, int count) {
        return eight(a, offset, count, 0) + eight(a, offset, count, 1);
    }

    /** The sum of {@code count} neighbours. */
    static double sum(double[] a, int offset, int count) {
        return four(a, offset, count, 0) + four(a, offset, count, 1);
    }

    /** Lane 0 or 1 before the last addition; it holds every second lane, added up in the order of the tree. */
    private static float eight(float[] a, int offset, int count, int lane) {
        float left = four(a, offset, count, lane);
        return left + four(a, offset, count, lane + 2);
    }

    private static float four(float[] a, int offset, int count, int lane) {
        float left = two(a, offset, count, lane);
        return left + two(a, offset, count, lane + 4);
    }

    private static float two(float[] a, int offset, int count, int lane) {
        return lane(a, offset, count, lane) + lane(a, offset, count, lane + 8);
    }

    private static float lane(float[] a, int offset, int count, int lane) {
        float sum = -0f;
        for (int i = lane; i < count; i += FLOAT_LANES) {
            sum += a[offset + i];
        }
        return sum;
    }

    private static double four(double[] a, int offset, int count, int lane) {
        double left = two(a, offset, count, lane);
        return left + two(a, offset, count, lane + 2);
    }

    private static double two(double[] a, int offset, int count, int lane) {
        return lane(a, offset, count, lane) + lane(a, offset, count, lane + 4);
    }

    private static double lane(double[] a, int offset, int count, int lane) {
        double sum = -0.0;
        for (int i = lane; i < count; i += DOUBLE_LANES) {
            sum += a[offset + i];
        }
        return sum;
    }
}
