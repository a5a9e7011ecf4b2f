package io.orrery.lab.book.export;

import io.orrery.lab.UserError;
import io.orrery.lab.observe.Measurement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Measurements as CSV (RFC 4180, lines ending in a line feed): one line per number, a vector's numbers one after another
 * with their index. The columns are {@code study, run, seed}, one per key of the grids, and {@code step, instrument,
 * quantity, layer, split, index, value}. Doubles read back exactly; NaN and Infinity stand as such.
 */
public final class MeasurementCsv {
    private MeasurementCsv() {}

    /**
     * Writes the measurements of runs, after a line of column names.
     *
     * @param omitted is told of each damaged run, of which nothing is written
     */
    public static void write(List<ExportedRun> runs, Writer out, Consumer<UserError> omitted) throws IOException {
        List<String> keys = List.copyOf(runs.stream()
                .flatMap(run -> run.setting().keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new)));
        line(
                Stream.of(
                                Stream.of("study", "run", "seed"),
                                keys.stream(),
                                Stream.of("step", "instrument", "quantity", "layer", "split", "index", "value"))
                        .flatMap(columns -> columns),
                out);
        try {
            for (ExportedRun run : runs) {
                run.measurements(measurement -> measurement(run, keys, measurement, out), omitted);
            }
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
    }

    private static void measurement(ExportedRun run, List<String> keys, Measurement measurement, Writer out) {
        try {
            lines(run, keys, measurement, out);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void lines(ExportedRun run, List<String> keys, Measurement measurement, Writer out)
            throws IOException {
        for (int index = 0; index < measurement.values().size(); index++) {
            line(
                    Stream.of(
                                    Stream.of(run.study(), run.id(), Long.toString(run.seed())),
                                    keys.stream().map(key -> run.setting().getOrDefault(key, "")),
                                    Stream.of(
                                            Long.toString(measurement.step()),
                                            measurement.instrument(),
                                            measurement.quantity(),
                                            measurement.layer(),
                                            measurement.split(),
                                            Integer.toString(index),
                                            measurement.values().get(index).toString()))
                            .flatMap(columns -> columns),
                    out);
        }
    }

    private static void line(Stream<String> cells, Writer out) throws IOException {
        out.write(cells.map(MeasurementCsv::cell).collect(Collectors.joining(",", "", "\n")));
    }

    private static String cell(String text) {
        boolean plain = text.chars().noneMatch(unit -> unit == ',' || unit == '"' || unit == '\n' || unit == '\r');
        return plain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }
}
