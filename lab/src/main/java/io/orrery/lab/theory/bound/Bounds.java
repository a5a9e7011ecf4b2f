package io.orrery.lab.theory.bound;

import java.util.List;

/** The registry: every bound has one line here. */
public final class Bounds {
    private static final List<Bound> ALL = List.of(
            new ProductOfNorms(),
            new PathNorm(),
            new SizeIndependent(),
            new SizeIndependent.RowSums(),
            new SpectralComplexity(),
            new SparseBound(),
            new SparseBound.Released(),
            new SparseBound.Dense(),
            new PacBayes(),
            new LongSedghi(),
            new Ledent(),
            new Graf());

    private Bounds() {}

    /** All bounds, in the order of reports. */
    public static List<Bound> all() {
        return ALL;
    }

    /** The bound of a name that must exist. */
    public static Bound named(String name) {
        return ALL.stream()
                .filter(bound -> bound.description().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no bound is named " + name));
    }
}
