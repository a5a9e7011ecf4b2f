package io.orrery.lab.book.export;

import io.orrery.lab.book.RecordedRun;
import java.nio.file.Path;
import java.util.List;

/**
 * A file format whose library stays off the class path until it is asked for; found by {@link java.util.ServiceLoader}.
 */
public interface MeasurementFile {
    /**
     * Writes the measurements of runs.
     *
     * @throws io.orrery.lab.UserError if the file cannot be written
     */
    void write(List<RecordedRun> runs, Path file);
}
