package io.orrery.app.report.figure;

import io.orrery.app.report.html.Numbers;
import io.orrery.app.report.series.GridPoint;
import io.orrery.app.report.series.StepPool;
import io.orrery.app.report.series.StudyData;
import io.orrery.app.report.series.Trace;
import io.orrery.app.report.series.Variant;
import io.orrery.lab.observe.figure.AxisScale;
import io.orrery.lab.observe.figure.LayerShown;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/** Numbers over time: per setting and variant a band over seeds, and every seed's own curve. */
final class CurvesFigure {
    private CurvesFigure() {}

    /**
     * What is to be drawn.
     *
     * @param ordered whether the variants are layers, from input to output, rather than kinds
     * @param shown which of the layers is shown first
     * @param reference a horizontal line that theory draws
     */
    record Plan(
            String title,
            String caption,
            AxisScale scale,
            List<Variant> variants,
            boolean ordered,
            LayerShown shown,
            Line reference) {}

    /** A horizontal line; none if its value is not finite. */
    record Line(String label, double value) {
        static final Line NONE = new Line("", Double.NaN);
    }

    /**
     * The figure.
     *
     * @param points at most this many points per curve
     */
    static PageFigure of(Plan plan, StudyData data, StepPool pool, int points) {
        List<Object> lines = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        Extent extent = new Extent();
        for (int v = 0; v < plan.variants().size(); v++) {
            for (GridPoint setting : data.settings()) {
                List<Trace> traces = data.traces(plan.variants().get(v).key(), setting);
                Band band = Band.over(VectorFigure.counted(traces));
                VectorFigure.counted(traces).forEach(extent::see);
                extent.see(band);
                if (!band.isEmpty()) {
                    lines.add(line(setting, v, traces, band, pool, points));
                    rows.add(row(plan, data, setting, plan.variants().get(v), band));
                }
            }
        }
        boolean log = switch (plan.scale()) {
            case LINEAR, PERCENT -> false;
            case LOG -> extent.positive() && !extent.curveAtZero();
            case LOG_OF_POSITIVE -> true;
            case AUTO -> extent.positive() && extent.wide();
        };
        Map<String, Object> chart = new LinkedHashMap<>();
        chart.put("kind", "curves");
        chart.put("scale", plan.scale() == AxisScale.PERCENT ? "percent" : log ? "log" : "linear");
        chart.put("variants", plan.variants().stream().map(Variant::label).toList());
        chart.put("ordered", plan.ordered());
        if (plan.ordered() && !plan.variants().isEmpty()) {
            chart.put("shown", plan.shown().index(plan.variants().size()));
        }
        chart.put("lines", lines);
        if (Double.isFinite(plan.reference().value())) {
            Map<String, Object> reference = new LinkedHashMap<>();
            reference.put("label", plan.reference().label());
            reference.put("value", plan.reference().value());
            chart.put("reference", reference);
        }
        String caption = log && extent.zeros() && plan.scale() != AxisScale.LOG_OF_POSITIVE
                ? plan.caption() + " Readings of exactly 0 cannot be shown on this axis."
                : plan.caption();
        return new PageFigure(
                plan.title(),
                (caption + onlyOf(data, lines)).strip(),
                chart,
                List.of(
                        "curve, median over seeds",
                        "first look",
                        "last look",
                        Band.spanned(data.settings()) + " at the last look"),
                rows);
    }

    /** Curves of a single setting of several are drawn as if they were of all: the caption says which it is. */
    private static String onlyOf(StudyData data, List<Object> lines) {
        List<Object> drawn = lines.stream()
                .map(line -> line instanceof Map<?, ?> map ? Objects.requireNonNull(map.get("s")) : 0)
                .distinct()
                .toList();
        return data.settings().size() > 1 && drawn.size() == 1 && drawn.getFirst() instanceof Integer index
                ? " Only for " + data.settings().get(index).label() + "."
                : "";
    }

    private static Map<String, Object> line(
            GridPoint setting, int variant, List<Trace> traces, Band band, StepPool pool, int points) {
        Band thin = band.thinned(points);
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("s", setting.index());
        line.put("v", variant);
        line.put("x", pool.index(thin.steps()));
        line.put("m", thin.median());
        if (traces.size() > 1) {
            line.put("lo", thin.low());
            line.put("hi", thin.high());
            line.put(
                    "seeds",
                    traces.stream()
                            .map(t -> seed(t, pool, points))
                            .filter(s -> !s.isEmpty())
                            .toList());
        } else if (traces.getFirst().diverged()) {
            line.put("seeds", List.of(seed(traces.getFirst(), pool, points)));
        }
        return line;
    }

    private static Map<String, Object> seed(Trace trace, StepPool pool, int points) {
        int[] chosen = Band.thin(trace.steps(), points);
        long[] steps = new long[chosen.length];
        double[] values = new double[chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            steps[i] = trace.steps()[chosen[i]];
            values[i] = trace.at(steps[i]);
        }
        Map<String, Object> seed = new LinkedHashMap<>();
        seed.put("n", trace.run().seed());
        seed.put("x", pool.index(steps));
        seed.put("y", values);
        if (trace.diverged()) {
            seed.put("d", 1);
        }
        return seed;
    }

    private static List<String> row(Plan plan, StudyData data, GridPoint setting, Variant variant, Band band) {
        String name = data.settings().size() == 1
                ? variant.label()
                : plan.variants().size() == 1 ? setting.label() : setting.label() + ", " + variant.label();
        int last = band.steps().length - 1;
        boolean percent = plan.scale() == AxisScale.PERCENT;
        return List.of(
                name,
                text(band.median()[0], percent),
                text(band.median()[last], percent),
                band.low()[last] == band.high()[last]
                        ? "one value"
                        : text(band.low()[last], percent) + " to " + text(band.high()[last], percent));
    }

    private static String text(double value, boolean percent) {
        return percent ? Numbers.percent(value) : Numbers.text(value);
    }

    /** What readings span. */
    private static final class Extent {
        private OptionalDouble low = OptionalDouble.empty();
        private OptionalDouble high = OptionalDouble.empty();
        private boolean negative;
        private boolean zeros;
        private boolean curveAtZero;

        void see(Trace trace) {
            for (double[] reading : trace.values()) {
                if (reading.length != 1 || !Double.isFinite(reading[0])) {
                    continue;
                }
                double value = reading[0];
                negative |= value < 0;
                zeros |= value == 0;
                if (value > 0) {
                    low = OptionalDouble.of(Math.min(value, low.orElse(value)));
                    high = OptionalDouble.of(Math.max(value, high.orElse(value)));
                }
            }
        }

        /** A curve that lies on 0 beyond its first step would vanish from a logarithmic axis, and its band would fill it. */
        void see(Band band) {
            curveAtZero |= Arrays.stream(band.median()).skip(1).anyMatch(value -> value == 0);
        }

        boolean curveAtZero() {
            return curveAtZero;
        }

        boolean positive() {
            return !negative && low.isPresent();
        }

        boolean zeros() {
            return zeros;
        }

        boolean wide() {
            return !zeros && high.orElse(1) > 100 * low.orElse(1);
        }
    }
}
