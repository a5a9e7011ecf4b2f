package io.orrery.lab.data.file;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** A file's bytes, of which somebody is told once a second when reading takes longer than that. */
final class ReportedStream extends FilterInputStream {
    private static final long SECOND = 1_000_000_000L;

    private final Path path;
    private final long size;
    private final FilesRead.Progress progress;
    private long count;
    private long told = System.nanoTime();

    ReportedStream(InputStream in, Path path, long size, FilesRead.Progress progress) {
        super(in);
        this.path = path;
        this.size = size;
        this.progress = progress;
    }

    @Override
    public int read() throws IOException {
        int value = in.read();
        count(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = in.read(bytes, offset, length);
        count(Math.max(0, read));
        return read;
    }

    private void count(int bytes) {
        count += bytes;
        long now = System.nanoTime();
        if (now - told >= SECOND) {
            told = now;
            progress.reading(path, count, size);
        }
    }
}
