package io.orrery.lab.data.source;

import io.orrery.engine.graph.Shape;
import io.orrery.lab.UserError;
import io.orrery.lab.data.file.FilesRead;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.Generated;
import io.orrery.lab.data.set.TargetKind;
import io.orrery.lab.spec.About;
import io.orrery.lab.spec.Kind;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The identity matrix as inputs (core.md, section 4.2): example n of N is the n-th unit vector, so column n of the first
 * layer's weight is that example's feature, free of every other. A linear network of one hidden layer on it is the
 * unconstrained feature model; with more linear layers, that of 4.3. Examples are in the order of their classes.
 */
@Kind("free-features")
@About("one-hot inputs, one for each example: with linear layers without bias, the unconstrained feature model")
public record FreeFeatures(
        @About("n_c: training examples of each class; no test examples")
        List<Integer> classSizes) implements DataSource {
    /** Four classes of 40, 20, 10 and 4 examples. */
    public static FreeFeatures defaults() {
        return new FreeFeatures(List.of(40, 20, 10, 4));
    }

    @Override
    public Dataset load(long seed, FilesRead files) {
        if (classSizes.size() < 2 || classSizes.stream().anyMatch(size -> size < 1)) {
            throw new UserError("data.classSizes of source free-features: expected at least 2 classes of 1 example or"
                    + " more each, found " + classSizes);
        }
        long total = classSizes.stream().mapToLong(size -> size).sum();
        Generated.elements(total, total);
        int count = (int) total;
        int[] labels = IntStream.range(0, classSizes.size())
                .flatMap(label -> IntStream.range(0, classSizes.get(label)).map(_ -> label))
                .toArray();
        return new Dataset(
                "free-features: one-hot inputs of classes of " + classSizes + " examples",
                Shape.of(count),
                TargetKind.Classes.numbered(classSizes.size()),
                Generated.split(count, count, 0, (number, _, inputs, offset) -> {
                    inputs[offset + number] = 1;
                    return labels[number];
                }),
                Optional.empty(),
                Optional.empty());
    }

    @Override
    public boolean generated() {
        return true;
    }

    @Override
    public boolean seeded() {
        return false;
    }
}
