package io.orrery.lab.data;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.state.SharedArray;
import io.orrery.lab.UserError;
import io.orrery.lab.spec.About;
import io.orrery.lab.spec.Kind;
import io.orrery.lab.spec.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A folder with one folder of images per class, or with folders {@code train} and {@code test} of such folders. Classes are
 * the names of the folders, in order; images come in the order of their names, in single precision, scaled to [0, 1].
 */
@Kind("images")
@About("a folder of PNG or JPEG images per class, optionally below train/ and test/")
public record Images(
        @About("folder of the class folders, or of train/ and test/ with class folders in each") @Place
        Optional<String> dir,

        @About("scale all images to this height and width, in pixels; default: they must have the same size")
        OptionalInt size,

        @About("auto (grey if all images are), grey or rgb") Color color,

        @About("fraction of the images cut off as test set, each class in proportion, if there is no test/")
        double testFraction)
        implements DataSource {
    private static final int LARGEST = 4096;

    /** The channels of all examples. */
    public enum Color {
        AUTO,
        GREY,
        RGB
    }

    /** No folder: one must be given. */
    public static Images defaults() {
        return new Images(Optional.empty(), OptionalInt.empty(), Color.AUTO, 0.2);
    }

    @Override
    public Dataset load(long seed) {
        Path folder = DataFolder.find(dir, Optional.empty(), "images");
        if (size.isPresent() && (size.getAsInt() < 1 || size.getAsInt() > LARGEST)) {
            throw new UserError("data.size must be from 1 to " + LARGEST + " pixels, found " + size.getAsInt());
        }
        TestSplit.check(testFraction);
        boolean parted = Files.isDirectory(folder.resolve("train"));
        Path trainFolder = parted ? folder.resolve("train") : folder;
        Path testFolder = folder.resolve("test");
        List<String> names = ImageFolder.classes(trainFolder);
        FilesRead files = new FilesRead();
        ImageFolder train = ImageFolder.read(trainFolder, names, size, parted ? "train/" : "", files);
        Optional<ImageFolder> test = Optional.empty();
        if (parted && Files.isDirectory(testFolder)) {
            checkKnown(testFolder, names);
            test = Optional.of(ImageFolder.read(testFolder, names, size, "test/", files));
        }
        boolean grey = switch (color) {
            case GREY -> true;
            case RGB -> false;
            case AUTO -> train.grey() && test.map(ImageFolder::grey).orElse(true);
        };
        Shape shape = Shape.of(grey ? 1 : 3, train.height(), train.width());
        Split training = split(train, shape);
        TestSplit splits = test.map(more -> new TestSplit(training, Optional.of(split(more, shape))))
                .orElseGet(() -> TestSplit.cut(training, testFraction, names.size(), seed));
        return new Dataset(
                "images: " + folder,
                shape,
                Dataset.Labels.CLASS,
                names.size(),
                names,
                splits.train(),
                Optional.empty(),
                splits.test(),
                files.files(),
                files.ledger());
    }

    @Override
    public boolean generated() {
        return false;
    }

    @Override
    public boolean seeded() {
        return true;
    }

    private static Split split(ImageFolder folder, Shape shape) {
        if (folder.height() != shape.size(1) || folder.width() != shape.size(2)) {
            throw new UserError(folder.firstFile() + ": " + folder.height() + " x " + folder.width()
                    + " pixels, but training images have " + shape.size(1) + " x " + shape.size(2)
                    + "; set data.size to scale all images");
        }
        List<Image> images = folder.images();
        float[] inputs = new float[Generated.elements(images.size(), shape.count())];
        for (int i = 0; i < images.size(); i++) {
            Image image =
                    shape.size(0) == 1 ? images.get(i).grey() : images.get(i).colour();
            System.arraycopy(image.values(), 0, inputs, i * shape.count(), shape.count());
        }
        return new Split(
                SharedArray.of(Shape.of(images.size(), shape.size(0), shape.size(1), shape.size(2)), inputs),
                folder.labels());
    }

    private static void checkKnown(Path testFolder, List<String> names) {
        for (String name : ImageFolder.classes(testFolder)) {
            if (!names.contains(name)) {
                throw new UserError(
                        testFolder.resolve(name) + ": no such class among the training images; found " + names);
            }
        }
    }
}
