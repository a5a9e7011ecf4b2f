package io.orrery.app.command;

import io.orrery.app.command.common.CommonOptions;
import io.orrery.app.terminal.TextTable;
import io.orrery.lab.UserError;
import io.orrery.lab.spec.Serves;
import io.orrery.lab.text.Json;
import io.orrery.lab.text.Nearest;
import io.orrery.lab.theory.shape.SlidingLayer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The sizes of images on their way through layers that slide a window. */
@Serves("002-089")
@Command(
        name = "shape",
        description = "Calculates the sizes of images behind convolutions, poolings and transposed convolutions.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Layers are conv, pool and transposed, with any of kernel (3), stride (1; a",
            "pooling's is its kernel), padding (0), dilation (1) and, of transposed ones,",
            "extra (0): places added at the end.",
            "",
            "Examples:",
            "  orrery shape 28 conv:kernel=5,padding=2 pool:kernel=2",
            "  orrery shape 32x24 conv:stride=2,padding=1 conv:dilation=2",
            "  orrery shape 7 transposed:kernel=4,stride=2,padding=1"
        })
public final class ShapeCommand implements Callable<Integer> {
    private static final List<String> KEYS = List.of("kernel", "stride", "padding", "dilation", "extra");

    @Mixin
    private CommonOptions common;

    @Parameters(index = "0", paramLabel = "SIZE", description = "Height and width: 28 or 32x24.")
    private String size = "";

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "LAYER",
            description = "Such as conv:kernel=3,stride=2, in the order of the network.")
    private List<String> layers = List.of();

    @Override
    public Integer call() {
        long[] sides = sides(size);
        TextTable table = new TextTable("LAYER", "OUTPUT", "PLACES");
        table.row("input", text(sides), Long.toString(sides[0] * sides[1]));
        for (String layer : layers) {
            SlidingLayer sliding = layer(layer);
            long[] next = {side(layer, sliding, sides[0]), side(layer, sliding, sides[1])};
            table.row(layer, text(next), Long.toString(next[0] * next[1]));
            if (common.json()) {
                System.out.println(Json.object()
                        .put("layer", layer)
                        .put("height", next[0])
                        .put("width", next[1])
                        .write());
            }
            sides = next;
        }
        if (!common.json()) {
            table.lines().forEach(System.out::println);
        }
        return 0;
    }

    private static String text(long[] sides) {
        return sides[0] + "x" + sides[1];
    }

    private static long side(String layer, SlidingLayer sliding, long side) {
        try {
            return sliding.output(side);
        } catch (IllegalArgumentException misfit) {
            throw new UserError(layer + ": " + misfit.getMessage(), misfit);
        }
    }

    static long[] sides(String size) {
        String[] parts = size.split("x", -1);
        if (parts.length > 2) {
            throw new UserError("expected a size such as 28 or 32x24, found '" + size + "'");
        }
        long height = number(size, "a size", parts[0], 1);
        return new long[] {height, parts.length == 1 ? height : number(size, "a size", parts[1], 1)};
    }

    /**
     * A layer from its text.
     *
     * @throws UserError if it is none, with the nearest
     */
    static SlidingLayer layer(String text) {
        String[] parts = text.split(":", 2);
        List<String> kinds = Arrays.stream(SlidingLayer.Kind.values())
                .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                .toList();
        if (!kinds.contains(parts[0])) {
            throw new UserError(text + ": there is no layer '" + parts[0] + "'; " + Nearest.hint(parts[0], kinds));
        }
        SlidingLayer.Kind kind = SlidingLayer.Kind.values()[kinds.indexOf(parts[0])];
        Map<String, Integer> given = parts.length == 1 ? Map.of() : given(text, parts[1]);
        int kernel = given.getOrDefault("kernel", 3);
        try {
            return new SlidingLayer(
                    kind,
                    kernel,
                    given.getOrDefault("stride", kind == SlidingLayer.Kind.POOL ? kernel : 1),
                    given.getOrDefault("padding", 0),
                    given.getOrDefault("dilation", 1),
                    given.getOrDefault("extra", 0));
        } catch (IllegalArgumentException wrong) {
            throw new UserError(text + ": " + wrong.getMessage(), wrong);
        }
    }

    private static Map<String, Integer> given(String text, String settings) {
        Map<String, Integer> given = new LinkedHashMap<>();
        for (String setting : settings.split(",", -1)) {
            String[] sides = setting.split("=", 2);
            if (sides.length < 2) {
                throw new UserError(text + ": expected KEY=NUMBER, found '" + setting + "'");
            }
            if (!KEYS.contains(sides[0])) {
                throw new UserError(text + ": there is no key '" + sides[0] + "'; " + Nearest.hint(sides[0], KEYS));
            }
            if (given.put(sides[0], number(text, sides[0], sides[1], 0)) != null) {
                throw new UserError(text + ": " + sides[0] + " is given twice");
            }
        }
        return given;
    }

    private static int number(String text, String what, String digits, int least) {
        try {
            int number = Integer.parseInt(digits);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException wrong) {
            throw new UserError(text + ": expected a whole number for " + what + ", found '" + digits + "'", wrong);
        }
        throw new UserError(text + ": expected at least " + least + " for " + what + ", found " + digits);
    }
}
