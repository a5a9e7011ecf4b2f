package io.orrery.lab.data.source;

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

/** The binary version of CIFAR-100 (Krizhevsky 2009). */
@Kind("cifar100")
@About("CIFAR-100, binary version: colour images of 32 x 32 pixels in [0, 1]")
public record Cifar100(
        @About("folder with train.bin and test.bin, plain or gzip; default: folder cifar100 of ORRERY_DATA") @Place
        Optional<String> dir,

        @About("fine (100 classes) or coarse (20)") Level level)
        implements DataSource {
    /** Which of the two labels of an image is its class. */
    public enum Level {
        FINE,
        COARSE
    }

    /** The folder that ORRERY_DATA names, fine labels. */
    public static Cifar100 defaults() {
        return new Cifar100(Optional.empty(), Level.FINE);
    }

    @Override
    public Dataset load(long seed, FilesRead files) {
        Path folder = DataFolder.find(dir, DataFolder.orreryData(), "cifar100");
        Path train = DataFolder.require(folder, List.of("train.bin"));
        Path test = DataFolder.require(folder, List.of("test.bin"));
        CifarFile format = switch (level) {
            case FINE -> new CifarFile(2, 1, 100);
            case COARSE -> new CifarFile(2, 0, 20);
        };
        Split training = format.split(List.of(train), files, "data: training");
        Split testing = format.split(List.of(test), files, "data: test");
        return new Dataset(
                "cifar100: " + folder,
                CifarFile.exampleShape(),
                TargetKind.Classes.numbered(format.classes()),
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
}
