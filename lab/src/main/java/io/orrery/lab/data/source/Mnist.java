package io.orrery.lab.data.source;

import io.orrery.lab.data.file.DataFolder;
import io.orrery.lab.data.file.FilesRead;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.spec.About;
import io.orrery.lab.spec.Kind;
import io.orrery.lab.spec.Place;
import java.util.Optional;
import java.util.OptionalInt;

/** The handwritten digits of MNIST (LeCun, Cortes, Burges 1998), or Fashion-MNIST, which has the same file names. */
@Kind("mnist")
@About("MNIST or Fashion-MNIST: 60,000 training and 10,000 test images of 28 x 28 pixels in [0, 1]")
public record Mnist(
        @About("folder of the four files, plain or gzip; default: folder mnist of ORRERY_DATA") @Place
        Optional<String> dir)
        implements DataSource {
    private static final int DIGITS = 10;

    /** The folder that ORRERY_DATA names. */
    public static Mnist defaults() {
        return new Mnist(Optional.empty());
    }

    @Override
    public Dataset load(long seed, FilesRead files) {
        String folder = DataFolder.find(dir, DataFolder.orreryData(), "mnist").toString();
        return new Idx(
                        Optional.of(folder),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        OptionalInt.of(DIGITS))
                .load(seed, files);
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
