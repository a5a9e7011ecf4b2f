package io.orrery.lab.data.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The cells of a label column, row after row; equal ones are one text. Grows while a table is read. */
public final class CsvLabels {
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> texts = new ArrayList<>();
    private final List<Integer> lines = new ArrayList<>();
    private int[] rows = new int[1024];
    private int[] counts = new int[16];
    private int count;

    /** Adds the label of the next row. */
    void add(String text, int line) {
        Integer known = numbers.get(text);
        if (known == null) {
            known = texts.size();
            numbers.put(text, known);
            texts.add(text);
            lines.add(line);
            if (known == counts.length) {
                counts = Arrays.copyOf(counts, 2 * known);
            }
        }
        if (count == rows.length) {
            rows = Arrays.copyOf(rows, 2 * count);
        }
        rows[count++] = known;
        counts[known]++;
    }

    /** Takes the last row away again. */
    void dropLast() {
        count--;
        counts[rows[count]]--;
    }

    /** Puts a row in front of all. */
    void addFirst(String text, int line) {
        add(text, line);
        int last = rows[count - 1];
        System.arraycopy(rows, 0, rows, 1, count - 1);
        rows[0] = last;
        lines.set(last, Math.min(lines.get(last), line));
    }

    /** The number of rows whose label was kept. */
    public int rows() {
        return count;
    }

    /** The different texts that occur. */
    List<String> texts() {
        List<String> occurring = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            if (counts[i] > 0) {
                occurring.add(texts.get(i));
            }
        }
        return Collections.unmodifiableList(occurring);
    }

    /** Whether each text occurs at least twice. */
    boolean everyTwice() {
        return Arrays.stream(counts, 0, texts.size()).noneMatch(times -> times == 1);
    }

    /** The line on which a text stands first. */
    int line(String text) {
        return lines.get(numbers.getOrDefault(text, 0));
    }

    /** How often a text occurs. */
    int times(String text) {
        return counts[numbers.getOrDefault(text, 0)];
    }

    /** One number per row, by what each text means. */
    double[] numbers(ToDoubleFunction<String> ofText) {
        double[] table = new double[texts.size()];
        for (int i = 0; i < table.length; i++) {
            table[i] = counts[i] > 0 ? ofText.applyAsDouble(texts.get(i)) : 0;
        }
        return Arrays.stream(rows, 0, count).mapToDouble(row -> table[row]).toArray();
    }

    /** One class per row, by a table from text to class. */
    int[] classes(Map<String, Integer> classes) {
        int[] table = new int[texts.size()];
        for (int i = 0; i < table.length; i++) {
            table[i] = classes.getOrDefault(texts.get(i), -1);
        }
        return Arrays.stream(rows, 0, count).map(row -> table[row]).toArray();
    }
}
