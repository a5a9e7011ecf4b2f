package io.orrery.lab.data.table;

import io.orrery.lab.UserError;
import io.orrery.lab.data.file.ClassNames;
import io.orrery.lab.data.file.Decimal;
import io.orrery.lab.text.Shown;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The classes that the labels of tables mean: equal numbers are one class however they are written (1, 1.0, +1), and so are
 * composed and decomposed letters. A number with zeros in front of it, such as 007, is a name.
 *
 * @param names in order: the place is the class
 * @param ofText the class of each text that occurs
 * @param remarks what people should know of it
 */
record CsvClasses(List<String> names, Map<String, Integer> ofText, List<String> remarks) {
    private static final Pattern NUMBER = Pattern.compile("[-+]?(0|[1-9][0-9]*)?(\\.[0-9]*)?([eE][-+]?[0-9]{1,3})?");
    private static final Pattern ZEROS = Pattern.compile("[-+]?0[0-9].*");
    /** With fewer rows any number of classes is believed. */
    private static final int FEW_ROWS = 20;
    /** More values with a fraction than this are measurements. */
    private static final int MOST_FRACTIONS = 10;

    /**
     * The classes of some tables' labels.
     *
     * @param most the number of classes that the user allows, if said
     * @throws UserError if the labels look like measurements or names of rows, or are written in two ways that could differ
     */
    static CsvClasses of(List<CsvScan> tables, OptionalInt most) {
        Map<String, String> nameOf = new LinkedHashMap<>();
        for (CsvScan table : tables) {
            table.labels().texts().forEach(text -> nameOf.computeIfAbsent(text, t -> name(t, table.format())));
        }
        requireOneSpelling(tables.getFirst(), nameOf);
        List<String> names = ClassNames.ordered(nameOf.values().stream());
        requireClasses(tables.getFirst(), names, most);
        Map<String, Integer> numbered = ClassNames.numbered(names);
        Map<String, Integer> ofText = new HashMap<>();
        nameOf.forEach((text, name) -> ofText.put(text, numbered.getOrDefault(name, 0)));
        return new CsvClasses(names, ofText, remarks(nameOf, names));
    }

    private static String name(String text, CsvFormat format) {
        String number = format.decimal() == '.' ? text : text.replace(format.decimal(), '.');
        if (format.isNumber(text) && NUMBER.matcher(number).matches()) {
            BigDecimal value = new BigDecimal(number);
            return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
        }
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    private static void requireOneSpelling(CsvScan table, Map<String, String> nameOf) {
        Map<String, String> plain = new HashMap<>();
        nameOf.forEach((text, name) -> {
            if (table.format().isNumber(text) && !ZEROS.matcher(text).matches()) {
                plain.put(name, text);
            }
        });
        nameOf.keySet().stream()
                .filter(text -> ZEROS.matcher(text).matches() && table.format().isNumber(text))
                .forEach(text -> {
                    BigDecimal value =
                            new BigDecimal(text.replace(table.format().decimal(), '.'));
                    String same = plain.get(
                            value.signum() == 0
                                    ? "0"
                                    : value.stripTrailingZeros().toPlainString());
                    if (same != null) {
                        throw new UserError(table.path() + ": the labels \"" + text + "\" and \"" + same
                                + "\" are the same number; write both alike if they are one class, or with letters if"
                                + " they are two");
                    }
                });
    }

    private static void requireClasses(CsvScan table, List<String> names, OptionalInt most) {
        int rows = table.labels().rows();
        int classes = names.size();
        if (most.isPresent()) {
            if (classes > most.getAsInt()) {
                throw new UserError(
                        where(table) + classes + " different labels, more than data.mostClasses: " + most.getAsInt());
            }
            return;
        }
        boolean numbers = names.stream().allMatch(name -> Decimal.parse(name).isPresent());
        boolean fractions = numbers && names.stream().anyMatch(name -> name.contains("."));
        boolean measurement = fractions && classes > MOST_FRACTIONS;
        if (rows >= FEW_ROWS && (measurement || classes > rows / 2)) {
            throw new UserError(where(table) + classes + " different labels in " + rows + " rows, from "
                    + Shown.text(names.getFirst()) + " to " + Shown.text(names.getLast())
                    + (measurement ? ": measurements, not classes" : ": these are no classes")
                    + "; choose another label column with data.label, or allow so many with data.mostClasses: "
                    + classes);
        }
    }

    private static String where(CsvScan table) {
        return table.path() + ": " + Shown.text(table.names().get(table.labelAt())) + ": ";
    }

    private static List<String> remarks(Map<String, String> nameOf, List<String> names) {
        Map<String, List<String>> spellings = new TreeMap<>();
        nameOf.forEach((text, name) ->
                spellings.computeIfAbsent(name, _ -> new ArrayList<>()).add(Shown.text(text)));
        List<String> remarks = new ArrayList<>();
        spellings.values().stream()
                .filter(texts -> texts.size() > 1)
                .forEach(texts -> remarks.add("one class in several spellings: " + String.join(", ", texts)));
        Map<String, List<String>> alike = new TreeMap<>();
        names.forEach(name -> alike.computeIfAbsent(name.toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                .add(Shown.text(name)));
        alike.values().stream()
                .filter(some -> some.size() > 1)
                .forEach(some -> remarks.add(
                        "different classes that differ in capital letters only: " + String.join(", ", some)));
        return remarks;
    }
}
