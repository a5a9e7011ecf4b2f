package io.orrery.lab.data.table;

import io.orrery.lab.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The cells of a file of separated values, one after the other; no more than one is in memory. A cell may be in double
 * quotes, within which separators and line ends are text and two quotes are one, as in Python's csv module with strict
 * quoting; a quote within an unquoted cell is text. Rows end with LF, CR or both. Blank lines are passed over and counted.
 */
final class CsvCells {
    private static final int BUFFER = 1 << 15;
    private static final int LONGEST_CELL = 1 << 20;
    private static final int END = -1;
    private static final char MARK = '\uFEFF';

    private final Path path;
    private final Reader reader;
    private final char separator;
    private final char[] buffer = new char[BUFFER];
    private int next;
    private int limit;
    private char[] cell = new char[64];
    private int length;
    private boolean quoted;
    private boolean first;
    private boolean last = true;
    private boolean ended;
    private int line = 1;
    private int row;
    private long blank;

    CsvCells(Path path, InputStream content, char separator) throws IOException {
        this.path = path;
        this.separator = separator;
        // A decoder that reports: the constructor that takes a Charset would replace damaged text silently.
        this.reader = new InputStreamReader(content, StandardCharsets.UTF_8.newDecoder());
        if (peek() == MARK) {
            next++;
        }
    }

    /** Moves to the next cell; false at the end of the file. */
    boolean next() throws IOException {
        while (true) {
            first = last;
            if (first) {
                row = line;
            }
            if (ended || first && peek() == END) {
                ended = true;
                return false;
            }
            read();
            if (!(first && last && !quoted && start() == end())) {
                return true;
            }
            blank++;
        }
    }

    /** Whether the cell begins a row. */
    boolean first() {
        return first;
    }

    /** Whether the cell ends its row. */
    boolean last() {
        return last;
    }

    /** The line that the row begins on, from 1. */
    int line() {
        return row;
    }

    /** Lines passed over until now because nothing stands on them. */
    long blank() {
        return blank;
    }

    /** The cell, from {@link #start()} to {@link #end()}: valid until the next. */
    char[] characters() {
        return cell;
    }

    /** Where the cell begins: after blanks, unless it is quoted. */
    int start() {
        int start = 0;
        while (!quoted && start < length && isBlank(cell[start])) {
            start++;
        }
        return start;
    }

    /** Where the cell ends: before blanks, unless it is quoted. */
    int end() {
        int end = length;
        while (!quoted && end > 0 && isBlank(cell[end - 1])) {
            end--;
        }
        return Math.max(start(), end);
    }

    /** The cell as a text. */
    String text() {
        int start = start();
        return new String(cell, start, end() - start);
    }

    private static boolean isBlank(char c) {
        return c <= ' ' ? c == ' ' || c == '\t' || c == '\u000b' || c == '\f' : c == '\u00a0' || c == MARK;
    }

    private void read() throws IOException {
        length = 0;
        quoted = peek() == '"';
        if (quoted) {
            next++;
            quoted();
        }
        while (true) {
            int limit = this.limit;
            int from = next;
            int at = from;
            while (at < limit && buffer[at] != separator && buffer[at] != '\n' && buffer[at] != '\r') {
                at++;
            }
            append(from, at);
            next = at;
            int c = at < limit ? buffer[at] : peek();
            if (c == END || c == separator || c == '\n' || c == '\r') {
                end(c);
                return;
            }
        }
    }

    /** The rest of a quoted cell, up to the character after its closing quote. */
    private void quoted() throws IOException {
        int opened = line;
        while (true) {
            int c = peek();
            if (c == END) {
                throw new UserError(path + ":" + opened + ": a double quote is opened and never closed");
            }
            next++;
            if (c == '"') {
                int after = peek();
                if (after != '"') {
                    if (after != END && after != separator && after != '\n' && after != '\r') {
                        throw new UserError(path + ":" + line + ": expected '" + separator
                                + "' or the end of the line after a closing double quote, found '" + (char) after
                                + "'; a quote within quotes is written twice");
                    }
                    return;
                }
                next++;
            } else if (c == '\n' || c == '\r' && peek() != '\n') {
                line++;
            }
            append((char) c);
        }
    }

    private void end(int c) throws IOException {
        last = c != separator;
        if (c == END) {
            return;
        }
        next++;
        if (c == '\r' && peek() == '\n') {
            next++;
        }
        if (last) {
            line++;
        }
    }

    private void append(int from, int to) {
        int more = to - from;
        room(more);
        System.arraycopy(buffer, from, cell, length, more);
        length += more;
    }

    private void append(char c) {
        room(1);
        cell[length++] = c;
    }

    private void room(int more) {
        if (length + more > LONGEST_CELL) {
            throw new UserError(path + ":" + row + ": a cell of more than " + LONGEST_CELL
                    + " characters; is it a table of separated values, and is every double quote closed?");
        }
        if (length + more > cell.length) {
            cell = Arrays.copyOf(cell, Math.max(length + more, 2 * cell.length));
        }
    }

    private int peek() throws IOException {
        if (next == limit) {
            next = 0;
            limit = 0;
            try {
                limit = Math.max(0, reader.read(buffer, 0, BUFFER));
            } catch (CharacterCodingException damaged) {
                throw new UserError(path + ":" + line + ": not a text file in UTF-8; save it as UTF-8", damaged);
            }
            if (limit == 0) {
                return END;
            }
        }
        return buffer[next];
    }
}
