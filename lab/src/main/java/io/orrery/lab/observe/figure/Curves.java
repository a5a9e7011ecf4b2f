package io.orrery.lab.observe.figure;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Numbers over time. What is read of the whole network makes a figure with splits or quantities as curves; what is read per
 * layer a figure of its own for each quantity and split, with layers as curves.
 *
 * @param curves quantities in order, each with its name in the legend; empty for the title
 * @param lines horizontal lines, by the quantity beside which they are drawn
 * @param againstDepth whether readings per layer are also drawn against depth
 */
public record Curves(
        String title,
        String caption,
        AxisScale scale,
        Map<String, String> curves,
        Map<String, Reference> lines,
        LayerShown shown,
        boolean againstDepth)
        implements FigureSpec {

    public Curves {
        curves = Collections.unmodifiableMap(new LinkedHashMap<>(curves));
        lines = Map.copyOf(lines);
    }

    /** Without curves yet. */
    public static Curves of(String title, String caption, AxisScale scale) {
        return new Curves(title, caption, scale, Map.of(), Map.of(), LayerShown.LAST, false);
    }

    /** The figure of a single quantity. */
    public static Curves of(String title, String caption, AxisScale scale, String quantity) {
        return of(title, caption, scale).curve(quantity, "");
    }

    /** With one more quantity, under a name. */
    public Curves curve(String quantity, String label) {
        Map<String, String> more = new LinkedHashMap<>(curves);
        more.put(quantity, label);
        return new Curves(title, caption, scale, more, lines, shown, againstDepth);
    }

    /** With a horizontal line wherever a quantity is drawn. */
    public Curves line(String quantity, Reference line) {
        Map<String, Reference> more = new LinkedHashMap<>(lines);
        more.put(quantity, line);
        return new Curves(title, caption, scale, curves, more, shown, againstDepth);
    }

    /** With another layer shown first. */
    public Curves showing(LayerShown layer) {
        return new Curves(title, caption, scale, curves, lines, layer, againstDepth);
    }

    /** With readings per layer drawn against depth too. */
    public Curves andAgainstDepth() {
        return new Curves(title, caption, scale, curves, lines, shown, true);
    }

    @Override
    public List<String> quantities() {
        return List.copyOf(curves.keySet());
    }

    /** The name of a quantity in the legend. */
    public String label(String quantity) {
        String label = curves.getOrDefault(quantity, "");
        return label.isEmpty() ? title : label;
    }

    /** The line that is drawn where these quantities are. */
    public Optional<Reference> line(List<String> drawn) {
        return drawn.stream().filter(lines::containsKey).findFirst().map(lines::get);
    }
}
