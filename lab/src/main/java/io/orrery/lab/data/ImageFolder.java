package io.orrery.lab.data;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.state.SharedArray;
import io.orrery.lab.UserError;
import io.orrery.lab.data.picture.Orientation;
import io.orrery.lab.data.picture.Picture;
import io.orrery.lab.data.picture.PictureHeader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
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
record ImageFolder(
        ImageTree tree, List<String> classes, String prefix, int height, int width, boolean grey, int turned) {
    /**
     * Looks at the headers of all images of a split.
     *
     * @param size scale to this height and width
     * @throws UserError if a class has no images, an image is unreadable, or sizes differ and none is given
     */
    static ImageFolder of(ImageTree tree, List<String> classes, String prefix, OptionalInt size) {
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
    int count() {
        return classes.stream().mapToInt(name -> tree.of(name).size()).sum();
    }

    /**
     * Decodes all images. Adds, for each class, the SHA-256 over its files' names and SHA-256s in order.
     *
     * @param shape [channels, height, width] of an example
     * @param remarks what is to be said of the split
     */
    Split read(Shape shape, FilesRead files, String... remarks) {
        float[] inputs = new float[Generated.elements(count(), shape.count())];
        int[] labels = new int[count()];
        int number = 0;
        for (int c = 0; c < classes.size(); c++) {
            List<ImageTree.Found> images = tree.of(classes.get(c));
            MessageDigest digest = DataFile.digest();
            for (ImageTree.Found image : images) {
                DataFile.Read<Picture> read = ImageFile.read(image.path());
                digest.update((image.name() + "\n" + read.sha256() + "\n").getBytes(StandardCharsets.UTF_8));
                Picture scaled = read.value().scaled(height, width);
                Picture example = shape.size(0) == 1 ? scaled.grey() : scaled.colour();
                if (example.values().length != shape.count()) {
                    throw new UserError(image.path() + ": changed while it was read; run again");
                }
                System.arraycopy(example.values(), 0, inputs, number * shape.count(), shape.count());
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
        return new Split(
                SharedArray.of(Shape.of(count(), shape.size(0), shape.size(1), shape.size(2)), inputs), labels);
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
