package io.orrery.lab.book.export;

import io.orrery.lab.UserError;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * A file format whose library stays off the class path until it is asked for; found by {@link java.util.ServiceLoader}.
 */
public interface MeasurementFile {
    /**
     * Writes the measurements of runs.
     *
     * @param omitted is told of each damaged run, of which nothing is written
     * @throws UserError if the file cannot be written
     */
    void write(List<ExportedRun> runs, Path file, Consumer<UserError> omitted);
}
