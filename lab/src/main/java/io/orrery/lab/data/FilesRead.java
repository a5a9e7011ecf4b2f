package io.orrery.lab.data;

import io.orrery.engine.graph.Precision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a source reads its files with: a bound on what packed files may unpack to, who is told of long readings, and the precision
 * of the run. Collects which files were read and what became of what was found in them.
 */
public final class FilesRead {
    /** Most bytes that a packed file may unpack to unless the spec says otherwise, in megabytes. */
    static final int USUAL_MEGABYTES = 4096;

    private static final long MEGABYTE = 1_000_000;

    /** Told where the reading of a file is, at most once a second. */
    public interface Progress {
        /** So many bytes of a file were read. */
        void reading(Path file, long bytes, long ofBytes);

        /** Hears nothing. */
        Progress SILENT = (_, _, _) -> {};
    }

    private final long mostBytes;
    private final Progress progress;
    private final Precision least;
    private final List<SourceFile> files = new ArrayList<>();
    private final List<Ledger.Entry> entries = new ArrayList<>();

    /**
     * With a bound on what each packed file unpacks to.
     *
     * @param least the precision of the run
     */
    public FilesRead(int mostMegabytes, Progress progress, Precision least) {
        this.mostBytes = mostMegabytes * MEGABYTE;
        this.progress = progress;
        this.least = least;
    }

    /** With the usual bound, in silence. */
    static FilesRead usual() {
        return new FilesRead(USUAL_MEGABYTES, Progress.SILENT, Precision.SINGLE);
    }

    /**
     * The precision that inputs need at least: numbers that single precision does not hold, such as pixels divided by 255, are
     * rounded to double for a run in double, once.
     */
    Precision least() {
        return least;
    }

    long mostBytes() {
        return mostBytes;
    }

    Progress progress() {
        return progress;
    }

    void add(SourceFile file) {
        files.add(file);
    }

    void add(Ledger.Entry entry) {
        entries.add(entry);
    }

    List<SourceFile> files() {
        return List.copyOf(files);
    }

    Ledger ledger() {
        return new Ledger(entries);
    }
}
