package io.orrery.app.terminal;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * UTF-8 on its way to a terminal, a file or a pipe, in which no text from outside can command a terminal: control characters
 * are escaped ({@code \\u001b}), except line feeds, tabs and those that the program itself marks with {@link #ESCAPE}.
 * A net below the places that escape what they show: they know about line breaks in names, this does not.
 */
public final class Guarded extends FilterOutputStream {
    /** What the program writes for the control character ESC: a character that text may not hold. */
    public static final char ESCAPE = '\ufdd0';

    private static final byte[] MARK = String.valueOf(ESCAPE).getBytes(StandardCharsets.UTF_8);
    private static final int ESC = 0x1b;
    /** The first byte of U+0080 to U+00BF; up to U+009F they are control characters. */
    private static final int BEFORE_C1 = 0xc2;

    private final Heartbeat heartbeat;
    private int matched;
    private boolean beforeC1;

    /** Guards a stream, and tells that it was written to. */
    public Guarded(OutputStream stream, Heartbeat heartbeat) {
        super(stream);
        this.heartbeat = heartbeat;
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        heartbeat.word();
        int plain = from;
        for (int i = from; i < from + count; i++) {
            if (ordinary(bytes[i])) {
                continue;
            }
            out.write(bytes, plain, i - plain);
            write(bytes[i]);
            plain = i + 1;
        }
        out.write(bytes, plain, from + count - plain);
    }

    /** Whether a byte neither is nor may begin or end something that is changed. */
    private boolean ordinary(byte signed) {
        int value = signed & 0xff;
        return matched == 0
                && !beforeC1
                && value != BEFORE_C1
                && value != (MARK[0] & 0xff)
                && (value >= ' ' && value != 0x7f || value == '\n' || value == '\t');
    }

    @Override
    public void write(int signed) throws IOException {
        int value = signed & 0xff;
        if (value == (MARK[matched] & 0xff)) {
            matched++;
            if (matched == MARK.length) {
                matched = 0;
                out.write(ESC);
            }
            return;
        }
        out.write(MARK, 0, matched);
        matched = value == (MARK[0] & 0xff) ? 1 : 0;
        if (matched == 1) {
            return;
        }
        if (beforeC1) {
            beforeC1 = false;
            if (value >= 0x80 && value < 0xa0) {
                escaped(value);
                return;
            }
            out.write(BEFORE_C1);
        }
        if (value == BEFORE_C1) {
            beforeC1 = true;
        } else if (value < ' ' && value != '\n' && value != '\t' || value == 0x7f) {
            escaped(value);
        } else {
            out.write(value);
        }
    }

    private void escaped(int point) throws IOException {
        out.write(String.format(Locale.ROOT, "\\u%04x", point).getBytes(StandardCharsets.UTF_8));
    }
}
