package io.orrery.lab.instrument.collapse;

import io.orrery.lab.observe.figure.AxisScale;
import io.orrery.lab.observe.figure.Curves;
import io.orrery.lab.observe.figure.Figures;
import io.orrery.lab.observe.figure.KeyNumber;
import io.orrery.lab.observe.figure.Reference;
import io.orrery.lab.observe.figure.SquareMatrix;

/** How {@link NeuralCollapseInstrument} wants its readings shown. */
final class NeuralCollapseFigures {
    private NeuralCollapseFigures() {}

    static Figures all() {
        return Figures.of(
                        "Neural collapse",
                        Curves.of(
                                        "NC1: variability within classes",
                                        "tr(Σ_W Σ_B⁺)/K. Collapse: falls towards 0.",
                                        AxisScale.LOG,
                                        "nc1")
                                .andAgainstDepth(),
                        Curves.of(
                                        "NC1b: variability by traces",
                                        "tr Σ_W / tr Σ_B, another scale than NC1.",
                                        AxisScale.LOG,
                                        "nc1b")
                                .andAgainstDepth(),
                        Curves.of("CDNV", "Class-distance normalized variance.", AxisScale.LOG, "cdnv"),
                        Curves.of(
                                        "NC2: equal norms",
                                        "Deviation of the norms over their mean. Collapse: falls towards 0.",
                                        AxisScale.LOG)
                                .curve("equinorm-means", "class means")
                                .curve("equinorm-weights", "last layer's rows"),
                        Curves.of(
                                        "NC2: equal angles",
                                        "Deviation of the cosines between classes. Collapse: falls towards 0.",
                                        AxisScale.LOG)
                                .curve("equiangularity-means", "class means")
                                .curve("equiangularity-weights", "last layer's rows"),
                        Curves.of(
                                        "NC2: angles as wide as can be",
                                        "Mean of |cosine + 1/(K−1)|. Rows need not add up to 0 without a bias: orthogonal ones have 1/(K−1), so read the centred ones.",
                                        AxisScale.LOG)
                                .curve("maximal-angle-means", "class means")
                                .curve("maximal-angle-weights", "rows")
                                .curve("maximal-angle-weights-centred", "rows, centred")
                                .line("maximal-angle-weights", new Reference("orthogonal rows", k -> 1 / (k - 1))),
                        Curves.of(
                                        "NC3: self-duality",
                                        "‖W/‖W‖ − M/‖M‖‖². The raw one cannot fall below what the mean row of W leaves, the floor; the centred one can.",
                                        AxisScale.LOG)
                                .curve("self-duality", "raw")
                                .curve("self-duality-centred", "centred")
                                .curve("self-duality-floor", "floor of the raw one"),
                        Curves.of(
                                "NC4: nearest class mean disagrees",
                                "Share of examples whose decision is not the class of the nearest mean.",
                                AxisScale.PERCENT,
                                "nc4"),
                        SquareMatrix.of(
                                "Cosines between class means",
                                "Angles between centred class means.",
                                "cosines",
                                new Reference("At collapse every pair stands at −1/(K−1)", k -> -1 / (k - 1))))
                .andFurther(Curves.of("NC1, not divided by K", "", AxisScale.LOG, "nc1-raw"))
                .andKeyNumbers(
                        KeyNumber.of("NC1, training", "nc1", "train"),
                        KeyNumber.percent("NC4, training", "nc4", "train"));
    }
}
