package io.orrery.app.report.figure;

import io.orrery.app.report.html.Html;
import io.orrery.app.report.series.SeriesKey;
import io.orrery.app.report.series.StepPool;
import io.orrery.app.report.series.StudyData;
import io.orrery.app.report.series.Variant;
import io.orrery.lab.observe.Instrument;
import io.orrery.lab.observe.figure.AxisScale;
import io.orrery.lab.observe.figure.Curves;
import io.orrery.lab.observe.figure.FigureSpec;
import io.orrery.lab.observe.figure.Figures;
import io.orrery.lab.observe.figure.Histogram;
import io.orrery.lab.observe.figure.SquareMatrix;
import io.orrery.lab.observe.figure.VectorEntries;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One section of figures per instrument, built from the series that are there. */
public final class Sections {
    /** Numbers that all curves of a page may hold together: about a megabyte. */
    private static final int BUDGET = 120_000;

    private static final List<String> SPLITS = List.of("", "train", "validation", "test");

    private final StudyData data;
    private final StepPool pool;
    private final int points;
    private final OptionalInt classes;

    /** Sections of a study's figures, whose steps go to a pool that the page's figures share. */
    public Sections(StudyData data, StepPool pool) {
        this.data = data;
        this.pool = pool;
        int curves = data.keys().stream()
                .filter(data::scalar)
                .mapToInt(key -> 3 * data.settings().size() + data.traces(key).size())
                .sum();
        this.points = Math.clamp(BUDGET / Math.max(1, curves), 30, 160);
        this.classes = classes(data);
    }

    /** The sections in the order of the instruments, unknown instruments last. */
    public List<Section> all() {
        Set<String> present =
                data.keys().stream().map(SeriesKey::instrument).collect(Collectors.toCollection(LinkedHashSet::new));
        List<Section> sections = new ArrayList<>();
        for (Instrument instrument : data.instruments()) {
            if (present.remove(instrument.name())) {
                sections.add(section(instrument.name(), instrument.figures(), sentence(instrument.about())));
            }
        }
        present.forEach(unknown -> sections.add(section(unknown, Figures.none(), "")));
        return sections;
    }

    /** What the instrument wants shown, then what it says nothing of, each quantity under its own name. */
    private Section section(String instrument, Figures wanted, String lead) {
        List<SeriesKey> keys = data.keys().stream()
                .filter(k -> k.instrument().equals(instrument))
                .sorted(Comparator.comparingInt(k -> SPLITS.indexOf(k.split())))
                .toList();
        Set<SeriesKey> rest = new LinkedHashSet<>(keys);
        List<PageFigure> figures = figures(wanted.shown(), rest);
        List<PageFigure> further = figures(wanted.further(), rest);
        List<FigureSpec> unsaid = rest.stream()
                .map(key -> generic(key.quantity(), data.scalar(key)))
                .distinct()
                .toList();
        figures.addAll(figures(unsaid, rest));
        return new Section(
                Html.anchor("measured-" + instrument),
                wanted.title().isEmpty() ? words(instrument) : wanted.title(),
                lead,
                figures,
                further);
    }

    /** The figures of series that there are; takes those that are drawn from the rest. */
    private List<PageFigure> figures(List<FigureSpec> specs, Set<SeriesKey> rest) {
        List<PageFigure> figures = new ArrayList<>();
        VectorFigures vectors = new VectorFigures(data, pool, classes);
        for (FigureSpec spec : specs) {
            List<SeriesKey> members = spec.quantities().stream()
                    .flatMap(q -> rest.stream().filter(k -> k.quantity().equals(q)))
                    .filter(k -> data.scalar(k) == spec instanceof Curves)
                    .toList();
            members.forEach(rest::remove);
            Collection<List<SeriesKey>> splits =
                    grouped(members, SeriesKey::split).values();
            switch (spec) {
                case Curves curves -> figures.addAll(curves(curves, members));
                case Histogram histogram -> splits.forEach(keys -> figures.add(vectors.histogram(histogram, keys)));
                case SquareMatrix matrix -> splits.forEach(keys -> figures.add(vectors.matrix(matrix, keys)));
                case VectorEntries spectrum -> splits.forEach(keys -> figures.add(vectors.spectrum(spectrum, keys)));
            }
        }
        return figures;
    }

    private static FigureSpec generic(String quantity, boolean scalar) {
        return scalar
                ? Curves.of(words(quantity), "", AxisScale.AUTO, quantity)
                : VectorEntries.of(words(quantity), "", quantity);
    }

