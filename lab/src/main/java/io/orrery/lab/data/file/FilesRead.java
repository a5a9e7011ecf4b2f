package io.orrery.lab.data.file;

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
    public static final int USUAL_MEGABYTES = 4096;

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
    public static FilesRead usual() {
        return new FilesRead(USUAL_MEGABYTES, Progress.SILENT, Precision.SINGLE);
    }

    /**
     * The precision that inputs need at least: numbers that single precision does not hold, such as pixels divided by 255, are
     * rounded to double for a run in double, once.
     */
    public Precision least() {
        return least;
    }

    long mostBytes() {
        return mostBytes;
    }

    /** Who is told when a file takes long to read. */
    public Progress progress() {
        return progress;
    }

    /** Notes a file that was read. */
    public void add(SourceFile file) {
        files.add(file);
    }

    /** Notes what became of the examples that were found in a file or folder. */
    public void add(Ledger.Entry entry) {
        entries.add(entry);
    }

    /** The files that were read so far, in the order in which they were noted. */
    public List<SourceFile> files() {
        return List.copyOf(files);
    }

    /** What was found so far, and what became of it. */
    public Ledger ledger() {
        return new Ledger(entries);
    }
}
