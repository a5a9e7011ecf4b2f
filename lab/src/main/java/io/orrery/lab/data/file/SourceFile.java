package io.orrery.lab.data.file;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A file that a data set was read from.
 *
 * @param key its part in the spec, never its name: {@code data.file}, or {@code data.dir: test images} for one of a folder's
 * @param name the file's name; of a folder of images the class and how many
 * @param path where it lay, absolute
 * @param sha256 of its bytes as stored, in hexadecimal digits
 */
public record SourceFile(String key, String name, String path, String sha256) {
    /** Digests by key: what a run depends on. A file that moves or gets another name is still the same. */
    public static Map<String, String> byKey(List<SourceFile> files) {
        Map<String, String> digests = new TreeMap<>();
        for (SourceFile file : files) {
            if (digests.put(file.key, file.sha256) != null) {
                throw new IllegalStateException("two files have the key " + file.key);
            }
        }
        return digests;
    }

    /** Digests by file name, for people; a name seen before gets a number. Runs booked before had these in their id. */
    public static Map<String, String> byName(List<SourceFile> files) {
        Map<String, String> digests = new TreeMap<>();
        for (SourceFile file : files) {
            String unique = file.name;
            for (int i = 2; digests.containsKey(unique); i++) {
                unique = file.name + " (" + i + ")";
            }
            digests.put(unique, file.sha256);
        }
        return digests;
    }
}
