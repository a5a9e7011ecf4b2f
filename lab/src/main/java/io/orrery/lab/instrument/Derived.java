package io.orrery.lab.instrument;

import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import io.orrery.lab.math.RowSpan;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What several instruments need of the same matrices: computed once per look, and once per run for matrices that stay the
 * same, such as the inputs of a probe. Matrices are told apart by the array that holds their numbers.
 */
public final class Derived {
    /** Directions below this share of the largest count as outside a span. */
    private static final double SPAN_TOLERANCE = 1e-5;

    private final Optional<Derived> run;
    /** Matrices that stay the same during a run; only where this is what a run keeps. */
    private final Set<Matrix> lasting = new HashSet<>();

    private final Map<Matrix, Matrix> grams = new HashMap<>();
    private final Map<Matrix, RowSpan> spans = new HashMap<>();

    private Derived(Optional<Derived> run) {
        this.run = run;
    }

    /** What is kept while it is used. */
    public static Derived empty() {
        return new Derived(Optional.empty());
    }

    /** What is kept for one look, which finds here what is kept for the run. */
    Derived ofLook() {
        return new Derived(Optional.of(this));
    }

    /** Says that a matrix stays the same as long as this is used. */
    void lasting(Matrix matrix) {
        lasting.add(matrix);
    }

    /** {@link Products#smallerGram}. */
    public Matrix gram(Matrix matrix) {
        Derived keeper = keeper(matrix);
        return keeper.grams.computeIfAbsent(matrix, Products::smallerGram);
    }

    /** The span of the rows; directions below 1e-5 of the largest are left out. */
    public RowSpan span(Matrix matrix) {
        Derived keeper = keeper(matrix);
        return keeper.spans.computeIfAbsent(matrix, _ -> RowSpan.of(matrix, keeper.gram(matrix), SPAN_TOLERANCE));
    }

    private Derived keeper(Matrix matrix) {
        return run.filter(kept -> kept.lasting.contains(matrix)).orElse(this);
    }
}
