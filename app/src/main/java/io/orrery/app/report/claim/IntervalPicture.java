package io.orrery.app.report.claim;

import io.orrery.app.report.html.Html;
import io.orrery.lab.judge.statistics.Plain;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/** An effect's interval against where it was predicted to lie, as a small drawing in the page itself. */
final class IntervalPicture {
    private static final double WIDTH = 220;
    private static final double MARGIN = 10;
    /** Numbers further apart than this are drawn on a logarithmic axis. */
    private static final double WIDE = 12;

    private static final double ROOM = 0.14;

    private IntervalPicture() {}

    /**
     * The drawing.
     *
     * @param low end of the interval; NaN if there is none
     * @param from where the prediction begins, minus infinity for no limit
     * @param to where it ends, infinity for no limit
     * @param style of the interval: supported, refuted, inconclusive or control
     */
    static String of(double effect, double low, double high, double from, double to, String style) {
        double[] numbers = Arrays.stream(new double[] {effect, low, high, from, to})
                .filter(Double::isFinite)
                .toArray();
        if (numbers.length == 0) {
            return "";
        }
        DoubleUnaryOperator x = axis(numbers);
        double left = from == Double.NEGATIVE_INFINITY ? 0 : x.applyAsDouble(from);
        double right = to == Double.POSITIVE_INFINITY ? WIDTH : x.applyAsDouble(to);
        StringBuilder svg = new StringBuilder("<svg class=\"interval ")
                .append(Html.escape(style))
                .append("\" viewBox=\"0 0 220 38\" width=\"220\" height=\"38\" role=\"img\" aria-label=\"")
                .append(Html.escape(words(effect, low, high, from, to)))
                .append("\">");
        // A point as a prediction has no width; what is drawn has.
        svg.append(rectangle(Math.min(left, right - 1.5), Math.max(right, left + 1.5)));
        svg.append("<line class=\"axis\" x1=\"0\" x2=\"220\" y1=\"14\" y2=\"14\"/>");
        if (from == to) {
            svg.append(limit(left, from, "middle"));
        } else {
            boolean both = Double.isFinite(from) && Double.isFinite(to);
            svg.append(Double.isFinite(from) ? limit(left, from, both && left > 40 ? "end" : "middle") : "");
            svg.append(Double.isFinite(to) ? limit(right, to, both && right < 180 ? "start" : "middle") : "");
        }
        if (Double.isFinite(effect)) {
            if (Double.isFinite(low) && Double.isFinite(high) && low != high) {
                svg.append(String.format(
                        Locale.ROOT,
                        "<line class=\"spread\" x1=\"%.1f\" x2=\"%.1f\" y1=\"14\" y2=\"14\"/>",
                        x.applyAsDouble(low),
                        x.applyAsDouble(high)));
            }
            svg.append(String.format(
                    Locale.ROOT,
                    "<circle class=\"effect\" cx=\"%.1f\" cy=\"14\" r=\"4.5\"/>",
                    x.applyAsDouble(effect)));
        }
        return svg.append("</svg>").toString();
    }

    private static String rectangle(double left, double right) {
        return String.format(
                Locale.ROOT,
                "<rect class=\"predicted\" x=\"%.1f\" y=\"4\" width=\"%.1f\" height=\"20\" rx=\"2\"/>",
                left,
                right - left);
    }

    private static String limit(double place, double value, String anchor) {
        String text = Plain.number(value).replace('-', '−');
        // A number at the edge must not be cut off.
        double reach = 3.2 * text.length();
        double shifted = anchor.equals("middle") ? Math.min(Math.max(place, reach), WIDTH - reach) : place;
        return String.format(
                Locale.ROOT,
                "<line class=\"limit\" x1=\"%.1f\" x2=\"%.1f\" y1=\"3\" y2=\"25\"/>"
                        + "<text x=\"%.1f\" y=\"36\" text-anchor=\"%s\">%s</text>",
                place,
                place,
                shifted,
                anchor,
                Html.escape(text));
    }

    private static DoubleUnaryOperator axis(double[] numbers) {
        double least = Arrays.stream(numbers).min().orElse(0);
        double most = Arrays.stream(numbers).max().orElse(1);
        boolean log = least > 0 && most > WIDE * least;
        DoubleUnaryOperator scale = log ? Math::log : DoubleUnaryOperator.identity();
        double first = scale.applyAsDouble(least);
        double last = scale.applyAsDouble(most);
        double span = last > first ? last - first : Math.max(Math.abs(first), 1e-300);
        double begin = first - ROOM * span;
        double width = last - first + 2 * ROOM * span;
        return value -> MARGIN + (WIDTH - 2 * MARGIN) * Math.clamp((scale.applyAsDouble(value) - begin) / width, 0, 1);
    }

    private static String words(double effect, double low, double high, double from, double to) {
        String predicted = from == Double.NEGATIVE_INFINITY
                ? "at most " + Plain.number(to)
                : to == Double.POSITIVE_INFINITY
                        ? "at least " + Plain.number(from)
                        : "between " + Plain.number(from) + " and " + Plain.number(to);
        return "effect " + Plain.number(effect)
                + (Double.isFinite(low) && low != high
                        ? ", interval " + Plain.number(low) + " to " + Plain.number(high)
                        : "")
                + ", predicted " + predicted;
    }
}
