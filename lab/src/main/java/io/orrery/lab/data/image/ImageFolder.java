package io.orrery.lab.data.image;

import io.orrery.engine.graph.Shape;
import io.orrery.lab.UserError;
import io.orrery.lab.data.file.DataFile;
import io.orrery.lab.data.file.FilesRead;
import io.orrery.lab.data.file.SourceFile;
import io.orrery.lab.data.picture.Orientation;
import io.orrery.lab.data.picture.Picture;
import io.orrery.lab.data.picture.PictureHeader;
import io.orrery.lab.data.set.InputRows;
import io.orrery.lab.data.set.Split;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * The images of one split, in the order of classes and file names. Headers are read first: what the images need in memory is
 * known, and refused, before one is decoded.
 *
 * @param tree where they are
 * @param classes the classes' names
 * @param prefix the split in the keys of digests: empty, or such as {@code test/}
 * @param height of an example
 * @param width of an example
 * @param grey whether all images are
 * @param turned how many are turned as EXIF says
 */
public record ImageFolder(
        ImageTree tree, List<String> classes, String prefix, int height, int width, boolean grey, int turned) {
    /**
     * Looks at the headers of all images of a split.
     *
     * @param size scale to this height and width
     * @throws UserError if a class has no images, an image is unreadable, or sizes differ and none is given
     */
    public static ImageFolder of(
            ImageTree tree, List<String> classes, String prefix, OptionalInt size, FilesRead files) {
        FolderProgress progress = new FolderProgress(tree, files.progress(), 0);
        boolean grey = true;
        int turned = 0;
        Path firstPath = tree.folder();
        int height = size.orElse(0);
        int width = size.orElse(0);
        for (String name : classes) {
            List<ImageTree.Found> images = tree.of(name);
            if (images.isEmpty()) {
                throw new UserError(tree.folder().resolve(name)
                        + (tree.files().containsKey(name)
                                ? ": empty class: no PNG or JPEG images in it" + tree.emptiness()
                                : ": no such folder, though it is a class of the training images"));
            }
            for (ImageTree.Found image : images) {
                PictureHeader header = ImageFile.header(image.path());
                checkMemory(image.path(), header, Runtime.getRuntime().maxMemory());
                progress.read(image.path());
                grey &= header.grey();
                turned += header.orientation() == Orientation.UPRIGHT ? 0 : 1;
                if (size.isEmpty() && height == 0) {
                    firstPath = image.path();
                    height = header.height();
                    width = header.width();
                }
                if (size.isEmpty() && (header.height() != height || header.width() != width)) {
                    throw new UserError(image.path() + ": " + header.height() + " x " + header.width()
                            + " pixels, but " + firstPath + " has " + height + " x " + width
                            + "; set data.size to scale all images");
                }
            }
        }
        return new ImageFolder(tree, classes, prefix, height, width, grey, turned);
    }

    /** How many images there are. */
    public int count() {
        return classes.stream().mapToInt(name -> tree.of(name).size()).sum();
    }

    /**
     * Decodes all images. Adds, for each class, the SHA-256 over its files' names and SHA-256s in order.
     *
     * @param shape [channels, height, width] of an example
     * @param remarks what is to be said of the split
     */
    public Split read(Shape shape, FilesRead files, String... remarks) {
        InputRows inputs = InputRows.of(count(), shape, files.least());
        int[] labels = new int[count()];
        FolderProgress progress = new FolderProgress(tree, files.progress(), 1);
        int number = 0;
        for (int c = 0; c < classes.size(); c++) {
            List<ImageTree.Found> images = tree.of(classes.get(c));
            MessageDigest digest = DataFile.digest();
            for (ImageTree.Found image : images) {
                DataFile.Read<Picture> read = ImageFile.read(image.path());
                progress.read(image.path());
                digest.update((image.name() + "\n" + read.sha256() + "\n").getBytes(StandardCharsets.UTF_8));
                Picture scaled = read.value().scaled(height, width);
                Picture example = shape.size(0) == 1 ? scaled.grey() : scaled.colour();
                if (example.values().length != shape.count()) {
                    throw new UserError(image.path() + ": changed while it was read; run again");
                }
                for (int i = 0; i < shape.count(); i++) {
                    inputs.set(number * shape.count() + i, example.values()[i]);
                }
                labels[number++] = c;
            }
            String name = prefix + classes.get(c);
            files.add(new SourceFile(
                    "data: " + name,
                    name + "/ (" + images.size() + " images)",
                    tree.folder().resolve(classes.get(c)).toAbsolutePath().toString(),
                    HexFormat.of().formatHex(digest.digest())));
        }
        files.add(tree.entry(remarks(remarks)));
        return new Split(inputs.array(), labels);
    }

    /** Tells how far the reading of a folder is: all files are read twice, for their headers and for their pixels. */
    private static final class FolderProgress {
        private final Path folder;
        private final FilesRead.Progress progress;
        private final long total;
        private long bytes;

        FolderProgress(ImageTree tree, FilesRead.Progress progress, int timesBefore) {
            this.folder = tree.folder();
            this.progress = progress;
            long all = tree.files().values().stream()
                    .flatMap(List::stream)
                    .mapToLong(image -> size(image.path()))
                    .sum();
            this.total = 2 * all;
            this.bytes = timesBefore * all;
        }

        void read(Path file) {
            bytes += size(file);
            progress.reading(folder, bytes, total);
        }

        private static long size(Path file) {
            return file.toFile().length();
        }
    }

    /** Refuses a picture that cannot be decoded in this heap: samples, values and those turned lie there at once. */
    static void checkMemory(Path path, PictureHeader header, long heap) {
        long pixels = (long) header.height() * header.width();
        double bytes = (double) pixels * (2 * header.channels() + 2) * Double.BYTES;
        if (bytes > heap) {
            throw new UserError(String.format(
                    Locale.ROOT,
                    "%s: %d x %d pixels need about %,.0f MB to be decoded, but the heap has %,d MB; make the picture smaller, or give"
                            + " more with ORRERY_JAVA_FLAGS=-Xmx%dg",
                    path,
                    header.height(),
                    header.width(),
                    bytes / 1e6,
                    heap / 1_000_000,
                    (long) Math.ceil(1.5 * bytes / 1e9)));
        }
    }

    private List<String> remarks(String... more) {
        List<String> remarks = new ArrayList<>(List.of(more));
        if (turned > 0) {
            remarks.add(
                    turned + (turned == 1 ? " image was" : " images were") + " turned as its EXIF orientation says");
        }
        return remarks;
    }
}
