package io.orrery.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Copies short runs, as the rows of small images are. A run that vectors do not fill ends with one that starts further
 * left, or is copied with vectors of half or a quarter of the width: masks would cost more than the copying.
 */
final class FloatRuns {
    private static final VectorSpecies<Float> WHOLE = VectorWidth.floatSpecies();
    private static final VectorSpecies<Float> HALF = narrower(2);
    private static final VectorSpecies<Float> QUARTER = narrower(4);
    private static final int WHOLE_LANES = WHOLE.length();
    private static final int HALF_LANES = HALF.length();
    private static final int QUARTER_LANES = QUARTER.length();
    private static final VectorShuffle<Float> SPLIT_WHOLE = split(WHOLE);
    private static final VectorShuffle<Float> SPLIT_HALF = split(HALF);

    private FloatRuns() {}

    private static VectorSpecies<Float> narrower(int times) {
        return VectorSpecies.of(float.class, VectorShape.forBitSize(Math.max(64, WHOLE.vectorBitSize() / times)));
    }

    /** Lanes 0, 2, 4, ... and then 1, 3, 5, ... */
    private static VectorShuffle<Float> split(VectorSpecies<Float> species) {
        int half = Math.max(1, species.length() / 2);
        return VectorShuffle.fromOp(species, lane -> lane < half ? 2 * lane % species.length() : 2 * (lane - half) + 1);
    }

    /** to[toAt + i] = from[fromAt + i] for i below length. */
    static void copy(float[] from, int fromAt, float[] to, int toAt, int length) {
        if (length >= WHOLE_LANES) {
            int i = 0;
            for (; i + WHOLE_LANES <= length; i += WHOLE_LANES) {
                FloatVector.fromArray(WHOLE, from, fromAt + i).intoArray(to, toAt + i);
            }
            if (i < length) {
                int last = length - WHOLE_LANES;
                FloatVector.fromArray(WHOLE, from, fromAt + last).intoArray(to, toAt + last);
            }
        } else if (length >= HALF_LANES) {
            int last = length - HALF_LANES;
            FloatVector.fromArray(HALF, from, fromAt).intoArray(to, toAt);
            FloatVector.fromArray(HALF, from, fromAt + last).intoArray(to, toAt + last);
        } else if (length >= QUARTER_LANES) {
            int last = length - QUARTER_LANES;
            FloatVector.fromArray(QUARTER, from, fromAt).intoArray(to, toAt);
            FloatVector.fromArray(QUARTER, from, fromAt + last).intoArray(to, toAt + last);
        } else {
            for (int i = 0; i < length; i++) {
                to[toAt + i] = from[fromAt + i];
            }
        }
    }

    /** to[evens + i] = from[fromAt + 2 i] and to[odds + i] = from[fromAt + 2 i + 1], together length entries. */
    static void split(float[] from, int fromAt, int length, float[] to, int evens, int odds) {
        int i = 0;
        if (WHOLE_LANES >= 8) {
            for (; i + WHOLE_LANES <= length; i += WHOLE_LANES) {
                FloatVector both =
                        FloatVector.fromArray(WHOLE, from, fromAt + i).rearrange(SPLIT_WHOLE);
                half(both, 0).intoArray(to, evens + i / 2);
                half(both, 1).intoArray(to, odds + i / 2);
            }
        }
        if (WHOLE_LANES >= 16) {
            for (; i + HALF_LANES <= length; i += HALF_LANES) {
                FloatVector both = FloatVector.fromArray(HALF, from, fromAt + i).rearrange(SPLIT_HALF);
                quarter(both, 0).intoArray(to, evens + i / 2);
                quarter(both, 1).intoArray(to, odds + i / 2);
            }
        }
        for (; i + 1 < length; i += 2) {
            to[evens + i / 2] = from[fromAt + i];
            to[odds + i / 2] = from[fromAt + i + 1];
        }
        if (i < length) {
            to[evens + i / 2] = from[fromAt + i];
        }
    }

    private static FloatVector half(FloatVector whole, int which) {
        return (FloatVector) whole.reinterpretShape(HALF, which);
    }

    private static FloatVector quarter(FloatVector half, int which) {
        return (FloatVector) half.reinterpretShape(QUARTER, which);
    }
}
