package io.orrery.lab.data;

import io.orrery.lab.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** The images of one split, all of the same size, in the order of classes and file names. */
record ImageFolder(List<Image> images, int[] labels, Path firstFile) {
    /** The names of the class folders, in order. */
    static List<String> classes(Path folder) {
        List<String> names =
                ClassNames.ordered(list(folder).filter(Files::isDirectory).map(ImageFolder::name));
        if (names.isEmpty()) {
            throw new UserError(folder + ": no class folders; expected one folder of images per class");
        }
        return names;
    }

    /**
     * Reads all images of a split. Adds, for each class, the SHA-256 over its files' names and SHA-256s in order.
     *
     * @throws UserError if a class has no images, an image is unreadable, or sizes differ and none is given
     */
    static ImageFolder read(Path folder, List<String> classes, OptionalInt size, String prefix, FilesRead files) {
        List<Image> images = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        List<Path> all = new ArrayList<>();
        for (int c = 0; c < classes.size(); c++) {
            Path classFolder = folder.resolve(classes.get(c));
            if (!Files.isDirectory(classFolder)) {
                throw new UserError(classFolder + ": no such folder, though it is a class of the training images");
            }
            List<Path> paths = list(classFolder).filter(ImageFolder::isImage).toList();
            if (paths.isEmpty()) {
                throw new UserError(classFolder + ": empty class: no PNG or JPEG images in it");
            }
            MessageDigest digest = DataFile.digest();
            for (Path path : paths) {
                DataFile.Read<Image> read = ImageFile.read(path);
                Image image = size.isPresent() ? read.value().scaled(size.getAsInt(), size.getAsInt()) : read.value();
                digest.update((read.name() + "\n" + read.sha256() + "\n").getBytes(StandardCharsets.UTF_8));
                checkSize(path, image, images, all);
                images.add(image);
                labels.add(c);
                all.add(path);
            }
            files.add(new SourceFile(
                    "data: " + prefix + classes.get(c),
                    prefix + classes.get(c) + "/ (" + paths.size() + " images)",
                    classFolder.toAbsolutePath().toString(),
                    HexFormat.of().formatHex(digest.digest())));
        }
        files.add(Ledger.Entry.all(folder.toString(), "images", images.size()));
        return new ImageFolder(
                List.copyOf(images), labels.stream().mapToInt(label -> label).toArray(), all.getFirst());
    }

    boolean grey() {
        return images.stream().allMatch(image -> image.channels() == 1);
    }

    int height() {
        return images.getFirst().height();
    }

    int width() {
        return images.getFirst().width();
    }

    private static void checkSize(Path path, Image image, List<Image> before, List<Path> paths) {
        if (before.isEmpty()) {
            return;
        }
        Image first = before.getFirst();
        if (image.height() != first.height() || image.width() != first.width()) {
            throw new UserError(
                    path + ": " + image.height() + " x " + image.width() + " pixels, but " + paths.getFirst() + " has "
                            + first.height() + " x " + first.width() + "; set data.size to scale all images");
        }
        Generated.elements(before.size() + 1L, (long) first.values().length);
    }

    private static boolean isImage(Path path) {
        String name = name(path).toLowerCase(Locale.ROOT);
        return Files.isRegularFile(path) && (name.endsWith(".png") || name.endsWith(".jpg") || name.endsWith(".jpeg"));
    }

    /** What is in a folder, hidden files left out, in the order of names. */
    private static Stream<Path> list(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries
                    .filter(path -> !name(path).startsWith("."))
                    .sorted(Comparator.comparing(ImageFolder::name))
                    .toList()
                    .stream();
        } catch (IOException unreadable) {
            throw new UserError(folder + ": cannot be listed (" + unreadable.getMessage() + ")", unreadable);
        }
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }
}
