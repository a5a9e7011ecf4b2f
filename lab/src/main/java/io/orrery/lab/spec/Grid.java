package io.orrery.lab.spec;

import io.orrery.lab.UserError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The settings of a study: every combination of the values listed under {@code grid:}. */
public record Grid(Map<String, List<Tree>> axes) {
    static final int MOST = 10_000;

    /** One combination: the spec's block with it, and its values as text by dotted key. */
    public record Point(Tree.Block block, Map<String, String> setting) {}

    /** The axes of {@code grid:}. */
    public static Grid read(Tree tree) {
        if (!(tree instanceof Tree.Block block)) {
            throw new UserError(tree.origin()
                    + ": grid: expected a block such as 'optimizer.learningRate: [0.1, 0.2]', found " + tree.found());
        }
        Map<String, List<Tree>> axes = new LinkedHashMap<>();
        block.entries().forEach((key, entry) -> axes.put(key, axis(key, entry)));
        return new Grid(axes);
    }

    private static List<Tree> axis(String key, Tree.Entry entry) {
        String where = entry.origin() + ": grid: " + key + ": ";
        if (entry.value() instanceof Tree.Block block && !block.entries().isEmpty()) {
            String inner = block.entries().firstEntry().getKey();
            throw new UserError(
                    where + "expected a list of values; join the keys with dots: '" + key + "." + inner + ": [...]'");
        }
        if (!(entry.value() instanceof Tree.Items items) || items.values().isEmpty()) {
            throw new UserError(where + "expected a list of at least one value, found "
                    + (entry.value() instanceof Tree.Items
                            ? "an empty one"
                            : entry.value().found()));
        }
        String first = key.split("\\.", -1)[0];
        if (Set.of("name", "measure", "seeds", "grid", "question", "description")
                .contains(first)) {
            throw new UserError(
                    where + "'" + first + "' does not change a run, so runs would be equal; a grid takes keys "
                            + "of precision, data, model, loss, optimizer, decay, schedule and stop");
        }
        Set<String> seen = new java.util.HashSet<>();
        for (Tree value : items.values()) {
            if (!seen.add(value.text())) {
                throw new UserError(where + "the value " + value.text() + " stands twice");
            }
        }
        return items.values();
    }

    /** Every combination, the last axis varying fastest; the block itself if there are no axes. */
    public List<Point> points(Tree.Block block) {
        long count =
                axes.values().stream().mapToLong(List::size).reduce(1, (a, b) -> Math.min(a * b, Integer.MAX_VALUE));
        if (count > MOST) {
            throw new UserError(block.locate("grid") + ": grid: at most " + MOST + " settings, found " + sizes());
        }
        List<Point> points = List.of(new Point(block, Map.of()));
        for (var axis : axes.entrySet()) {
            List<Point> longer = new ArrayList<>();
            for (Point point : points) {
                for (Tree value : axis.getValue()) {
                    Map<String, String> setting = new LinkedHashMap<>(point.setting);
                    setting.put(axis.getKey(), value.text());
                    longer.add(new Point(point.block.with(axis.getKey(), value), setting));
                }
            }
            points = longer;
        }
        return points;
    }

    private String sizes() {
        return axes.values().stream()
                .map(values -> Integer.toString(values.size()))
                .collect(Collectors.joining(" x "));
    }
}
