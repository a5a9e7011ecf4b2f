package io.orrery.engine.random;

import io.orrery.engine.kernel.DoubleFunctions;
import io.orrery.engine.kernel.VectorWidth;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link BoxMuller} in vectors: words of {@link FloatPhilox} to normal numbers, computed in double whatever they are rounded
 * to. In two loops, the first of which leaves its results as raw bits where it found the words: the compiler can take
 * about 50 vector operations.
 */
final class FloatNormals {
    private static final VectorSpecies<Float> SPECIES = VectorWidth.floatSpecies();
    private static final VectorSpecies<Double> DOUBLES = VectorWidth.doubleSpecies();
    private static final int LANES = DOUBLES.length();
    /** As many results as doubles in a vector. */
    private static final VectorSpecies<Float> RESULTS =
            VectorSpecies.of(float.class, VectorShape.forBitSize(LANES * Float.SIZE));

    private static final int ELEMENTS = FloatPhilox.ELEMENTS;
    private static final long ONE_TO_ROOT = DoubleFunctions.ONE_BITS - DoubleFunctions.SQRT_HALF_BITS;
    private static final long ROUNDER_BITS = Double.doubleToRawLongBits(BoxMuller.ROUNDER);

    private FloatNormals() {}

    /** In place of words 0 and 1 the radius, in place of words 2 and 3 the angle in right angles. */
    static void polar(float[] words, int at, int groups) {
        for (int group = 0; group < groups; group++) {
            int start = at + 2 * ELEMENTS * group;
            LongVector lower = FloatVector.fromArray(SPECIES, words, start).reinterpretAsLongs();
            LongVector upper =
                    FloatVector.fromArray(SPECIES, words, start + ELEMENTS).reinterpretAsLongs();
            DoubleVector u = DoubleRandomFunctions.number(lower.lanewise(VectorOperators.LSHR, 64 - BoxMuller.BITS)
                            .add(1))
                    .mul(BoxMuller.ULP);
            DoubleVector quarters = DoubleRandomFunctions.number(
                            upper.lanewise(VectorOperators.LSHR, 64 - BoxMuller.BITS))
                    .mul(BoxMuller.QUARTER_ULP);
            LongVector bits = u.reinterpretAsLongs().add(ONE_TO_ROOT);
            DoubleVector n = bits.lanewise(VectorOperators.LSHR, DoubleFunctions.EXPONENT_SHIFT)
                    .add(ROUNDER_BITS)
                    .reinterpretAsDoubles()
                    .sub(BoxMuller.ROUNDER)
                    .sub(DoubleFunctions.BIAS);
            DoubleVector f = bits.and(DoubleFunctions.MANTISSA)
                    .add(DoubleFunctions.SQRT_HALF_BITS)
                    .reinterpretAsDoubles()
                    .sub(1);
            DoubleVector s = f.div(f.add(2));
            DoubleVector z = s.mul(s);
            DoubleVector p = DoubleVector.broadcast(DOUBLES, DoubleFunctions.LOG_6)
                    .fma(z, DoubleVector.broadcast(DOUBLES, DoubleFunctions.LOG_5));
            p = p.fma(z, DoubleVector.broadcast(DOUBLES, DoubleFunctions.LOG_4));
            p = p.fma(z, DoubleVector.broadcast(DOUBLES, DoubleFunctions.LOG_3));
            p = p.fma(z, DoubleVector.broadcast(DOUBLES, DoubleFunctions.LOG_2));
            p = p.fma(z, DoubleVector.broadcast(DOUBLES, DoubleFunctions.LOG_1));
            p = p.fma(z, DoubleVector.broadcast(DOUBLES, DoubleFunctions.LOG_0));
            DoubleVector square = f.mul(DoubleFunctions.HALF).mul(f);
            DoubleVector low = s.fma(p.fma(z, square), n.mul(DoubleFunctions.LN2_LOW));
            DoubleVector logarithm =
                    n.fma(DoubleVector.broadcast(DOUBLES, DoubleFunctions.LN2_HIGH), f.sub(square.sub(low)));
            DoubleVector radius = logarithm.mul(-2).sqrt();
            radius.reinterpretAsFloats().intoArray(words, start);
            quarters.reinterpretAsFloats().intoArray(words, start + ELEMENTS);
        }
    }

