package io.orrery.lab.data.file;

import io.orrery.lab.text.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What became of everything that was found in the files of a data set: found = used + refused + left out, with the reasons.
 * Every loader ends with one; generated data have none.
 *
 * @param entries one for each file, or folder of files, in the order of reading; then one for each transform that leaves out
 */
public record Ledger(List<Entry> entries) {
    /** Nothing was looked for: generated data. */
    public static final Ledger EMPTY = new Ledger(List.of());

    /** Copies the entries. */
    public Ledger {
        entries = List.copyOf(entries);
    }

    /** How many, and why: "2: .gif is not read". */
    public record Reason(long count, String why) {
        /** Refuses a reason for nothing. */
        public Reason {
            if (count < 1) {
                throw new IllegalArgumentException("a reason needs something that it is for: " + why);
            }
        }
    }

    /**
     * What became of one file or folder.
     *
     * @param source the file or folder, or the transform, as a user knows it
     * @param unit what is counted, in the plural: rows, images, records, examples
     * @param refused what could not be read though it should have been
     * @param leftOut what was not meant to be read
     * @param remarks how the source was understood, such as "the first line names the columns"
     */
    public record Entry(
            String source,
            String unit,
            long found,
            long used,
            List<Reason> refused,
            List<Reason> leftOut,
            List<String> remarks) {
        /** Refuses sums that do not add up: something would be lost in silence. */
        public Entry {
            refused = List.copyOf(refused);
            leftOut = List.copyOf(leftOut);
            remarks = List.copyOf(remarks);
            if (found != used + total(refused) + total(leftOut)) {
                throw new IllegalStateException(source + ": " + found + " " + unit + " found, but " + used + " used + "
                        + total(refused) + " refused + " + total(leftOut) + " left out");
            }
        }

        /** Everything was used. */
        public static Entry all(String source, String unit, long count) {
            return new Entry(source, unit, count, count, List.of(), List.of(), List.of());
        }

        /** As a sentence, and below it one indented line for each reason and remark. */
        public List<String> lines() {
            List<String> lines = new ArrayList<>();
            lines.add(String.format(
                    Locale.ROOT,
                    "%s: %,d %s found = %,d used + %,d refused + %,d left out",
                    source,
                    found,
                    unit,
                    used,
                    total(refused),
                    total(leftOut)));
            refused.forEach(reason -> lines.add("  refused " + text(reason)));
            leftOut.forEach(reason -> lines.add("  left out " + text(reason)));
            remarks.forEach(remark -> lines.add("  " + remark));
            return lines;
        }

        /** As JSON: the components by their names. */
        public Json.Fields json() {
            return Json.object()
                    .put("source", source)
                    .put("unit", unit)
                    .put("found", found)
                    .put("used", used)
                    .put("refused", reasons(refused))
                    .put("leftOut", reasons(leftOut))
                    .put("remarks", Json.array(remarks.stream().map(Json::text).toList()));
        }

        private static Json reasons(List<Reason> reasons) {
            return Json.array(reasons.stream()
                    .map(reason -> Json.object().put("count", reason.count).put("why", reason.why))
                    .toList());
        }

        private static String text(Reason reason) {
            return String.format(Locale.ROOT, "%,d: %s", reason.count, reason.why);
        }

        private static long total(List<Reason> reasons) {
            return reasons.stream().mapToLong(Reason::count).sum();
        }
    }

    /** This and what came after. */
    public Ledger plus(Entry... more) {
        return new Ledger(Stream.concat(entries.stream(), Stream.of(more)).toList());
    }

    /** All entries for people. */
    public List<String> lines() {
        return entries.stream().flatMap(entry -> entry.lines().stream()).toList();
    }

    /** All entries as JSON. */
    public Json json() {
        return Json.array(entries.stream().map(Entry::json).toList());
    }
}
