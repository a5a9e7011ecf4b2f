package io.orrery.lab.book.export;

import io.orrery.lab.UserError;
import io.orrery.lab.book.BookedRun;
import io.orrery.lab.book.LabBook;
import io.orrery.lab.book.RecordedRun;
import io.orrery.lab.observe.Measurement;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A run whose measurements are handed over one after another when they are written, so that none need be in memory.
 *
 * @param source hands over all measurements in order; throws a {@link UserError} before the first if the run is damaged
 */
public record ExportedRun(
        String study, String id, long seed, Map<String, String> setting, Consumer<Consumer<Measurement>> source) {
    /** Copies the setting and keeps its order. */
    public ExportedRun {
        setting = Collections.unmodifiableMap(new LinkedHashMap<>(setting));
    }

    /**
     * A run of a lab book.
     *
     * @param unfinished is told of a run whose end is not recorded, after its measurements
     */
    public static ExportedRun of(LabBook book, BookedRun run, Consumer<BookedRun> unfinished) {
        return new ExportedRun(run.study(), run.id(), run.seed(), run.setting(), measurements -> {
            if (book.stream(run, measurements).isEmpty()) {
                unfinished.accept(run);
            }
        });
    }

    /** A run in memory. */
    public static ExportedRun of(RecordedRun run) {
        return new ExportedRun(
                run.study(),
                run.id(),
                run.seed(),
                run.setting(),
                measurements -> run.measurements().forEach(measurements));
    }

    /**
     * Hands over the measurements.
     *
     * @param omitted is told why a damaged run is left out; nothing of it was handed over then
     */
    public void measurements(Consumer<Measurement> measurements, Consumer<UserError> omitted) {
        try {
            source.accept(measurements);
        } catch (UserError damaged) {
            omitted.accept(damaged);
        }
    }
}
