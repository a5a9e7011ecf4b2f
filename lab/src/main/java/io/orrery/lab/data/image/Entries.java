package io.orrery.lab.data.image;

import io.orrery.lab.UserError;
import io.orrery.lab.text.FileTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is in a folder, in the order of composed names (Unicode NFC: a Mac writes the same letters decomposed). Links are followed.
 *
 * @param folders folders that people see
 * @param files files that people see
 * @param systems hidden files and folders, and those that systems leave behind, such as Thumbs.db
 * @param dead links that point at nothing
 * @param strange what is no file and no folder: pipes, devices, sockets
 */
public record Entries(List<Path> folders, List<Path> files, List<Path> systems, List<Path> dead, List<Path> strange) {
    private static final Set<String> LEFT_BEHIND = Set.of("thumbs.db", "ehthumbs.db", "desktop.ini", "__macosx");
    private static final Set<String> PICTURES = Set.of(".png", ".jpg", ".jpeg", ".jpe", ".jfif");

    /** What a folder holds, sorted by composed name. */
    public static Entries of(Path folder) {
        List<Path> all;
        try (Stream<Path> entries = Files.list(folder)) {
            all = entries.sorted(Comparator.comparing(Entries::composedName).thenComparing(Entries::name))
                    .toList();
        } catch (IOException unreadable) {
            throw new UserError(folder + ": cannot be listed (" + FileTrouble.reason(unreadable) + ")", unreadable);
        }
        Entries entries = new Entries(
                new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (Path path : all) {
            entries.kind(path).add(path);
        }
        return entries;
    }

    private List<Path> kind(Path path) {
        String name = name(path);
        if (name.startsWith(".") || LEFT_BEHIND.contains(name.toLowerCase(Locale.ROOT))) {
            return systems;
        }
        if (Files.isDirectory(path)) {
            return folders;
        }
        if (Files.isRegularFile(path)) {
            return files;
        }
        boolean link = Files.isSymbolicLink(path) && !Files.exists(path);
        return link || Files.notExists(path, LinkOption.NOFOLLOW_LINKS) ? dead : strange;
    }

    /** Whether a name ends as those of PNG and JPEG files do. */
    static boolean namesPicture(Path path) {
        return PICTURES.contains(ending(path));
    }

    /** From the last dot of the name on, in small letters; empty without one. */
    static String ending(Path path) {
        String name = name(path);
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot).toLowerCase(Locale.ROOT);
    }

    /** The last part of a path, as it is stored. */
    public static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    /** The last part of a path in composed letters. */
    static String composedName(Path path) {
        return Normalizer.normalize(name(path), Normalizer.Form.NFC);
    }
}
