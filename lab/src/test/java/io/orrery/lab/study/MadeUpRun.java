package io.orrery.lab.study;

import io.orrery.lab.book.RecordedRun;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.run.RunEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs made of measurements written down in a test. */
final class MadeUpRun {
    private final long seed;
    private final List<Measurement> measurements = new ArrayList<>();
    private Map<String, String> setting = Map.of();
    private String spec = "{\"decay\":{\"lambda\":0.0005},\"loss\":{\"kind\":\"square\"}}";
    private Optional<RunEnd.Status> status = Optional.of(RunEnd.Status.DONE);
    private long steps = 100;

    MadeUpRun(long seed) {
        this.seed = seed;
    }

    /** The decay, in the setting and in the spec. */
    MadeUpRun decay(String lambda) {
        setting = Map.of("decay.lambda", lambda);
        spec = "{\"decay\":{\"lambda\":" + lambda + "},\"loss\":{\"kind\":\"square\"}}";
        return this;
    }

    MadeUpRun spec(String json) {
        spec = json;
        return this;
    }

    MadeUpRun ended(RunEnd.Status how, long at) {
        status = Optional.of(how);
        steps = at;
        return this;
    }

    MadeUpRun underWay() {
        status = Optional.empty();
        return this;
    }

    /** Readings of {@code instrument.quantity}, {@code /layer} and {@code @split} where they apply, evenly from step 0 to 100. */
    MadeUpRun read(String series, double... values) {
        for (int i = 0; i < values.length; i++) {
            reading(series, values.length == 1 ? 0 : 100L * i / (values.length - 1), values[i]);
        }
        return this;
    }

    MadeUpRun reading(String series, long step, double value) {
        String[] parts = series.split("[.@/]");
        String layer = series.contains("/") ? series.replaceAll(".*/", "").replaceAll("@.*", "") : "";
        String split = series.contains("@") ? series.replaceAll(".*@", "") : "";
        measurements.add(Measurement.of(step, parts[0], parts[1], layer, split, value));
        return this;
    }

    RecordedRun run() {
        return new RecordedRun(
                "study",
                "run" + seed,
                seed,
                setting,
                spec,
                Map.of(),
                List.copyOf(measurements),
                status.map(how -> new RunEnd(how, steps, "", "", "", Map.of())));
    }
}
