package io.orrery.lab.book.export;

import io.orrery.lab.book.RecordedRun;
import io.orrery.lab.instrument.Measurement;
import io.orrery.lab.text.Json;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/**
 * Measurements as JSON, one object per line: study, run, seed, setting, step, instrument, quantity, layer, split, and
 * {@code values}, a list even of one number. NaN and infinities are null.
 */
public final class MeasurementJsonLines {
    private MeasurementJsonLines() {}

    /** Writes the measurements of runs. */
    public static void write(List<RecordedRun> runs, Writer out) throws IOException {
        for (RecordedRun run : runs) {
            for (Measurement measurement : run.measurements()) {
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
                                Json.array(measurement.values().stream()
                                        .map(Json::number)
                                        .toList()));
                out.write(line.write());
                out.write('\n');
            }
        }
    }
}
