package io.orrery.lab.data;

import io.orrery.lab.data.DataSpec.LastBatch;
import io.orrery.lab.data.DataSpec.Order;
import io.orrery.lab.data.DataSpec.Standardization;
import io.orrery.lab.data.file.FilesRead;
import io.orrery.lab.data.source.DataSource;
import io.orrery.lab.data.source.Scribbles;
import io.orrery.lab.spec.Word;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A spec for tests: batches of 1 and no transforms, but for what a test sets. */
public final class DataSpecBuilder {
    private final DataSource source;
    private OptionalLong seed = OptionalLong.empty();
    private int validation;
    private List<Word> classes = List.of();
    private OptionalInt perClass = OptionalInt.empty();
    private List<Integer> imbalance = List.of();
    private DataSpec.Permute permute = DataSpec.Permute.NONE;
    private Standardization standardize = Standardization.NONE;
    private boolean unitNorm;
    private double labelNoise;
    private boolean randomLabels;
    private int batchSize = 1;
    private Order order = Order.EPOCHS;

    private DataSpecBuilder(DataSource source) {
        this.source = source;
    }

    public static DataSpecBuilder of(DataSource source) {
        return new DataSpecBuilder(source);
    }

    /** For tests that transform a data set of their own. */
    public static DataSpecBuilder plain() {
        return of(Scribbles.defaults());
    }

    DataSpecBuilder seed(long value) {
        seed = OptionalLong.of(value);
        return this;
    }

    public DataSpecBuilder validation(int value) {
        validation = value;
        return this;
    }

    public DataSpecBuilder classes(Word... value) {
        classes = List.of(value);
        return this;
    }

    public DataSpecBuilder classes(int... value) {
        classes = Arrays.stream(value).mapToObj(Word::number).toList();
        return this;
    }

    public DataSpecBuilder perClass(int value) {
        perClass = OptionalInt.of(value);
        return this;
    }

    public DataSpecBuilder imbalance(Integer... value) {
        imbalance = List.of(value);
        return this;
    }

    public DataSpecBuilder permuted() {
        permute = DataSpec.Permute.FEATURES;
        return this;
    }

    DataSpecBuilder permute(DataSpec.Permute value) {
        permute = value;
        return this;
    }

    public DataSpecBuilder standardize(Standardization value) {
        standardize = value;
        return this;
    }

    DataSpecBuilder unitNorm() {
        unitNorm = true;
        return this;
    }

    public DataSpecBuilder labelNoise(double value) {
        labelNoise = value;
        return this;
    }

    DataSpecBuilder randomLabels() {
        randomLabels = true;
        return this;
    }

    DataSpecBuilder batchSize(int value) {
        batchSize = value;
        return this;
    }

    DataSpecBuilder order(Order value) {
        order = value;
        return this;
    }

    public DataSpec build() {
        return new DataSpec(
                source,
                seed,
                validation,
                classes,
                perClass,
                imbalance,
                standardize,
                unitNorm,
                permute,
                labelNoise,
                randomLabels,
                batchSize,
                order,
                LastBatch.KEEP,
                FilesRead.USUAL_MEGABYTES);
    }
}
