package io.orrery.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The largest pixels of 2 x 2 windows side by side and their positions, without a branch that a processor would have to guess.
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
    private static final VectorSpecies<Float> HALF_SPECIES =
            VectorSpecies.of(float.class, VectorShape.forBitSize(Math.max(2, HALF) * Float.SIZE));
    private static final VectorShuffle<Float> EVEN_PIXELS =
            VectorShuffle.fromOp(SPECIES, lane -> lane < HALF ? 2 * lane : lane);
    private static final VectorShuffle<Integer> EVENS =
            VectorShuffle.fromOp(INDICES, lane -> lane < HALF ? 2 * lane : lane);

    private FloatPairMaxima() {}

    /**
     * The windows of planes from the first on: positions (y * width + x in a plane) and, unless values is empty, the pixels
     * there, those at or below the floor as the floor. Vectors are written whole: in rows shorter than a vector into what comes next, which is computed after it.
     *
     * @return the first plane not done: the last ones where a vector would reach beyond the end
     */
    static int find(
            PoolingSizes sizes,
            int firstPlane,
            int endPlane,
            float[] images,
            int imagesAt,
            int[] positions,
            int positionsAt,
            float[] values,
            int valuesAt,
            float floor) {
        int outputHeight = sizes.outputHeight();
        int outputWidth = sizes.outputWidth();
        int width = sizes.width();
        int pixels = sizes.pixels();
        int windows = sizes.windows();
        int lastRow = Math.max(0, outputHeight - 1);
        int reach = lastRow * outputWidth + Math.max(outputWidth, HALF);
        int imageReach = (2 * lastRow + 1) * width + Math.max(2 * outputWidth, LANES);
        int plane = firstPlane;
        while (plane < endPlane
                && HALF > 1
                && plane * windows + reach <= endPlane * windows
                && imagesAt + plane * pixels + imageReach <= images.length) {
            int image = imagesAt + plane * pixels;
            for (int y = 0; y < outputHeight; y++) {
                int at = plane * windows + y * outputWidth;
                row(
                        outputWidth,
                        2 * y * width,
                        width,
                        images,
                        image,
                        positions,
                        positionsAt + at,
                        values,
                        valuesAt + at,
                        floor);
            }
            plane++;
        }
        return plane;
    }

    /** The last vector of a row starts further left, which gives some windows twice. */
    private static void row(
            int count,
            int start,
            int width,
            float[] images,
            int image,
            int[] positions,
            int positionsAt,
            float[] values,
            int valuesAt,
            float floor) {
        int last = Math.max(0, count - HALF);
        for (int x = 0; x < count; x += HALF) {
            int column = Math.min(x, last);
            int corner = start + 2 * column;
            FloatVector upper = FloatVector.fromArray(SPECIES, images, image + corner);
            FloatVector upperRight = upper.rearrange(NEIGHBOURS);
            VectorMask<Float> upperIsRight = beats(upperRight, upper);
            FloatVector upperLargest = upper.blend(upperRight, upperIsRight);
            FloatVector lower = FloatVector.fromArray(SPECIES, images, image + corner + width);
            FloatVector lowerRight = lower.rearrange(NEIGHBOURS);
            VectorMask<Float> lowerIsRight = beats(lowerRight, lower);
            FloatVector lowerLargest = lower.blend(lowerRight, lowerIsRight);
            VectorMask<Float> isLower = beats(lowerLargest, upperLargest);
            IntVector first = IntVector.broadcast(INDICES, corner).addIndex(1);
            IntVector inUpper = first.blend(first.add(1), upperIsRight.cast(INDICES));
            IntVector inLower = first.add(width).blend(first.add(width + 1), lowerIsRight.cast(INDICES));
            inUpper.blend(inLower, isLower.cast(INDICES))
                    .rearrange(EVENS)
                    .reinterpretShape(HALF_INDICES, 0)
                    .reinterpretAsInts()
                    .intoArray(positions, positionsAt + column);
            if (values.length > 0) {
                FloatVector pixels = upperLargest.blend(lowerLargest, isLower);
                FloatVector largest = pixels.blend(floor, pixels.compare(VectorOperators.LE, floor))
                        .rearrange(EVEN_PIXELS);
                ((FloatVector) largest.reinterpretShape(HALF_SPECIES, 0)).intoArray(values, valuesAt + column);
            }
        }
    }

    /** Whether a pixel takes the place of the largest before it: it is larger, or not a number and that is one. */
    private static VectorMask<Float> beats(FloatVector pixel, FloatVector largest) {
        return pixel.compare(VectorOperators.LE, largest).not().and(largest.eq(largest));
    }
}
