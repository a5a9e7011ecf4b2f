package io.orrery.parquet;

import io.orrery.lab.UserError;
import io.orrery.lab.book.RecordedRun;
import io.orrery.lab.book.export.MeasurementFile;
import io.orrery.lab.instrument.Measurement;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** One row per number: study, run, seed, step, instrument, quantity, layer, split, index within a vector, value. */
public final class ParquetFile implements MeasurementFile {
    /** For the service loader. */
    public ParquetFile() {}

    @Override
    public void write(List<RecordedRun> runs, Path file) {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE measurement (study VARCHAR, run VARCHAR, seed BIGINT, step BIGINT,"
                    + " instrument VARCHAR, quantity VARCHAR, layer VARCHAR, split VARCHAR, \"index\" INTEGER, value DOUBLE)");
            try (DuckDBAppender appender = connection
                    .unwrap(DuckDBConnection.class)
                    .createAppender(DuckDBConnection.DEFAULT_SCHEMA, "measurement")) {
                for (RecordedRun run : runs) {
                    append(run, appender);
                }
            }
            statement.execute("COPY measurement TO '" + file.toAbsolutePath().toString().replace("'", "''")
                    + "' (FORMAT parquet, COMPRESSION zstd)");
        } catch (SQLException failure) {
            throw new UserError("export: cannot write " + file + ": " + failure.getMessage(), failure);
        }
    }

    private static void append(RecordedRun run, DuckDBAppender appender) throws SQLException {
        for (Measurement measurement : run.measurements()) {
            int index = 0;
            for (double value : measurement.values()) {
                appender.beginRow();
                appender.append(run.study());
                appender.append(run.id());
                appender.append(run.seed());
                appender.append(measurement.step());
                appender.append(measurement.instrument());
                appender.append(measurement.quantity());
                appender.append(measurement.layer());
                appender.append(measurement.split());
                appender.append(index++);
                appender.append(value);
                appender.endRow();
            }
        }
    }
}
