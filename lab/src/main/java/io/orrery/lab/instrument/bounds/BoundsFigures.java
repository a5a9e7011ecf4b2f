package io.orrery.lab.instrument.bounds;

import io.orrery.lab.observe.figure.AxisScale;
import io.orrery.lab.observe.figure.Curves;
import io.orrery.lab.observe.figure.Figures;
import io.orrery.lab.theory.bound.Bound;
import io.orrery.lab.theory.bound.Bounds;

/** How {@link BoundsInstrument} wants its readings shown. */
final class BoundsFigures {
    private BoundsFigures() {}

    static Figures all() {
        return Figures.of(
                        "Generalization bounds",
                        ofEach(
                                "Bounds on the test error",
                                "At the smallest training margin, with probability 0.999; 1 and more says nothing. Only where that margin is positive.",
                                AxisScale.LOG,
                                "-minimum"),
                        ofEach(
                                "Bounds on the test error, at the 10% quantile of the margins",
                                "Only where that margin is positive.", AxisScale.LOG, "-quantile-10"),
                        ofEach(
                                "Complexity terms",
                                "What each bound makes of the weights and the data, at margin 1, the factor for several outputs included.",
                                AxisScale.LOG,
                                ""),
                        Curves.of("Measured error", "What the bounds are about.", AxisScale.PERCENT, "error"),
                        Curves.of("Measured gap", "Test error minus train error.", AxisScale.PERCENT, "gap"),
                        Curves.of("Margins used", "Of the outputs on the training probe.", AxisScale.LINEAR)
                                .curve("margin-minimum", "minimum")
                                .curve("margin-quantile-10", "10% quantile"))
                .andFurther(
                        ofEach(
                                "Bounds that say nothing",
                                "1 where the smaller of a bound's two values is 1 or more, else 0.",
                                AxisScale.LINEAR,
                                "-vacuous"),
                        Curves.of(
                                "Margins below the 10% quantile",
                                "Share of the training probe.", AxisScale.PERCENT, "ramp-quantile-10"));
    }

    /** One curve for each bound there is. */
    private static Curves ofEach(String title, String caption, AxisScale scale, String suffix) {
        Curves curves = Curves.of(title, caption, scale);
        for (Bound bound : Bounds.all()) {
            String name = bound.description().name();
            curves = curves.curve(name + suffix, bound.description().guaranteed() ? name : name + " (no guarantee)");
        }
        return curves;
    }
}
