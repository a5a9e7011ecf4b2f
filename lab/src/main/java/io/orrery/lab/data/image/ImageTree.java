package io.orrery.lab.data.image;

import io.orrery.lab.UserError;
import io.orrery.lab.data.file.ClassNames;
import io.orrery.lab.data.file.Ledger;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The files below the class folders of one split. Class folders may hold folders. Class names are composed (NFC), and folders whose
 * names differ in that only are one class.
 *
 * @param files for each class name the images, in the order of folders and names
 * @param found files of all kinds that were found
 * @param refused why images were not read, and how many
 * @param leftOut why other files were not read, and how many
 * @param remarks how folders were understood
 */
public record ImageTree(
        Path folder,
        Map<String, List<Found>> files,
        long found,
        Map<String, Long> refused,
        Map<String, Long> leftOut,
        List<String> remarks) {
    /**
     * An image file.
     *
     * @param name its path from the class folder on, composed, with slashes
     */
    record Found(Path path, String name) {}

    /** Finds all files of a split. */
    public static ImageTree of(Path folder) {
        Search search = new Search();
        Entries entries = Entries.of(folder);
        for (Path file : entries.files()) {
            search.leaveOut(
                    Entries.namesPicture(file) ? "in no class folder, such as " + Entries.name(file) : why(file));
        }
        search.rest(entries);
        List<String> remarks = new ArrayList<>();
        for (Path one : entries.folders()) {
            String name = Entries.composedName(one);
            if (search.files.containsKey(name)) {
                remarks.add("two folders whose names differ in composed and decomposed letters only are one class: "
                        + name);
            }
            search.descend(one, "", search.files.computeIfAbsent(name, _ -> new ArrayList<>()));
        }
        return new ImageTree(folder, search.files, search.found, search.refused, search.leftOut, remarks);
    }

    /** How many files a folder holds that is not read at all. */
    public static long count(Path folder) {
        Search search = new Search();
        search.descend(folder, "", new ArrayList<>());
        return search.found;
    }

    /** The class names, in order. */
    public List<String> classes() {
        return ClassNames.ordered(files.keySet().stream());
    }

    /** The images of a class. */
    public List<Found> of(String name) {
        return files.getOrDefault(name, List.of());
    }

    /** What is said of a class without images. */
    String emptiness() {
        List<String> reasons = new ArrayList<>();
        refused.forEach((why, count) -> reasons.add(count + " " + why));
        leftOut.forEach((why, count) -> reasons.add(count + " " + why));
        return reasons.isEmpty() ? "" : "; found, in all classes: " + String.join("; ", reasons);
    }

    /** What became of the files. */
    Ledger.Entry entry(List<String> more) {
        List<String> all = new ArrayList<>(remarks);
        all.addAll(more);
        long used = files.values().stream().mapToLong(List::size).sum();
        return new Ledger.Entry(folder.toString(), "files", found, used, reasons(refused), reasons(leftOut), all);
    }

    private static List<Ledger.Reason> reasons(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .map(count -> new Ledger.Reason(count.getValue(), count.getKey()))
                .toList();
    }

    private static String why(Path file) {
        String ending = Entries.ending(file);
        return (ending.isEmpty() ? "names without ending are" : ending + " is")
                + " not read, only .png, .jpg and .jpeg";
    }

    /** What has been found so far. */
    private static final class Search {
        private final Map<String, List<Found>> files = new TreeMap<>();
        private final Map<String, Long> refused = new TreeMap<>();
        private final Map<String, Long> leftOut = new TreeMap<>();
        private final Deque<Path> open = new ArrayDeque<>();
        private long found;

        private void leaveOut(String why) {
            found++;
            leftOut.merge(why, 1L, Long::sum);
        }

        private void refuse(String why) {
            found++;
            refused.merge(why, 1L, Long::sum);
        }

        /** What is neither a folder nor a file to be read. */
        private void rest(Entries entries) {
            entries.systems().forEach(_ -> leaveOut("hidden, or left behind by the system"));
            entries.dead().forEach(_ -> refuse("links that point at nothing"));
            entries.strange().forEach(_ -> refuse("neither files nor folders (pipes or devices)"));
        }

        private void descend(Path folder, String prefix, List<Found> into) {
            Path real = real(folder);
            if (open.contains(real)) {
                throw new UserError(folder + ": a link that leads back to a folder around it; remove it");
            }
            open.push(real);
            Entries entries = Entries.of(folder);
            rest(entries);
            for (Path file : entries.files()) {
                if (Entries.namesPicture(file)) {
                    found++;
                    into.add(new Found(file, prefix + Entries.composedName(file)));
                } else {
                    leaveOut(why(file));
                }
            }
            for (Path one : entries.folders()) {
                descend(one, prefix + Entries.composedName(one) + "/", into);
            }
            open.pop();
        }

        private static Path real(Path folder) {
            try {
                return folder.toRealPath();
            } catch (IOException unreadable) {
                throw new UserError(folder + ": cannot be read (" + unreadable.getMessage() + ")", unreadable);
            }
        }
    }
}
