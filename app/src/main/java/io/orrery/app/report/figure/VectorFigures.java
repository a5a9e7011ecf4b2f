package io.orrery.app.report.figure;

import io.orrery.app.report.html.Numbers;
import io.orrery.app.report.series.SeriesKey;
import io.orrery.app.report.series.StepPool;
import io.orrery.app.report.series.StudyData;
import io.orrery.app.report.series.Variant;
import io.orrery.lab.observe.figure.Histogram;
import io.orrery.lab.observe.figure.SquareMatrix;
import io.orrery.lab.observe.figure.VectorEntries;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Draws vectors over time as their instrument says; each call the series of one quantity and split. */
final class VectorFigures {
    private final StudyData data;
    private final StepPool pool;
    private final OptionalInt classes;

    VectorFigures(StudyData data, StepPool pool, OptionalInt classes) {
        this.data = data;
        this.pool = pool;
        this.classes = classes;
    }

    PageFigure histogram(Histogram wanted, List<SeriesKey> keys) {
        return HistogramFigure.of(
                title(wanted.title(), keys),
                sentences(
                        wanted.caption(),
                        "Above, the share of " + wanted.counted()
                                + " over time, darker for more; below, one look. Means over seeds."),
                wanted.axis(),
                variants(keys),
                data,
                pool);
    }

    /** As a spectrum if the numbers are no square, or of a single class. */
    PageFigure matrix(SquareMatrix wanted, List<SeriesKey> keys) {
        if (!keys.stream().allMatch(key -> square(data, key))) {
            return spectrum(VectorEntries.of(wanted.title(), wanted.caption(), wanted.quantity()), keys);
        }
        double ideal = wanted.ideal().map(reference -> reference.value(classes)).orElse(Double.NaN);
        String expected = wanted.ideal()
                .filter(_ -> Double.isFinite(ideal))
                .map(reference -> reference.label() + " = " + Numbers.text(ideal) + ".")
                .orElse("");
        return VectorFigure.of(
                new VectorFigure.Plan(
                        title(wanted.title(), keys),
                        sentences(wanted.caption(), "Every class with every other, mean over seeds.", expected),
                        VectorFigure.Kind.MATRIX,
                        variants(keys),
                        true,
                        Optional.empty(),
                        Double.isFinite(ideal) ? Map.of("ideal", ideal) : Map.of()),
                data,
                pool);
    }

    PageFigure spectrum(VectorEntries wanted, List<SeriesKey> keys) {
        boolean byClass = wanted.entries() == VectorEntries.Entries.CLASSES;
        return VectorFigure.of(
                new VectorFigure.Plan(
                        title(wanted.title(), keys),
                        sentences(
                                wanted.caption(),
                                (byClass ? "By class" : "By index")
                                        + ": the first look dotted, the chosen look solid; means over seeds."),
                        VectorFigure.Kind.SPECTRUM,
                        variants(keys),
                        byClass,
                        wanted.countedBy(),
                        Map.of("ordered", true, "shown", wanted.shown().index(keys.size()))),
                data,
                pool);
    }

    /** Whether all readings of a series are square matrices of more than one number. */
    static boolean square(StudyData data, SeriesKey key) {
        return data.traces(key).stream().flatMap(t -> Arrays.stream(t.values())).allMatch(v -> {
            long side = Math.round(Math.sqrt(v.length));
            return side > 1 && side * side == v.length;
        });
    }

    private static String title(String title, List<SeriesKey> keys) {
        return Sections.inSplit(title, keys.getFirst().split());
    }

    private static List<Variant> variants(List<SeriesKey> keys) {
        return Sections.named(keys, k -> k.layer().isEmpty() ? Sections.words(k.quantity()) : k.layer());
    }

    private static String sentences(String... sentences) {
        return String.join(
                " ", Arrays.stream(sentences).filter(s -> !s.isEmpty()).toList());
    }
}
