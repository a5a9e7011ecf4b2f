package io.orrery.engine.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The way back from {@link FloatPairMaxima}: each pixel of a 2 x 2 window gets the window's number if the window's position
 * is its own and the mask is not 0 there, else 0. Every pixel is written once, in order, where clearing and then adding would
 * touch it twice.
 */
final class FloatPairSpread {
    private static final VectorSpecies<Float> SPECIES = VectorWidth.floatSpecies();
    private static final int LANES = SPECIES.length();
    private static final int HALF = LANES / 2;

    /** Integers, one for each lane of {@link #SPECIES}. */
    private static final VectorSpecies<Integer> INDICES =
            VectorSpecies.of(int.class, VectorShape.forBitSize(LANES * Integer.SIZE));

    private static final VectorSpecies<Integer> HALF_INDICES =
            VectorSpecies.of(int.class, VectorShape.forBitSize(Math.max(2, HALF) * Integer.SIZE));
    private static final VectorSpecies<Float> HALF_SPECIES =
            VectorSpecies.of(float.class, VectorShape.forBitSize(Math.max(2, HALF) * Float.SIZE));
    private static final VectorShuffle<Float> TWICE = VectorShuffle.fromOp(SPECIES, lane -> lane / 2);
    private static final VectorShuffle<Integer> POSITION_TWICE = VectorShuffle.fromOp(INDICES, lane -> lane / 2);

    private static final IntVector LANE = IntVector.zero(INDICES).addIndex(1);

    private FloatPairSpread() {}

    /**
     * Planes from the first on. Vectors are written whole: in rows shorter than a vector into what comes next, which is
     * computed after it.
     *
     * @return the first plane not done: the last ones where a vector would reach beyond the end
     */
    static int spread(
            PoolingSizes sizes,
            int firstPlane,
            int endPlane,
            float[] values,
            int valuesAt,
            float[] mask,
            int maskAt,
            int[] positions,
            int positionsAt,
            float[] images,
            int imagesAt) {
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
                && plane * pixels + imageReach <= endPlane * pixels) {
            int image = imagesAt + plane * pixels;
            for (int y = 0; y < outputHeight; y++) {
                int at = plane * windows + y * outputWidth;
                int upper = 2 * y * width;
                row(
                        outputWidth,
                        upper,
                        width,
                        values,
                        valuesAt + at,
                        mask,
                        maskAt + at,
                        positions,
                        positionsAt + at,
                        images,
                        image);
                if (2 * outputWidth < width) {
                    images[image + upper + width - 1] = 0;
                    images[image + upper + 2 * width - 1] = 0;
                }
            }
            Arrays.fill(images, image + 2 * outputHeight * width, image + pixels, 0f);
            plane++;
        }
        return plane;
    }

    /** Both pixel rows of a row of windows, the upper first; the last vector starts further left. */
    private static void row(
            int count,
            int start,
            int width,
            float[] values,
            int valuesAt,
            float[] mask,
            int maskAt,
            int[] positions,
            int positionsAt,
            float[] images,
            int image) {
        FloatVector zero = FloatVector.zero(SPECIES);
        int last = Math.max(0, count - HALF);
        for (int x = 0; x < count; x += HALF) {
            int column = Math.min(x, last);
            int corner = start + 2 * column;
            FloatVector kept = FloatVector.fromArray(HALF_SPECIES, mask, maskAt + column);
            FloatVector passed = FloatVector.fromArray(HALF_SPECIES, values, valuesAt + column)
                    .add(0f)
                    .blend(0f, kept.eq(0f));
            FloatVector value = ((FloatVector) passed.reinterpretShape(SPECIES, 0)).rearrange(TWICE);
            IntVector position = ((IntVector) IntVector.fromArray(HALF_INDICES, positions, positionsAt + column)
                            .reinterpretShape(INDICES, 0))
                    .rearrange(POSITION_TWICE)
                    .sub(LANE);
            VectorMask<Float> isUpper = position.eq(corner).cast(SPECIES);
            VectorMask<Float> isLower = position.eq(corner + width).cast(SPECIES);
            zero.blend(value, isUpper).intoArray(images, image + corner);
            zero.blend(value, isLower).intoArray(images, image + corner + width);
        }
    }
}
