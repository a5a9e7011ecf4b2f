package io.orrery.lab.data.file;

import io.orrery.lab.UserError;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Locale;

/** What a packed file unpacks to, up to a bound: a few bytes can be packed so that they fill any disk or memory. */
final class BoundedStream extends FilterInputStream {
    private final Path path;
    private final long most;
    private long count;

    BoundedStream(InputStream in, Path path, long most) {
        super(in);
        this.path = path;
        this.most = most;
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
        if (count > most) {
            throw new UserError(String.format(
                    Locale.ROOT,
                    "%s: unpacks to more than %,d MB; if that is right, allow more with data.unpackedMegabytes, or unpack it",
                    path,
                    most / 1_000_000));
        }
    }
}
