package io.orrery.app.report;

import io.orrery.lab.UserError;
import io.orrery.lab.text.FileTrouble;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a study's report: one HTML file that opens without a network. */
public final class ReportWriter {
    private ReportWriter() {}

    /**
     * Writes the report, first beside the file and then in its place, so that a reader never sees half a page.
     *
     * @throws UserError if the file cannot be written
     */
    public static void write(StudyReport study, Path file) {
        write(Page.of(study), file);
    }

    /** The same for the HTML of any page. */
    public static void write(String page, Path file) {
        Path absolute = file.toAbsolutePath();
        // A name of its own: several processes may write the page of a study at the same time.
        Path part = absolute.resolveSibling(absolute.getFileName() + "."
                + ProcessHandle.current().pid() + "-" + Long.toHexString(System.nanoTime()) + ".part");
        try {
            Path folder = absolute.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.writeString(part, page, StandardCharsets.UTF_8);
            Files.move(part, absolute, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            deleteQuietly(part);
            throw new UserError(
                    "cannot write the report to " + file + ": " + FileTrouble.reason(e)
                            + "; choose a place with room where you may write",
                    e);
        }
    }

    private static void deleteQuietly(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException alsoFailed) {
            // Only space is lost, and the first failure is the one to report.
        }
    }

    /** A text on the class path. */
    static String resource(String path) {
        try (InputStream in = ReportWriter.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("the class path lacks " + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
