package io.orrery.app.report.html;

import java.util.ArrayList;
import java.util.List;

/** An HTML table under construction. Cells hold HTML: escape what comes from outside. */
public final class Table {
    /** A phone shows a row of so many columns as a block of named lines. */
    private static final int MANY = 6;

    private final List<String> head;
    private final boolean[] numbers;
    private final List<String> rows = new ArrayList<>();

    /** Columns; a name that begins with "#" is a column of numbers, set to the right. */
    public Table(List<String> columns) {
        head = columns;
        numbers = new boolean[columns.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = columns.get(i).startsWith("#");
        }
    }

    /** Adds a row; its first cell is its heading. */
    public Table row(List<String> cells) {
        StringBuilder row = new StringBuilder("<tr><th scope=\"row\">")
                .append(cells.getFirst())
                .append("</th>");
        for (int i = 1; i < cells.size(); i++) {
            row.append(numbers[i] ? "<td class=\"number\"" : "<td")
                    .append(numbers.length < MANY ? ">" : " data-name=\"" + name(i) + "\">")
                    .append(cells.get(i))
                    .append("</td>");
        }
        rows.add(row.append("</tr>").toString());
        return this;
    }

    /** The table, in a box that scrolls when the page is narrow. */
    public String html(String caption) {
        StringBuilder html = new StringBuilder("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"")
                .append(caption)
                .append(numbers.length < MANY ? "\"><table class=\"wide\">" : "\"><table class=\"wide stacks\">")
                .append("<caption>")
                .append(caption)
                .append("</caption><thead><tr>");
        for (int i = 0; i < numbers.length; i++) {
            html.append(numbers[i] ? "<th scope=\"col\" class=\"number\">" : "<th scope=\"col\">")
                    .append(name(i))
                    .append("</th>");
        }
        html.append("</tr></thead><tbody>\n");
        rows.forEach(row -> html.append(row).append('\n'));
        return html.append("</tbody></table></div>\n").toString();
    }

    private String name(int column) {
        return Html.escape(numbers[column] ? head.get(column).substring(1) : head.get(column));
    }
}
