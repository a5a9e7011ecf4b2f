package io.orrery.app.report.claim;

import io.orrery.app.report.figure.Band;
import io.orrery.app.report.figure.PageFigure;
import io.orrery.app.report.html.Numbers;
import io.orrery.lab.claim.Arm;
import io.orrery.lab.claim.Figure.Axis;
import io.orrery.lab.claim.Figure.Curve;
import io.orrery.lab.claim.Figure.Mark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A claim's figure as the page draws it: median and range over seeds where curves are lines, a dot per seed elsewhere. What is
 * called "NAME, theory" has the colour of NAME.
 */
final class ClaimFigure {
    private static final int POINTS = 160;
    private static final String THEORY = ", theory";

    private ClaimFigure() {}

    /**
     * The figure.
     *
     * @param wide whether it takes the page's whole width
     */
    static PageFigure of(io.orrery.lab.claim.Figure figure, boolean wide) {
        Map<String, Object> chart = new LinkedHashMap<>();
        chart.put("kind", "claim");
        chart.put("wide", wide);
        chart.put("x", axis(figure.x()));
        chart.put("y", axis(figure.y()));
        chart.put("marks", figure.marks().stream().map(ClaimFigure::mark).toList());
        List<Object> lines = new ArrayList<>();
        List<String> measured =
                figure.curves().stream().map(ClaimFigure::measured).distinct().toList();
        for (int i = 0; i < figure.curves().size(); i++) {
            Curve curve = figure.curves().get(i);
            lines.add(line(curve, i, measured.indexOf(measured(curve)), figure.x()));
        }
        chart.put("colours", measured.size());
        chart.put("lines", lines);
        boolean categories = !figure.x().categories().isEmpty();
        return new PageFigure(
                figure.title(),
                figure.caption(),
                chart,
                categories
                        ? List.of("curve", "place", "median over seeds", "range")
                        : List.of("curve", "first", "last", "range of the last"),
                figure.curves().stream()
                        .flatMap(curve -> (categories ? places(curve, figure.x()) : ends(curve)).stream())
                        .toList());
    }

    private static Map<String, Object> axis(Axis axis) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("label", axis.label());
        map.put("log", axis.logarithmic());
        map.put("categories", axis.categories());
        return map;
    }

    private static Map<String, Object> mark(Mark mark) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", mark.name());
        map.put("value", mark.value());
        return map;
    }

    private static Map<String, Object> line(Curve curve, int number, int colour, Axis x) {
        int[] kept = kept(curve, x);
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("s", 0);
        line.put("v", number);
        line.put("c", colour);
        line.put("name", name(curve));
        line.put("theory", !measured(curve).equals(curve.name()));
        line.put("control", curve.part() == Arm.Part.CONTROL);
        line.put("line", curve.line());
        line.put("x", pick(curve.x(), kept));
        line.put("m", pick(curve.middle(), kept));
        if (curve.values().length > 1) {
            line.put("lo", pick(curve.low(), kept));
            line.put("hi", pick(curve.high(), kept));
        }
        line.put(
                "seeds",
                Arrays.stream(curve.values()).map(seed -> pick(seed, kept)).toList());
        return line;
    }

    /** The name of what a curve of theory is about; its own name if it is none. */
    private static String measured(Curve curve) {
        return curve.name().endsWith(THEORY)
                ? curve.name().substring(0, curve.name().length() - THEORY.length())
                : curve.name();
    }

    private static String name(Curve curve) {
        return curve.part() == Arm.Part.CONTROL ? curve.name() + " (control)" : curve.name();
    }

    /** Which places are drawn: what stands on the axis, no more than a chart can show. */
    private static int[] kept(Curve curve, Axis x) {
        int[] places = IntStream.range(0, curve.x().length)
                .filter(place -> !x.logarithmic() || curve.x()[place] > 0)
                .toArray();
        if (!curve.line() || places.length <= POINTS) {
            return places;
        }
        int[] chosen = Band.thin(
                Arrays.stream(places)
                        .mapToLong(place -> (long) curve.x()[place])
                        .toArray(),
                POINTS);
        return Arrays.stream(chosen).map(i -> places[i]).toArray();
    }

    private static double[] pick(double[] values, int[] places) {
        return Arrays.stream(places).mapToDouble(place -> values[place]).toArray();
    }

    private static List<List<String>> ends(Curve curve) {
        double[] middle = curve.middle();
        if (middle.length == 0) {
            return List.of();
        }
        int last = middle.length - 1;
        return List.of(List.of(name(curve), Numbers.text(middle[0]), Numbers.text(middle[last]), range(curve, last)));
    }

    private static List<List<String>> places(Curve curve, Axis x) {
        double[] middle = curve.middle();
        return IntStream.range(0, middle.length)
                .mapToObj(place -> List.of(
                        name(curve), category(curve.x()[place], x), Numbers.text(middle[place]), range(curve, place)))
                .toList();
    }

    private static String category(double place, Axis x) {
        int index = (int) place;
        return index >= 0 && index < x.categories().size() ? x.categories().get(index) : Numbers.text(place);
    }

    private static String range(Curve curve, int place) {
        double low = curve.low()[place];
        double high = curve.high()[place];
        return low == high || Double.isNaN(low) ? "one value" : Numbers.text(low) + " to " + Numbers.text(high);
    }
}
