package io.orrery.lab.data.image;

import io.orrery.lab.UserError;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Where the splits of a folder of images are: in folders called train, test, val (or training, testing, valid, validation, in
 * capitals or not), each with class folders; or nowhere, then all class folders are one split. A class may be called train: what
 * decides is that a split holds class folders and no images of its own. What can be read both ways is refused.
 *
 * @param parted whether there are folders of splits
 * @param train the folder of the training images' class folders
 * @param others folders beside the splits that are none
 */
public record ImageLayout(
        boolean parted, Path train, Optional<Path> validation, Optional<Path> test, List<Path> others) {
    private static final Set<String> TRAIN = Set.of("train", "training");
    private static final Set<String> VALIDATION = Set.of("val", "valid", "validation");
    private static final Set<String> TEST = Set.of("test", "testing");

    /**
     * Looks at the folders in a folder and at what they hold.
     *
     * @throws UserError if there are no class folders, or the layout can be read in two ways
     */
    public static ImageLayout of(Path folder) {
        List<Path> folders = Entries.of(folder).folders();
        if (folders.isEmpty()) {
            throw new UserError(folder + ": no class folders; expected one folder of images per class");
        }
        List<Path> trains = named(folders, TRAIN);
        boolean onlySplits = folders.stream().allMatch(ImageLayout::hasNameOfSplit);
        boolean anotherSplit =
                folders.stream().anyMatch(one -> hasNameOfSplit(one) && !trains.contains(one) && holdsOnlyFolders(one));
        if (trains.size() == 1
                && holdsOnlyFolders(trains.getFirst())
                && (onlySplits || anotherSplit)
                && !sharesNamesWithSiblings(trains.getFirst(), folders)) {
            return new ImageLayout(
                    true,
                    trains.getFirst(),
                    one(named(folders, VALIDATION)),
                    one(named(folders, TEST)),
                    folders.stream().filter(one -> !hasNameOfSplit(one)).toList());
        }
        checkClasses(folder, folders, onlySplits);
        return new ImageLayout(false, folder, Optional.empty(), Optional.empty(), List.of());
    }

    /** Refuses folders that are taken for classes but look like splits. */
    private static void checkClasses(Path folder, List<Path> folders, boolean onlySplits) {
        if (onlySplits) {
            throw new UserError(
                    folder + ": found " + names(folders) + ", whose names are those of splits; expected train"
                            + " with a folder of images per class in it, and test and val likewise if there are any");
        }
        for (Path one : folders) {
            if (holdsOnlyFolders(one) && sharesNamesWithSiblings(one, folders)) {
                throw new UserError(one + ": holds folders called as those beside it, " + names(folders)
                        + ": a split, or a class? Put the training images' class folders into train/ beside test/ or val/, or"
                        + " move this folder away");
            }
        }
        boolean likeSplits =
                folders.size() > 1 && folders.stream().allMatch(one -> mentionsSplit(one) && holdsOnlyFolders(one));
        if (likeSplits) {
            throw new UserError(folder + ": " + names(folders)
                    + " hold folders, no images: splits, or classes? Call splits train, val and test");
        }
        if (folders.size() == 1 && holdsOnlyFolders(folders.getFirst())) {
            throw new UserError(folder + ": its only folder " + Entries.name(folders.getFirst())
                    + " holds folders, no images: are these the classes? Then give data.dir=" + folders.getFirst());
        }
    }

    private static boolean sharesNamesWithSiblings(Path one, List<Path> folders) {
        Set<String> siblings = folders.stream()
                .filter(other -> !other.equals(one))
                .map(Entries::composedName)
                .collect(Collectors.toSet());
        return Entries.of(one).folders().stream().map(Entries::composedName).anyMatch(siblings::contains);
    }

    private static boolean holdsOnlyFolders(Path folder) {
        Entries entries = Entries.of(folder);
        return !entries.folders().isEmpty() && entries.files().stream().noneMatch(Entries::namesPicture);
    }

    private static boolean mentionsSplit(Path folder) {
        for (String word : lower(folder).split("[^a-z]+")) {
            if (TRAIN.contains(word) || VALIDATION.contains(word) || TEST.contains(word)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasNameOfSplit(Path folder) {
        String name = lower(folder);
        return TRAIN.contains(name) || VALIDATION.contains(name) || TEST.contains(name);
    }

    private static List<Path> named(List<Path> folders, Set<String> names) {
        return folders.stream().filter(one -> names.contains(lower(one))).toList();
    }

    private static Optional<Path> one(List<Path> found) {
        if (found.size() > 1) {
            throw new UserError(found.getFirst() + " and " + found.get(1)
                    + ": two folders for the same split; put them together or move one away");
        }
        return found.stream().findFirst();
    }

    private static String lower(Path folder) {
        return Entries.name(folder).toLowerCase(Locale.ROOT);
    }

    private static String names(List<Path> folders) {
        return new TreeSet<>(folders.stream().map(Entries::name).toList())
                        .stream().limit(8).collect(Collectors.joining(", "))
                + (folders.size() > 8 ? ", ..." : "");
    }
}
