package io.orrery.app.report.figure;

import java.util.List;
import java.util.Map;

/**
 * A figure of the page: words and numbers that stand in the page itself, and what its script needs to draw the chart.
 *
 * @param title what is shown
 * @param caption how to read it, one or two sentences; empty for none
 * @param chart for the script: {@code kind} and what that kind needs
 * @param columns headings of the table of key numbers, which says the same to those who cannot see the chart
 * @param rows the table
 */
public record PageFigure(
        String title, String caption, Map<String, Object> chart, List<String> columns, List<List<String>> rows) {}
