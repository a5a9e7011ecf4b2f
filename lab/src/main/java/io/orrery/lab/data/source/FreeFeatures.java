package io.orrery.lab.data.source;

import io.orrery.engine.graph.Shape;
import io.orrery.lab.UserError;
import io.orrery.lab.data.file.FilesRead;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.Generated;
import io.orrery.lab.data.set.TargetKind;
import io.orrery.lab.spec.About;
import io.orrery.lab.spec.Kind;
import io.orrery.lab.spec.Later;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The identity matrix as inputs (core.md, section 4.2): example n of N is the n-th unit vector, so column n of the first
 * layer's weight is that example's feature, free of every other. A linear network of one hidden layer on it is the
 * unconstrained feature model; with more linear layers, that of 4.3. Examples are in the order of their classes. Where features are
 * shared, all examples of class c of K are the c-th unit vector: one feature for each class, weighed by its examples in the loss and
 * once in decay, which is the layer-peeled model (Fang, He, Long and Su 2021; section 4.5).
 */
@Kind("free-features")
@About("one-hot inputs, one for each example: with linear layers without bias, the unconstrained feature model")
public record FreeFeatures(
        @About("n_c: training examples of each class; no test examples")
        List<Integer> classSizes,

        @About(
                "one input for each class, the same for all of its examples, instead of one for each example: the layer-peeled model")
        @Later
        boolean shared)
        implements DataSource {
    /** Four classes of 40, 20, 10 and 4 examples. */
    public static FreeFeatures defaults() {
        return new FreeFeatures(List.of(40, 20, 10, 4), false);
    }

    @Override
    public Dataset load(long seed, FilesRead files) {
        if (classSizes.size() < 2 || classSizes.stream().anyMatch(size -> size < 1)) {
            throw new UserError("data.classSizes of source free-features: expected at least 2 classes of 1 example or"
                    + " more each, found " + classSizes);
        }
        long total = classSizes.stream().mapToLong(size -> size).sum();
        int width = shared ? classSizes.size() : (int) Math.min(total, Integer.MAX_VALUE);
        Generated.elements(total, width);
        int count = (int) total;
        int[] labels = IntStream.range(0, classSizes.size())
                .flatMap(label -> IntStream.range(0, classSizes.get(label)).map(_ -> label))
                .toArray();
        return new Dataset(
                "free-features: one-hot inputs of classes of " + classSizes + " examples"
                        + (shared ? ", one for each class" : ""),
                Shape.of(width),
                TargetKind.Classes.numbered(classSizes.size()),
                Generated.split(count, width, 0, (number, _, inputs, offset) -> {
                    inputs[offset + (shared ? labels[number] : number)] = 1;
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