    /** In place of radius and angle the two coordinates. */
    static void cartesian(float[] polar, int at, int groups) {
        for (int group = 0; group < groups; group++) {
            int start = at + 2 * ELEMENTS * group;
            DoubleVector radius = FloatVector.fromArray(SPECIES, polar, start).reinterpretAsDoubles();
            DoubleVector quarters =
                    FloatVector.fromArray(SPECIES, polar, start + ELEMENTS).reinterpretAsDoubles();
            DoubleVector rounded = quarters.add(BoxMuller.ROUNDER);
            DoubleVector r = quarters.sub(rounded.sub(BoxMuller.ROUNDER));
            LongVector n = rounded.reinterpretAsLongs();
            DoubleVector z = r.mul(r);
            DoubleVector p = DoubleVector.broadcast(DOUBLES, BoxMuller.SIN_6)
                    .fma(z, DoubleVector.broadcast(DOUBLES, BoxMuller.SIN_5));
            p = p.fma(z, DoubleVector.broadcast(DOUBLES, BoxMuller.SIN_4));
            p = p.fma(z, DoubleVector.broadcast(DOUBLES, BoxMuller.SIN_3));
            p = p.fma(z, DoubleVector.broadcast(DOUBLES, BoxMuller.SIN_2));
            p = p.fma(z, DoubleVector.broadcast(DOUBLES, BoxMuller.SIN_1));
            p = p.fma(z, DoubleVector.broadcast(DOUBLES, BoxMuller.SIN_0_REST));
            DoubleVector sine = r.fma(DoubleVector.broadcast(DOUBLES, BoxMuller.SIN_0), r.mul(p));
            DoubleVector q = DoubleVector.broadcast(DOUBLES, BoxMuller.COS_7)
                    .fma(z, DoubleVector.broadcast(DOUBLES, BoxMuller.COS_6));
            q = q.fma(z, DoubleVector.broadcast(DOUBLES, BoxMuller.COS_5));
            q = q.fma(z, DoubleVector.broadcast(DOUBLES, BoxMuller.COS_4));
            q = q.fma(z, DoubleVector.broadcast(DOUBLES, BoxMuller.COS_3));
            q = q.fma(z, DoubleVector.broadcast(DOUBLES, BoxMuller.COS_2));
            q = q.fma(z, DoubleVector.broadcast(DOUBLES, BoxMuller.COS_1));
            DoubleVector cosine = q.fma(z, DoubleVector.broadcast(DOUBLES, 1));
            // Bit 0 of n exchanges the two, bit 1 is the sign of the sine, that of n + 1 the sign of the cosine.
            VectorMask<Double> odd = n.lanewise(VectorOperators.LSHL, 63)
                    .compare(VectorOperators.LT, 0)
                    .cast(DOUBLES);
            LongVector minusCosine = n.add(1).lanewise(VectorOperators.LSHL, 62).and(Long.MIN_VALUE);
            LongVector minusSine = n.lanewise(VectorOperators.LSHL, 62).and(Long.MIN_VALUE);
            radius.mul(cosine.blend(sine, odd))
                    .reinterpretAsLongs()
                    .lanewise(VectorOperators.XOR, minusCosine)
                    .reinterpretAsFloats()
                    .intoArray(polar, start);
            radius.mul(sine.blend(cosine, odd))
                    .reinterpretAsLongs()
                    .lanewise(VectorOperators.XOR, minusSine)
                    .reinterpretAsFloats()
                    .intoArray(polar, start + ELEMENTS);
        }
    }

    /** From coordinates to the results, pair by pair; they may take the coordinates' place. */
    static void pairs(float[] coordinates, int at, int groups, float[] out, int outAt) {
        for (int group = 0; group < groups; group++) {
            int start = at + 2 * ELEMENTS * group;
            LongVector x = FloatVector.fromArray(SPECIES, coordinates, start).reinterpretAsLongs();
            LongVector y = FloatVector.fromArray(SPECIES, coordinates, start + ELEMENTS)
                    .reinterpretAsLongs();
            DoubleVector first = Pairs.first(x, y).reinterpretAsDoubles();
            DoubleVector second = Pairs.second(x, y).reinterpretAsDoubles();
            ((FloatVector) first.castShape(RESULTS, 0)).intoArray(out, outAt + 2 * LANES * group);
            ((FloatVector) second.castShape(RESULTS, 0)).intoArray(out, outAt + 2 * LANES * group + LANES);
        }
    }
}
