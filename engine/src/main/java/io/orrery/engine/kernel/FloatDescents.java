package io.orrery.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Descent with momentum in one pass, the update that most training consists of: v = m v + g, w = w - rate v, each a fused
 * multiply-add, so that the bits are those of two or three passes.
 */
public final class FloatDescents {
    private static final VectorSpecies<Float> SPECIES = VectorWidth.floatSpecies();
    private static final int LANES = SPECIES.length();

    private FloatDescents() {}

    /** velocity = fma(velocity, momentum, gradient), weight = fma(velocity, minusRate, weight). */
    public static void descend(
            float[] weight,
            int weightAt,
            float[] gradient,
            int gradientAt,
            float[] velocity,
            int velocityAt,
            float momentum,
            float minusRate,
            int length) {
        int i = 0;
        if (VectorWidth.BITS != 0) {
            FloatVector keep = FloatVector.broadcast(SPECIES, momentum);
            FloatVector rate = FloatVector.broadcast(SPECIES, minusRate);
            for (int whole = SPECIES.loopBound(length); i < whole; i += LANES) {
                FloatVector w = FloatVector.fromArray(SPECIES, weight, weightAt + i);
                FloatVector g = FloatVector.fromArray(SPECIES, gradient, gradientAt + i);
                FloatVector v =
                        FloatVector.fromArray(SPECIES, velocity, velocityAt + i).fma(keep, g);
                v.intoArray(velocity, velocityAt + i);
                v.fma(rate, w).intoArray(weight, weightAt + i);
            }
        }
        for (; i < length; i++) {
            float v = Math.fma(velocity[velocityAt + i], momentum, gradient[gradientAt + i]);
            velocity[velocityAt + i] = v;
            weight[weightAt + i] = Math.fma(v, minusRate, weight[weightAt + i]);
        }
    }

    /** The same with the gradient of decay: fma(weight, decay, gradient) takes the gradient's place. */
    public static void decayed(
            float[] weight,
            int weightAt,
            float[] gradient,
            int gradientAt,
            float[] velocity,
            int velocityAt,
            float decay,
            float momentum,
            float minusRate,
            int length) {
        int i = 0;
        if (VectorWidth.BITS != 0) {
            FloatVector pull = FloatVector.broadcast(SPECIES, decay);
            FloatVector keep = FloatVector.broadcast(SPECIES, momentum);
            FloatVector rate = FloatVector.broadcast(SPECIES, minusRate);
            for (int whole = SPECIES.loopBound(length); i < whole; i += LANES) {
                FloatVector w = FloatVector.fromArray(SPECIES, weight, weightAt + i);
                FloatVector g = w.fma(pull, FloatVector.fromArray(SPECIES, gradient, gradientAt + i));
                FloatVector v =
                        FloatVector.fromArray(SPECIES, velocity, velocityAt + i).fma(keep, g);
                v.intoArray(velocity, velocityAt + i);
                v.fma(rate, w).intoArray(weight, weightAt + i);
            }
        }
        for (; i < length; i++) {
            float g = Math.fma(weight[weightAt + i], decay, gradient[gradientAt + i]);
            float v = Math.fma(velocity[velocityAt + i], momentum, g);
            velocity[velocityAt + i] = v;
            weight[weightAt + i] = Math.fma(v, minusRate, weight[weightAt + i]);
        }
    }
}
