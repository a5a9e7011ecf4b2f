package io.orrery.lab.book.export;

import io.orrery.lab.UserError;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.text.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.function.Consumer;

/**
 * Measurements as JSON, one object per line: study, run, seed, setting, step, instrument, quantity, layer, split, and
 * {@code values}, a list even of one number. NaN and infinities are null.
 */
public final class MeasurementJsonLines {
    private MeasurementJsonLines() {}

    /**
     * Writes the measurements of runs.
     *
     * @param omitted is told of each damaged run, of which nothing is written
     */
    public static void write(List<ExportedRun> runs, Writer out, Consumer<UserError> omitted) throws IOException {
        try {
            for (ExportedRun run : runs) {
                run.measurements(measurement -> line(run, measurement, out), omitted);
            }
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
    }

    private static void line(ExportedRun run, Measurement measurement, Writer out) {
        Json.Fields line = Json.object()
                .put("study", run.study())
                .put("run", run.id())
                .put("seed", run.seed())
                .put("setting", Json.texts(run.setting()))
                .put("step", measurement.step())
                .put("instrument", measurement.instrument())
                .put("quantity", measurement.quantity())
                .put("layer", measurement.layer())
                .put("split", measurement.split())
                .put(
                        "values",
                        Json.array(
                                measurement.values().stream().map(Json::number).toList()));
        try {
            out.write(line.write());
            out.write('\n');
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
