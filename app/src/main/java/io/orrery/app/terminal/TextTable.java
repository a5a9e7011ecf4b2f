package io.orrery.app.terminal;

import io.orrery.lab.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Rows of text in aligned columns. */
public final class TextTable {
    private final List<List<String>> rows = new ArrayList<>();

    /** A table with a heading. */
    public TextTable(String... heading) {
        rows.add(List.of(heading));
    }

    /** Adds a row with as many cells as the heading; line breaks and the like in them are escaped. */
    public void row(String... cells) {
        if (cells.length != rows.getFirst().size()) {
            throw new IllegalArgumentException(
                    "a row needs " + rows.getFirst().size() + " cells, found " + cells.length);
        }
        rows.add(Stream.of(cells).map(Printable::shown).toList());
    }

    /** The lines, columns two spaces apart, no spaces at the ends. */
    public List<String> lines() {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return rows.stream()
                .map(row -> {
                    StringBuilder line = new StringBuilder();
                    for (int i = 0; i < columns; i++) {
                        line.append(row.get(i))
                                .append(" ".repeat(widths[i] - row.get(i).length() + 2));
                    }
                    return line.toString().stripTrailing();
                })
                .toList();
    }
}
