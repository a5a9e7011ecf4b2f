package io.orrery.lab.observe;

import io.orrery.engine.worker.Workers;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import io.orrery.lab.math.RowSpan;
import io.orrery.lab.math.Spectrum;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * What several instruments need of the same matrices: computed once per look, and once per run for matrices that stay the
 * same, such as the inputs of a probe. Matrices are told apart by the array that holds their numbers.
 */
public final class Derived {
    /** Directions below this share of the largest count as outside a span. */
    private static final double SPAN_TOLERANCE = 1e-5;

    private final Workers workers;
    private final Optional<Derived> run;
    /** Matrices that stay the same during a run; only where this is what a run keeps. */
    private final Set<Matrix> lasting = new HashSet<>();

    // Instruments ask at the same time. Two who ask for the same both compute it, which is rare: waiting inside a map
    // for one
    // matrix could hold up others.
    private final Map<Matrix, Matrix> grams = new ConcurrentHashMap<>();
    private final Map<Matrix, RowSpan> spans = new ConcurrentHashMap<>();
    private final Map<Matrix, Spectrum> spectra = new ConcurrentHashMap<>();

    private Derived(Workers workers, Optional<Derived> run) {
        this.workers = workers;
        this.run = run;
    }

    /** What is kept while it is used. */
    public static Derived empty() {
        return ofRun(Workers.single());
    }

    /** What is kept for a run, in which several matrices at a time are worked on, each by one thread. */
    static Derived ofRun(Workers workers) {
        return new Derived(workers, Optional.empty());
    }

    /** What is kept for one look, which finds here what is kept for the run. */
    Derived ofLook() {
        return new Derived(workers, Optional.of(this));
    }

    /** Says that a matrix stays the same as long as this is used. */
    public void lasting(Matrix matrix) {
        lasting.add(matrix);
    }

    /** {@link Products#smallerGram}. */
    public Matrix gram(Matrix matrix) {
        Derived keeper = keeper(matrix);
        return kept(keeper.grams, matrix, () -> Products.smallerGram(matrix));
    }

    /** The span of the rows; singular directions below 1e-5 of the largest are left out. */
    public RowSpan span(Matrix matrix) {
        Derived keeper = keeper(matrix);
        return kept(keeper.spans, matrix, () -> RowSpan.of(matrix, keeper.gram(matrix), SPAN_TOLERANCE));
    }

    /** The singular values of several matrices, for {@link #spectrum}. */
    public void prepareSpectra(List<Matrix> matrices) {
        List<Matrix> missing = matrices.stream()
                .filter(matrix -> !keeper(matrix).spectra.containsKey(matrix))
                .distinct()
                .toList();
        together(missing.size(), i -> spectrum(missing.get(i)));
    }

    /** Does pieces of work that do not depend on each other, each on one thread, in order as threads get free. */
    void together(int count, IntConsumer piece) {
        AtomicInteger next = new AtomicInteger();
        workers.run((_, _) -> {
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                piece.accept(i);
            }
        });
    }

    /** The singular values, through {@link #gram}. */
    public Spectrum spectrum(Matrix matrix) {
        return kept(keeper(matrix).spectra, matrix, () -> Spectrum.ofGram(gram(matrix)));
    }

    private static <T> T kept(Map<Matrix, T> map, Matrix matrix, Supplier<T> computation) {
        T known = map.get(matrix);
        if (known == null) {
            known = computation.get();
            map.put(matrix, known);
        }
        return known;
    }

    private Derived keeper(Matrix matrix) {
        return run.filter(kept -> kept.lasting.contains(matrix)).orElse(this);
    }
}
