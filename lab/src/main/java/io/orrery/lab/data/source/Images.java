package io.orrery.lab.data.source;

import io.orrery.engine.graph.Shape;
import io.orrery.lab.UserError;
import io.orrery.lab.data.file.DataFolder;
import io.orrery.lab.data.file.FilesRead;
import io.orrery.lab.data.file.Ledger;
import io.orrery.lab.data.file.Memory;
import io.orrery.lab.data.image.Entries;
import io.orrery.lab.data.image.ImageFolder;
import io.orrery.lab.data.image.ImageLayout;
import io.orrery.lab.data.image.ImageTree;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.Split;
import io.orrery.lab.data.set.TargetKind;
import io.orrery.lab.data.set.TestSplit;
import io.orrery.lab.spec.About;
import io.orrery.lab.spec.Kind;
import io.orrery.lab.spec.Place;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A folder with one folder of images per class, or with folders of splits that hold such folders: see {@link ImageLayout}. Classes
 * are the names of the folders, in order; images come in the order of their names, scaled to [0, 1].
 */
@Kind("images")
@About(
        "a folder of PNG or JPEG images per class, optionally below train/, test/ and val/. Folders in a class folder belong to it."
                + " Without test/, val/ is the test split; with both, val/ is the validation split. Values are stored samples divided by the"
                + " largest one possible: gamma and colour profiles are not applied; transparent parts turn black; pictures are turned upright"
                + " as their EXIF orientation says. What is not read is counted by the command data")
public record Images(
        @About("folder of the class folders, or of train/, test/ and val/ with class folders in each") @Place
        Optional<String> dir,

        @About("scale all images to this height and width, in pixels; default: they must have the same size")
        OptionalInt size,

        @About("auto (grey if all images are: of a grey kind, or with a palette of greys), grey or rgb")
        Color color,

        @About("fraction of the images cut off as test set, each class in proportion, if there is no test/ and no val/")
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
    public Dataset load(long seed, FilesRead files) {
        Path folder = DataFolder.find(dir, Optional.empty(), "images");
        if (size.isPresent() && (size.getAsInt() < 1 || size.getAsInt() > LARGEST)) {
            throw new UserError("data.size must be from 1 to " + LARGEST + " pixels, found " + size.getAsInt());
        }
        TestSplit.check(testFraction);
        ImageLayout layout = ImageLayout.of(folder);
        ImageTree trainTree = ImageTree.of(layout.train());
        List<String> names = trainTree.classes();
        ImageFolder train = ImageFolder.of(trainTree, names, layout.parted() ? "train/" : "", size, files);
        Optional<ImageFolder> test = layout.test().map(one -> heldOut(one, train, "test/", files));
        Optional<ImageFolder> validation = layout.validation().map(one -> heldOut(one, train, "val/", files));
        boolean grey = switch (color) {
            case GREY -> true;
            case RGB -> false;
            case AUTO ->
                Stream.of(Optional.of(train), test, validation)
                        .allMatch(one -> one.map(ImageFolder::grey).orElse(true));
        };
        Shape shape = Shape.of(grey ? 1 : 3, train.height(), train.width());
        long count = (long) train.count()
                + test.map(ImageFolder::count).orElse(0)
                + validation.map(ImageFolder::count).orElse(0);
        Memory.require(folder, count, shape.count(), files.least().bytes());
        Split training = train.read(shape, files);
        Optional<Split> testing = test.map(one -> one.read(shape, files));
        Optional<Split> validating = validation.map(one -> one.read(
                shape,
                files,
                test.isPresent() ? "this is the validation split" : "this is the test split: there is no test/"));
        others(folder, layout).ifPresent(files::add);
        TestSplit splits = testing.isPresent() || validating.isPresent()
                ? new TestSplit(training, testing.isPresent() ? testing : validating)
                : TestSplit.cut(training, testFraction, names.size(), seed);
        return new Dataset(
                "images: " + folder,
                shape,
                new TargetKind.Classes(names),
                splits.train(),
                testing.isPresent() ? validating : Optional.empty(),
                splits.test(),
                files.files(),
                files.ledger());
    }

    @Override
    public boolean images() {
        return true;
    }

    @Override
    public boolean generated() {
        return false;
    }

    @Override
    public boolean numberedClasses() {
        return false;
    }

    @Override
    public boolean seeded() {
        return true;
    }

    private ImageFolder heldOut(Path folder, ImageFolder train, String prefix, FilesRead files) {
        ImageTree tree = ImageTree.of(folder);
        for (String name : tree.classes()) {
            if (!train.classes().contains(name)) {
                throw new UserError(
                        folder.resolve(name) + ": no such class among the training images; found " + train.classes());
            }
        }
        ImageFolder found = ImageFolder.of(tree, train.classes(), prefix, size, files);
        if (found.height() != train.height() || found.width() != train.width()) {
            throw new UserError(folder + ": " + found.height() + " x " + found.width()
                    + " pixels, but training images have " + train.height() + " x " + train.width()
                    + "; set data.size to scale all images");
        }
        return found;
    }

    /** What lies beside the splits. */
    private static Optional<Ledger.Entry> others(Path folder, ImageLayout layout) {
        if (!layout.parted()) {
            return Optional.empty();
        }
        Entries beside = Entries.of(folder);
        List<Ledger.Reason> leftOut = new ArrayList<>();
        long found = (long) beside.files().size()
                + beside.systems().size()
                + beside.dead().size()
                + beside.strange().size();
        if (found > 0) {
            leftOut.add(new Ledger.Reason(found, "beside the folders of splits"));
        }
        for (Path other : layout.others()) {
            long count = ImageTree.count(other);
            if (count > 0) {
                leftOut.add(new Ledger.Reason(count, "in " + Entries.name(other) + "/, which is no split"));
                found += count;
            }
        }
        return leftOut.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Ledger.Entry(folder.toString(), "other files", found, 0, List.of(), leftOut, List.of()));
    }
}
