package io.orrery.app.report;

import io.orrery.app.report.CurvesFigure.Scale;
import java.util.ArrayList;
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
final class Sections {
    /** Numbers that all curves of a page may hold together: about a megabyte. */
    private static final int BUDGET = 120_000;

    private static final List<String> SPLITS = List.of("", "train", "validation", "test");

    private final StudyData data;
    private final StepPool pool;
    private final int points;
    private final OptionalInt classes;

    Sections(StudyData data, StepPool pool) {
        this.data = data;
        this.pool = pool;
        int curves = data.keys().stream()
                .filter(data::scalar)
                .mapToInt(key -> 3 * data.settings().size() + data.traces(key).size())
                .sum();
        this.points = Math.clamp(BUDGET / Math.max(1, curves), 30, 160);
        this.classes = classes(data);
    }

    /** The sections in the order of the registry of instruments, unknown instruments last. */
    List<Section> all() {
        Set<String> present =
                data.keys().stream().map(SeriesKey::instrument).collect(Collectors.toCollection(LinkedHashSet::new));
        Set<String> instruments = new LinkedHashSet<>(Catalogue.order());
        instruments.retainAll(present);
        instruments.addAll(present);
        return instruments.stream().map(this::section).toList();
    }

    private Section section(String instrument) {
        List<SeriesKey> keys = data.keys().stream()
                .filter(k -> k.instrument().equals(instrument))
                .toList();
        List<SeriesKey> scalars = keys.stream()
                .filter(data::scalar)
                .sorted(Comparator.comparingInt(k -> SPLITS.indexOf(k.split())))
                .toList();
        Set<SeriesKey> rest = new LinkedHashSet<>(scalars);
        List<Figure> figures = new ArrayList<>();
        List<Figure> further = new ArrayList<>();
        for (Catalogue.Curves known : Catalogue.curves(instrument)) {
            List<SeriesKey> members = known.quantities().keySet().stream()
                    .flatMap(q -> scalars.stream().filter(k -> k.quantity().equals(q)))
                    .toList();
            members.forEach(rest::remove);
            figures.addAll(curves(known, members));
        }
        grouped(List.copyOf(rest), SeriesKey::quantity).forEach((quantity, members) -> {
            List<Figure> place = Catalogue.further(instrument, quantity) ? further : figures;
            place.addAll(curves(generic(instrument, quantity), members));
        });
        List<SeriesKey> vectors = keys.stream().filter(k -> !data.scalar(k)).toList();
        grouped(vectors, SeriesKey::quantity)
                .forEach((quantity, members) -> grouped(members, SeriesKey::split)
                        .values()
                        .forEach(split ->
                                figures.add(new VectorFigures(data, pool, classes).of(instrument, quantity, split))));
        return new Section(
                Html.anchor("measured-" + instrument),
                Catalogue.section(instrument),
                Catalogue.about(instrument).map(Sections::sentence).orElse(""),
                figures,
                further);
    }

    private static Catalogue.Curves generic(String instrument, String quantity) {
        return new Catalogue.Curves(
                instrument, Catalogue.words(quantity), "", Scale.AUTO, Map.of(quantity, Catalogue.words(quantity)));
    }

    /** What has no layer makes a figure with splits or quantities as curves; the layers of a quantity make another. */
    private List<Figure> curves(Catalogue.Curves known, List<SeriesKey> members) {
        List<Figure> figures = new ArrayList<>();
        List<SeriesKey> whole =
                members.stream().filter(k -> k.layer().isEmpty()).toList();
        List<SeriesKey> layered =
                members.stream().filter(k -> !k.layer().isEmpty()).toList();
        boolean quantities = whole.stream().map(SeriesKey::quantity).distinct().count() > 1;
        boolean splits = whole.stream().map(SeriesKey::split).distinct().count() > 1;
        if (quantities && splits) {
            grouped(whole, SeriesKey::split)
                    .forEach((split, keys) -> figures.add(
                            curves(known, inSplit(known.title(), split), named(keys, k -> quantity(known, k)), false)));
        } else if (!whole.isEmpty()) {
            figures.add(curves(
                    known,
                    known.title(),
                    named(whole, k -> quantities || k.split().isEmpty() ? quantity(known, k) : k.split()),
                    false));
        }
        boolean manySplits = layered.stream().map(SeriesKey::split).distinct().count() > 1;
        grouped(layered, k -> k.quantity() + "@" + k.split()).values().forEach(keys -> {
            String title = known.title() + ", by layer";
            String full = manySplits ? inSplit(title, keys.getFirst().split()) : title;
            List<Variant> layers = named(keys, SeriesKey::layer);
            figures.add(curves(known, full, layers, true));
            if (keys.getFirst().instrument().equals("neural-collapse") && layers.size() > 1) {
                figures.add(DepthFigure.of(
                        known.title() + ", against depth",
                        "From input to output, a curve per look; medians over seeds.",
                        layers,
                        data,
                        pool));
            }
        });
        return figures;
    }

    private Figure curves(Catalogue.Curves known, String title, List<Variant> variants, boolean ordered) {
        CurvesFigure.Line reference = variants.stream()
                .map(Variant::key)
                .flatMap(key -> Catalogue.reference(key.instrument(), key.quantity()).stream())
                .findFirst()
                .map(line -> new CurvesFigure.Line(
                        line.label(),
                        classes.isPresent() ? line.value().applyAsDouble(classes.getAsInt()) : Double.NaN))
                .orElse(CurvesFigure.Line.NONE);
        return CurvesFigure.of(
                new CurvesFigure.Plan(title, known.caption(), known.scale(), variants, ordered, reference),
                data,
                pool,
                points);
    }

    private static String quantity(Catalogue.Curves known, SeriesKey key) {
        String label = known.quantities().getOrDefault(key.quantity(), "");
        return label.isEmpty() ? known.title() : label;
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

    /** K, from the K x K cosines of class means where they were measured. */
    private static OptionalInt classes(StudyData data) {
        return data.traces(VectorFigures.COSINES).stream()
                .mapToInt(t -> (int) Math.round(Math.sqrt(t.values()[0].length)))
                .filter(k -> k > 1)
                .findFirst();
    }

    private static String sentence(String about) {
        return Character.toUpperCase(about.charAt(0)) + about.substring(1) + (about.endsWith(".") ? "" : ".");
    }
}
