package io.orrery.lab.data.source;

import io.orrery.lab.UserError;
import io.orrery.lab.data.file.DataFolder;
import io.orrery.lab.data.file.FilesRead;
import io.orrery.lab.data.image.IdxFile;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.Split;
import io.orrery.lab.data.set.TargetKind;
import io.orrery.lab.spec.About;
import io.orrery.lab.spec.Kind;
import io.orrery.lab.spec.Place;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Grey images in the format of MNIST: four files in a folder under their usual names, or each named. Pixels are scaled to
 * [0, 1], in single precision.
 */
@Kind("idx")
@About("grey images in IDX files as of MNIST, Fashion-MNIST and others, plain or gzip")
public record Idx(
        @About("folder of the four files under their usual names, such as train-images-idx3-ubyte.gz") @Place
        Optional<String> dir,

        @About("file of training images") @Place Optional<String> trainImages,
        @About("file of training labels") @Place Optional<String> trainLabels,
        @About("file of test images") @Place Optional<String> testImages,
        @About("file of test labels") @Place Optional<String> testLabels,

        @About("number of classes; default: the highest training label + 1")
        OptionalInt classCount)
        implements DataSource {
    private static final int ANY_LABEL = 255;

    /** No files: at least a folder must be given. */
    public static Idx defaults() {
        return new Idx(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty());
    }

    @Override
    public Dataset load(long seed, FilesRead files) {
        if (classCount.isPresent() && (classCount.getAsInt() < 2 || classCount.getAsInt() > ANY_LABEL + 1)) {
            throw new UserError("data.classCount must be from 2 to 256, found " + classCount.getAsInt());
        }
        Optional<Path> folder = dir.map(given -> DataFolder.find(Optional.of(given), Optional.empty(), "idx"));
        Path images = file(trainImages, folder, "trainImages", "train-images");
        Path labels = file(trainLabels, folder, "trainLabels", "train-labels");
        int allowed = classCount.isPresent() ? classCount.getAsInt() - 1 : ANY_LABEL;
        Split train = IdxFile.split(images, labels, allowed, files, "data: training");
        int highest = classCount.isPresent()
                ? allowed
                : Arrays.stream(train.labels()).max().orElse(0);
        Optional<Split> test = Optional.empty();
        if (folder.isPresent() || testImages.isPresent() || testLabels.isPresent()) {
            Path moreImages = file(testImages, folder, "testImages", "t10k-images");
            Path moreLabels = file(testLabels, folder, "testLabels", "t10k-labels");
            test = Optional.of(IdxFile.split(moreImages, moreLabels, highest, files, "data: test"));
            checkSameSize(images, train, moreImages, test.get());
        }
        return new Dataset(
                "idx: " + images,
                train.inputs().shape().without(0),
                new TargetKind.Classes(IntStream.rangeClosed(0, highest)
                        .mapToObj(Integer::toString)
                        .toList()),
                train,
                Optional.empty(),
                test,
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

    private static Path file(Optional<String> given, Optional<Path> folder, String key, String usual) {
        if (given.isPresent()) {
            return Path.of(given.get());
        }
        String kind = usual.endsWith("images") ? "idx3-ubyte" : "idx1-ubyte";
        return folder.map(place -> DataFolder.require(place, List.of(usual + "-" + kind, usual + "." + kind)))
                .orElseThrow(() -> new UserError("source idx needs data." + key
                        + ", or the folder of all four files with --set data.dir=FOLDER"));
    }

    private static void checkSameSize(Path images, Split train, Path moreImages, Split test) {
        if (!train.inputs().shape().without(0).equals(test.inputs().shape().without(0))) {
            throw new UserError(moreImages + ": images of shape "
                    + test.inputs().shape().without(0) + ", but those of " + images + " have shape "
                    + train.inputs().shape().without(0));
        }
    }
}
