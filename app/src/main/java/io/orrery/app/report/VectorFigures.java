package io.orrery.app.report;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Chooses how vectors of a quantity are drawn. */
final class VectorFigures {
    /** Cosines of the centred class means, K x K by rows. */
    static final SeriesKey COSINES = new SeriesKey("neural-collapse", "cosines", "", "train");

    private final StudyData data;
    private final StepPool pool;
    private final OptionalInt classes;

    VectorFigures(StudyData data, StepPool pool, OptionalInt classes) {
        this.data = data;
        this.pool = pool;
        this.classes = classes;
    }

    /** The figure of some series of one quantity and split. */
    Figure of(String instrument, String quantity, List<SeriesKey> keys) {
        String title = Sections.inSplit(
                Catalogue.vectors(instrument, quantity), keys.getFirst().split());
        List<Variant> variants = Sections.named(keys, k -> k.layer().isEmpty() ? Catalogue.words(quantity) : k.layer());
        if (quantity.endsWith("histogram")) {
            return HistogramFigure.of(
                    title,
                    "Above, the share of examples over time, darker for more; below, one look. Means over seeds.",
                    quantity.startsWith("normalized") ? "normalized margin" : "margin",
                    variants,
                    data,
                    pool);
        }
        if (quantity.equals(COSINES.quantity()) && keys.stream().allMatch(this::square)) {
            double ideal = -1.0 / (classes.orElse(2) - 1);
            return VectorFigure.of(
                    new VectorFigure.Plan(
                            Sections.inSplit(Catalogue.vectors(instrument, quantity), ""),
                            "Angles between centred class means, mean over seeds. At collapse every pair stands at −1/(K−1) = "
                                    + Numbers.text(ideal) + ".",
                            VectorFigure.Kind.MATRIX,
                            variants,
                            true,
                            Map.of("ideal", ideal)),
                    data,
                    pool);
        }
        if (quantity.endsWith(COSINES.quantity()) && keys.stream().allMatch(this::square)) {
            return VectorFigure.of(
                    new VectorFigure.Plan(
                            title,
                            "Every class with every other, mean over seeds.",
                            VectorFigure.Kind.MATRIX,
                            variants,
                            true,
                            Map.of()),
                    data,
                    pool);
        }
        boolean byClass = instrument.equals("classes") && !quantity.endsWith("singular-values");
        return VectorFigure.of(
                new VectorFigure.Plan(
                        title,
                        (byClass ? "By class" : "By index")
                                + ": the first look dotted, the chosen look solid; means over seeds.",
                        VectorFigure.Kind.SPECTRUM,
                        variants,
                        byClass,
                        Map.of("ordered", true, "shown", Catalogue.layerShown(instrument, quantity, variants.size()))),
                data,
                pool);
    }

    private boolean square(SeriesKey key) {
        return data.traces(key).stream().flatMap(t -> Arrays.stream(t.values())).allMatch(v -> {
            long side = Math.round(Math.sqrt(v.length));
            return side > 1 && side * side == v.length;
        });
    }
}
