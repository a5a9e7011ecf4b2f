package io.orrery.parquet;

import io.orrery.lab.UserError;
import io.orrery.lab.book.export.ExportedRun;
import io.orrery.lab.book.export.MeasurementFile;
import io.orrery.lab.observe.Measurement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Consumer;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** One row per number: study, run, seed, step, instrument, quantity, layer, split, index within a vector, value. */
public final class ParquetFile implements MeasurementFile {
    private static final String MOST_MEMORY = "512MB";

    /** For the service loader. */
    public ParquetFile() {}

    @Override
    public void write(List<ExportedRun> runs, Path file, Consumer<UserError> omitted) {
        // Beside the file: in memory the table would grow with the logs.
        Path table = file.resolveSibling(file.getFileName() + "." + ProcessHandle.current().pid() + ".duckdb.part");
        try {
            write(runs, file, table, omitted);
        } finally {
            delete(table);
            delete(table.resolveSibling(table.getFileName() + ".wal"));
        }
    }

    private static void delete(Path table) {
        try {
            Files.deleteIfExists(table);
        } catch (IOException onlySpaceIsLost) {
            table.toFile().deleteOnExit();
        }
    }

    private static void write(List<ExportedRun> runs, Path file, Path table, Consumer<UserError> omitted) {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + table.toAbsolutePath());
                Statement statement = connection.createStatement()) {
            statement.execute("SET memory_limit = '" + MOST_MEMORY + "'");
            statement.execute("CREATE TABLE measurement (study VARCHAR, run VARCHAR, seed BIGINT, step BIGINT,"
                    + " instrument VARCHAR, quantity VARCHAR, layer VARCHAR, split VARCHAR, \"index\" INTEGER, value DOUBLE)");
            try (DuckDBAppender appender = connection
                    .unwrap(DuckDBConnection.class)
                    .createAppender(DuckDBConnection.DEFAULT_SCHEMA, "measurement")) {
                for (ExportedRun run : runs) {
                    run.measurements(measurement -> row(run, measurement, appender), omitted);
                }
            }
            statement.execute("COPY measurement TO '" + file.toAbsolutePath().toString().replace("'", "''")
                    + "' (FORMAT parquet, COMPRESSION zstd)");
        } catch (SQLException failure) {
            throw new UserError("export: cannot write " + file + ": " + failure.getMessage(), failure);
        }
    }

    private static void row(ExportedRun run, Measurement measurement, DuckDBAppender appender) {
        try {
            append(run, measurement, appender);
        } catch (SQLException failure) {
            throw new UserError("export: cannot write the table: " + failure.getMessage(), failure);
        }
    }

    private static void append(ExportedRun run, Measurement measurement, DuckDBAppender appender) throws SQLException {
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
