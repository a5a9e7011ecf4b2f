package io.orrery.engine.kernel;

import java.util.Optional;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector width of this process, decided once. Kernels keep a species of their own in a {@code static final} field,
 * taken from here: a species that is not a constant costs a factor of 45.
 *
 * <p>The system property {@code orrery.vectorBits} (512, 256, 128, or 0 for plain scalar code) asks for a width; a wider
 * one than the machine prefers is narrowed to the machine's. No result depends on it: all widths give the same bits.
 */
public final class VectorWidth {
    /** Bits per vector: 512, 256, 128, or 0 when every kernel runs its scalar twin. */
    public static final int BITS = decide();

    private VectorWidth() {}

    /** The species of single precision vectors; at width 0 the narrowest, which nothing should then use. */
    public static VectorSpecies<Float> floatSpecies() {
        return switch (BITS) {
            case 512 -> FloatVector.SPECIES_512;
            case 256 -> FloatVector.SPECIES_256;
            default -> FloatVector.SPECIES_128;
        };
    }

    /** The species of double precision vectors; at width 0 the narrowest, which nothing should then use. */
    public static VectorSpecies<Double> doubleSpecies() {
        return switch (BITS) {
            case 512 -> DoubleVector.SPECIES_512;
            case 256 -> DoubleVector.SPECIES_256;
            default -> DoubleVector.SPECIES_128;
        };
    }

    /**
     * Refuses a machine that has no fused multiply-add instruction: there {@link Math#fma} computes with big decimals
     * and one product of a small network would take minutes. Costs about 0.1 ms where the instruction exists.
     *
     * @throws IllegalStateException with one line that says so
     */
    public static void requireFusedMultiplyAdd() {
        long best = Long.MAX_VALUE;
        double sum = 0;
        // One quick trial proves the instruction; on a busy machine it may take a few until one is not interrupted.
        for (int trial = 0; trial < 64 && best / 64 > 250; trial++) {
            long start = System.nanoTime();
            for (int call = 0; call < 64; call++) {
                sum = Math.fma(0.999 + call * 1e-9, sum, 1.25);
            }
            best = Math.min(best, System.nanoTime() - start);
        }
        if (best / 64 > 250 || sum < 0) {
            throw new IllegalStateException("this processor, or this Java, has no fused multiply-add instruction: "
                    + "a call of Math.fma took " + best / 64 + " ns and should take under 30; use an x86-64 processor "
                    + "with FMA3 (2013 or later) or a 64-bit ARM, and do not pass -XX:-UseFMA");
        }
    }

    /** Why kernels run as plain loops; empty where they use vectors. */
    public static Optional<String> whyNone() {
        if (BITS > 0) {
            return Optional.empty();
        }
        if (!isOptimizing()) {
            return Optional.of("this Java runs without its optimizing compiler");
        }
        return Optional.of(preferred() < 128 ? "this processor, or this Java, has none" : "orrery.vectorBits is 0");
    }

    /** Without the compiler that makes instructions of them vectors are objects, a hundred times as slow as plain loops. */
    private static boolean isOptimizing() {
        String mode = System.getProperty("java.vm.info", "");
        return !mode.contains("interpreted mode") && !mode.contains("emulated-client");
    }

    private static int preferred() {
        return isOptimizing() ? Math.min(512, FloatVector.SPECIES_PREFERRED.vectorBitSize()) : 0;
    }

    private static int decide() {
        int preferred = preferred();
        int asked = Integer.getInteger("orrery.vectorBits", preferred);
        if (asked != 512 && asked != 256 && asked != 128 && asked != 0) {
            throw new IllegalArgumentException(
                    "orrery.vectorBits: expected 512, 256, 128 or 0 (scalar), found " + asked);
        }
        int bits = Math.min(asked, preferred);
        return bits < 128 ? 0 : bits;
    }
}
