package io.orrery.app.terminal;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** Remembers why bytes did not reach standard output; a {@link java.io.PrintStream} around it only remembers that. */
public final class StandardOutput extends FilterOutputStream {
    private volatile Optional<IOException> failure = Optional.empty();

    /** Output to a stream. */
    public StandardOutput(OutputStream stream) {
        super(stream);
    }

    /** Why the first bytes were lost, if any were. */
    public Optional<IOException> failure() {
        return failure;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        try {
            out.write(bytes, from, count);
        } catch (IOException lost) {
            failure = failure.or(() -> Optional.of(lost));
            throw lost;
        }
    }
}