    /** What has no layer makes a figure with splits or quantities as curves; the layers of a quantity make another. */
    private List<PageFigure> curves(Curves wanted, List<SeriesKey> members) {
        List<PageFigure> figures = new ArrayList<>();
        List<SeriesKey> whole =
                members.stream().filter(k -> k.layer().isEmpty()).toList();
        List<SeriesKey> layered =
                members.stream().filter(k -> !k.layer().isEmpty()).toList();
        boolean quantities = whole.stream().map(SeriesKey::quantity).distinct().count() > 1;
        boolean splits = whole.stream().map(SeriesKey::split).distinct().count() > 1;
        if (quantities && splits) {
            grouped(whole, SeriesKey::split)
                    .forEach((split, keys) -> figures.add(curves(
                            wanted,
                            inSplit(wanted.title(), split),
                            named(keys, k -> wanted.label(k.quantity())),
                            false)));
        } else if (!whole.isEmpty()) {
            figures.add(curves(
                    wanted,
                    wanted.title(),
                    named(whole, k -> quantities || k.split().isEmpty() ? wanted.label(k.quantity()) : k.split()),
                    false));
        }
        boolean manySplits = layered.stream().map(SeriesKey::split).distinct().count() > 1;
        grouped(layered, k -> k.quantity() + "@" + k.split()).values().forEach(keys -> {
            String quantity = keys.getFirst().quantity();
            String title = wanted.title()
                    + (wanted.quantities().size() > 1 ? ": " + wanted.label(quantity) : "")
                    + ", by layer";
            String full = manySplits ? inSplit(title, keys.getFirst().split()) : title;
            List<Variant> layers = named(keys, SeriesKey::layer);
            figures.add(curves(wanted, full, layers, true));
            if (wanted.againstDepth() && layers.size() > 1) {
                figures.add(DepthFigure.of(
                        wanted.title() + ", against depth",
                        "From input to output, a curve per look; medians over seeds.",
                        layers,
                        data,
                        pool));
            }
        });
        return figures;
    }

    private PageFigure curves(Curves wanted, String title, List<Variant> variants, boolean ordered) {
        CurvesFigure.Line line = wanted.line(
                        variants.stream().map(v -> v.key().quantity()).toList())
                .map(reference -> new CurvesFigure.Line(reference.label(), reference.value(classes)))
                .orElse(CurvesFigure.Line.NONE);
        return CurvesFigure.of(
                new CurvesFigure.Plan(title, wanted.caption(), wanted.scale(), variants, ordered, wanted.shown(), line),
                data,
                pool,
                points);
    }

    static String inSplit(String title, String split) {
        return split.isEmpty() ? title : title + ", " + split;
    }

    static List<Variant> named(List<SeriesKey> keys, Function<SeriesKey, String> label) {
        return keys.stream().map(k -> new Variant(label.apply(k), k)).toList();
    }

    private static Map<String, List<SeriesKey>> grouped(List<SeriesKey> keys, Function<SeriesKey, String> by) {
        return keys.stream().collect(Collectors.groupingBy(by, LinkedHashMap::new, Collectors.toList()));
    }

    /** K, the side of the first K x K matrix of all pairs of classes that was measured. */
    private static OptionalInt classes(StudyData data) {
        return data.instruments().stream()
                .flatMap(instrument -> instrument.figures().all().stream()
                        .filter(SquareMatrix.class::isInstance)
                        .flatMap(matrix -> matrix.quantities().stream())
                        .flatMap(quantity -> data.keys().stream()
                                .filter(key -> key.instrument().equals(instrument.name())
                                        && key.quantity().equals(quantity))))
                .filter(key -> VectorFigures.square(data, key))
                .flatMap(key -> data.traces(key).stream())
                .mapToInt(trace -> (int) Math.round(Math.sqrt(trace.values()[0].length)))
                .findFirst();
    }

    /** A name in lower case with hyphens as words: {@code class-means} as "Class means". */
    static String words(String name) {
        String spaced = name.replace('-', ' ').replace('_', ' ');
        return spaced.isEmpty() ? spaced : Character.toUpperCase(spaced.charAt(0)) + spaced.substring(1);
    }

    private static String sentence(String about) {
        return Character.toUpperCase(about.charAt(0)) + about.substring(1) + (about.endsWith(".") ? "" : ".");
    }
}
