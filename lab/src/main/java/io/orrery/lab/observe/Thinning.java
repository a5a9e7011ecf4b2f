package io.orrery.lab.observe;

import java.util.stream.Stream;

/**
 * Which costly readings are left out between thorough looks. It depends on predicted FLOPs alone, never on a clock, so that
 * the same spec gives the same measurements on every machine.
 */
public final class Thinning {
    /** About 5 ms on one core of 2024. */
    private static final double EVERY_LOOK = 3e7;

    private Thinning() {}

    /** Whether a reading of so many FLOPs is taken at this look. */
    public static boolean due(Observation observation, double flops) {
        return observation.thorough() || flops <= EVERY_LOOK;
    }

    /** FLOPs of the singular values of a matrix through its smaller Gram matrix, whose products are three times as fast as the rest. */
    public static double spectrum(int rows, int columns) {
        double small = Math.min(rows, columns);
        return small * small * Math.max(rows, columns) + 4 * small * small * small;
    }

    /** FLOPs of the span of the rows of a matrix whose smaller Gram matrix is known: singular vectors, made orthonormal. */
    public static double span(int rows, int columns) {
        double small = Math.min(rows, columns);
        return 16 * small * small * small + 4 * small * small * columns;
    }

    /** FLOPs of the largest singular values of matrices that are too large to be read at every look, as timed. */
    public static double spectralNorms(Stream<Sizes.Size> sizes) {
        return sizes.filter(size -> spectrum(size.rows(), size.columns()) > EVERY_LOOK)
                .mapToDouble(size -> 6 * spectralNorm(size.rows(), size.columns(), 1))
                .sum();
    }

    /** FLOPs of the largest singular value by some thirty Lanczos steps, each of which applies the map and its transpose. */
    public static double spectralNorm(int rows, int columns, int positions) {
        return 120.0 * rows * columns * positions;
    }
}
