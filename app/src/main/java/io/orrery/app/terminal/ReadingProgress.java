package io.orrery.app.terminal;

import io.orrery.lab.data.file.FilesRead;
import io.orrery.lab.text.Shown;
import java.nio.file.Path;
import java.util.Locale;

/** Says on standard error how far the reading of a large file is: a line now and then, at growing distances. */
public final class ReadingProgress implements FilesRead.Progress {
    private static final long FIRST = 2_000_000_000L;

    private final long began = System.nanoTime();
    private long wait = FIRST;
    private long next = began + FIRST;

    @Override
    public synchronized void reading(Path file, long bytes, long ofBytes) {
        long now = System.nanoTime();
        if (now < next) {
            return;
        }
        wait = Math.min(2 * wait, 15 * FIRST);
        next = now + wait;
        System.err.println(String.format(
                Locale.ROOT,
                "orrery: reading %s: %,d of %,d MB",
                Shown.text(String.valueOf(file.getFileName())),
                bytes / 1_000_000,
                ofBytes / 1_000_000));
    }
}
