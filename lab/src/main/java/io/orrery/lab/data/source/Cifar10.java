package io.orrery.lab.data.source;

import io.orrery.lab.UserError;
import io.orrery.lab.data.file.DataFolder;
import io.orrery.lab.data.file.FilesRead;
import io.orrery.lab.data.image.CifarFile;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.Split;
import io.orrery.lab.data.set.TargetKind;
import io.orrery.lab.spec.About;
import io.orrery.lab.spec.Kind;
import io.orrery.lab.spec.Place;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The binary version of CIFAR-10 (Krizhevsky 2009), or a sample of it in the same format. */
@Kind("cifar10")
@About("CIFAR-10, binary version: colour images of 32 x 32 pixels in [0, 1]")
public record Cifar10(
        @About(
                "folder with data_batch_1.bin to data_batch_5.bin or train.bin, and test_batch.bin or test.bin, plain or gzip; default: folder cifar10 of ORRERY_DATA, or cifar10-small, a sample")
        @Place
        Optional<String> dir)
        implements DataSource {
    private static final List<String> NAMES =
            List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");
    private static final int BATCHES = 5;

    /** The folder that ORRERY_DATA names. */
    public static Cifar10 defaults() {
        return new Cifar10(Optional.empty());
    }

    @Override
    public Dataset load(long seed, FilesRead files) {
        Path folder = DataFolder.find(dir, DataFolder.orreryData(), "cifar10");
        List<Path> train = trainingFiles(folder);
        Path test = DataFolder.require(folder, List.of("test_batch.bin", "test.bin"));
        CifarFile format = new CifarFile(1, 0, NAMES.size());
        Split training = format.split(train, files, "data: training");
        Split testing = format.split(List.of(test), files, "data: test");
        return new Dataset(
                "cifar10: " + folder,
                CifarFile.exampleShape(),
                new TargetKind.Classes(NAMES),
                training,
                Optional.empty(),
                Optional.of(testing),
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

    private static List<Path> trainingFiles(Path folder) {
        List<Path> batches = IntStream.rangeClosed(1, BATCHES)
                .mapToObj(batch -> DataFolder.lookUp(folder, List.of("data_batch_" + batch + ".bin")))
                .flatMap(Optional::stream)
                .toList();
        if (batches.isEmpty()) {
            return List.of(DataFolder.require(folder, List.of("train.bin", "data_batch_1.bin")));
        }
        if (batches.size() < BATCHES) {
            throw new UserError(folder + ": only " + batches.size() + " of the files data_batch_1.bin to data_batch_"
                    + BATCHES + ".bin; a smaller sample is to be named train.bin");
        }
        return batches;
    }
}
