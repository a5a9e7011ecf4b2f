package io.orrery.lab.book;

import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.state.State;
import io.orrery.engine.state.StateLayout;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.run.RunEnd;
import io.orrery.lab.setup.RunId;
import io.orrery.lab.setup.RunIdentity;
import io.orrery.lab.setup.Spec;
import io.orrery.lab.setup.SpecDocument;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Small runs for the tests of the lab book. */
public final class BookExamples {
    static final Map<String, String> PROVENANCE = Map.of("version", "0.1.0");

    private BookExamples() {}

    static RunIdentity identity(long seed, String... settings) {
        SpecDocument document = SpecDocument.of("name: tiny", "test");
        Map<String, String> setting = new LinkedHashMap<>();
        for (String given : settings) {
            document = document.with(given);
            setting.put(given.substring(0, given.indexOf('=')), given.substring(given.indexOf('=') + 1));
        }
        Spec spec = document.spec();
        return new RunIdentity(RunId.of(spec, seed, Map.of()), spec, seed, setting);
    }

    public static State state(Precision precision, double first) {
        LinkedHashMap<String, Shape> shapes = new LinkedHashMap<>();
        shapes.put("layers.0.weight", Shape.of(2, 3));
        shapes.put("step", Shape.SCALAR);
        State state = new State(new StateLayout(precision, shapes));
        state.write("layers.0.weight", new double[] {first, -0.0, Double.NaN, 1e-30, Double.NEGATIVE_INFINITY, 0.1});
        state.write("step", new double[] {first * 2});
        return state;
    }

    static List<Measurement> look(long step) {
        return List.of(
                Measurement.of(step, "loss", "loss", "", "train", 1.0 / (step + 1)),
                new Measurement(step, "rank", "spectrum", "layers.0", "", List.of(3.5, Double.NaN, -0.0)));
    }

    static RunEnd end(RunEnd.Status status, long steps) {
        return new RunEnd(
                status,
                steps,
                "ab",
                "cd",
                "all steps done",
                Map.of("training", 1.5),
                List.of("Gradients: read at 5 of 34 looks."));
    }

    /** Looks at steps 0 to last - 1, a checkpoint before each look with an odd step, no end. */
    static void train(RunWriter writer, long from, long last) {
        for (long step = from; step < last; step++) {
            writer.measured(look(step));
            if (step % 2 == 1) {
                writer.checkpoint(step + 1, state(Precision.SINGLE, step), Map.of("looks", Long.toString(step + 1)));
            }
        }
    }
}
