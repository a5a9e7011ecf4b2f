package io.orrery.lab.data.file;

import java.nio.file.Path;
import java.util.function.LongConsumer;

/** Tells somebody of a file's bytes once a second when reading takes longer than that. */
final class SlowReading implements LongConsumer {
    private static final long SECOND = 1_000_000_000L;

    private final Path path;
    private final long size;
    private final FilesRead.Progress progress;
    private long told = System.nanoTime();

    SlowReading(Path path, long size, FilesRead.Progress progress) {
        this.path = path;
        this.size = size;
        this.progress = progress;
    }

    @Override
    public void accept(long count) {
        long now = System.nanoTime();
        if (now - told >= SECOND) {
            told = now;
            progress.reading(path, count, size);
        }
    }
}
