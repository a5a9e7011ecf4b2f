package io.orrery.lab.instrument.collapse;

import io.orrery.lab.observe.figure.AxisScale;
import io.orrery.lab.observe.figure.Curves;
import io.orrery.lab.observe.figure.Figures;
import io.orrery.lab.observe.figure.LayerShown;
import io.orrery.lab.observe.figure.Reference;
import io.orrery.lab.observe.figure.VectorEntries;

/** How {@link RankInstrument} wants its readings shown. */
final class RankFigures {
    private static final Reference CLASSES = new Reference("K classes", k -> k);

    private RankFigures() {}

    static Figures all() {
        return Figures.of(
                        "Rank and spectra",
                        Curves.of(
                                        "Rank of the weights",
                                        "Singular values above 1e-3 of the Frobenius norm.",
                                        AxisScale.LINEAR,
                                        "rank")
                                .line("rank", CLASSES)
                                .showing(LayerShown.LAST_BUT_ONE),
                        Curves.of("Stable rank of the weights", "‖W‖_F² / ‖W‖₂².", AxisScale.LINEAR, "stable-rank")
                                .showing(LayerShown.LAST_BUT_ONE),
                        Curves.of(
                                        "Effective rank of the weights",
                                        "Exponential of the spectrum's entropy.",
                                        AxisScale.LINEAR,
                                        "effective-rank")
                                .showing(LayerShown.LAST_BUT_ONE),
                        Curves.of(
                                        "Rank of the features",
                                        "Singular values above 1e-3 of the Frobenius norm, training probe.",
                                        AxisScale.LINEAR,
                                        "feature-rank")
                                .line("feature-rank", CLASSES),
                        Curves.of("Stable rank of the features", "", AxisScale.LINEAR, "feature-stable-rank"),
                        Curves.of("Effective rank of the features", "", AxisScale.LINEAR, "feature-effective-rank"),
                        Curves.of(
                                        "Decay exponent E",
                                        "2λ times the sum of learning rates, momentum included: decay alone leaves exp(−E) of the initial weights, beyond ln 1000 less than the tolerance of the rank.",
                                        AxisScale.LINEAR,
                                        "decay-exponent")
                                .line("decay-exponent", Reference.constant("ln 1000", StrictMath.log(1000))),
                        VectorEntries.of("Singular values of the weights", "", "singular-values")
                                .countedBy("singular-value-count")
                                .showing(LayerShown.LAST_BUT_ONE))
                .andFurther(Curves.of(
                        "Number of singular values",
                        "Of larger matrices 64 are kept.",
                        AxisScale.AUTO,
                        "singular-value-count"));
    }
}
