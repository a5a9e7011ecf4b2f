package io.orrery.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Positions of the largest pixels of 2 x 2 windows side by side, without a branch that a processor would have to guess.
 * Neighbours meet by exchanging lanes, so that the even lanes hold the windows; these are then moved together.
 */
final class FloatPairMaxima {
    private static final VectorSpecies<Float> SPECIES = VectorWidth.floatSpecies();
    private static final int LANES = SPECIES.length();
    private static final int HALF = LANES / 2;

    /** Integers, one for each lane of {@link #SPECIES}. */
    private static final VectorSpecies<Integer> INDICES =
            VectorSpecies.of(int.class, VectorShape.forBitSize(LANES * Integer.SIZE));

    /** As many as there are windows in a vector; where that is one the plain loop does as well. */
    private static final VectorSpecies<Integer> HALF_INDICES =
            VectorSpecies.of(int.class, VectorShape.forBitSize(Math.max(2, HALF) * Integer.SIZE));

    private static final VectorShuffle<Float> NEIGHBOURS = VectorShuffle.fromOp(SPECIES, lane -> lane ^ 1);
    private static final VectorShuffle<Integer> EVENS =
            VectorShuffle.fromOp(INDICES, lane -> lane < HALF ? 2 * lane : lane);

    private FloatPairMaxima() {}

    /**
     * The windows of planes from the first on; positions are y * width + x in a plane. Vectors are written whole: in rows
     * shorter than a vector into what comes next, which is computed after it.
     *
     * @return the first plane not done: the last ones where a vector would reach beyond the end
     */
    static int positions(
            int firstPlane,
            int endPlane,
            int outputHeight,
            int outputWidth,
            int height,
            int width,
            float[] images,
            int imagesAt,
            int[] positions,
            int positionsAt) {
        int windows = outputHeight * outputWidth;
        int lastRow = Math.max(0, outputHeight - 1);
        int reach = lastRow * outputWidth + Math.max(outputWidth, HALF);
        int imageReach = (2 * lastRow + 1) * width + Math.max(2 * outputWidth, LANES);
        int plane = firstPlane;
        while (plane < endPlane
                && HALF > 1
                && plane * windows + reach <= endPlane * windows
                && imagesAt + plane * height * width + imageReach <= images.length) {
            int image = imagesAt + plane * height * width;
            int result = positionsAt + plane * windows;
            for (int y = 0; y < outputHeight; y++) {
                row(outputWidth, 2 * y * width, width, images, image, positions, result + y * outputWidth);
            }
            plane++;
        }
        return plane;
    }

    /** The last vector of a row starts further left, which gives some positions twice. */
    private static void row(int count, int start, int width, float[] images, int image, int[] positions, int at) {
        int last = Math.max(0, count - HALF);
        for (int x = 0; x < count; x += HALF) {
            int column = Math.min(x, last);
            int corner = start + 2 * column;
            IntVector found = windows(
                    corner,
                    width,
                    FloatVector.fromArray(SPECIES, images, image + corner),
                    FloatVector.fromArray(SPECIES, images, image + corner + width));
            found.reinterpretShape(HALF_INDICES, 0).reinterpretAsInts().intoArray(positions, at + column);
        }
    }

    /** The positions of a vector of windows in the low half of the lanes; the first begins at corner. */
    private static IntVector windows(int corner, int width, FloatVector upper, FloatVector lower) {
        FloatVector upperRight = upper.rearrange(NEIGHBOURS);
        FloatVector lowerRight = lower.rearrange(NEIGHBOURS);
        VectorMask<Float> upperIsRight = beats(upperRight, upper);
        VectorMask<Float> lowerIsRight = beats(lowerRight, lower);
        VectorMask<Float> isLower = beats(lower.blend(lowerRight, lowerIsRight), upper.blend(upperRight, upperIsRight));
        IntVector first = IntVector.broadcast(INDICES, corner).addIndex(1);
        IntVector inUpper = first.blend(first.add(1), upperIsRight.cast(INDICES));
        IntVector inLower = first.add(width).blend(first.add(width + 1), lowerIsRight.cast(INDICES));
        return inUpper.blend(inLower, isLower.cast(INDICES)).rearrange(EVENS);
    }

    /** Whether a pixel takes the place of the largest before it: it is larger, or not a number and that is one. */
    private static VectorMask<Float> beats(FloatVector pixel, FloatVector largest) {
        return pixel.compare(VectorOperators.LE, largest).not().and(largest.eq(largest));
    }
}
