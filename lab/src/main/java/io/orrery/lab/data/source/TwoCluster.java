package io.orrery.lab.data.source;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.random.RandomStream;
import io.orrery.lab.data.file.FilesRead;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.Generated;
import io.orrery.lab.data.set.TargetKind;
import io.orrery.lab.spec.About;
import io.orrery.lab.spec.Kind;
import java.util.List;
import java.util.Optional;

/**
 * Two overlapping Gaussian clusters on the unit sphere (core.md, generator G1): y alternates, starting with +1;
 * x = noise of variance 1/d per coordinate + y (separation / 2) e_1; then the norm is made 1. Class 1 is y = +1.
 */
@Kind("two-cluster")
@About("two Gaussian clusters on the unit sphere, told apart by their first coordinate; class 1 is y = +1")
public record TwoCluster(
        @About("training examples") int train,
        @About("test examples") int test,
        @About("input features") int dimensions,

        @About("distance of the cluster centres before the norm is made 1")
        double separation)
        implements DataSource {
    /** 64 training examples of 20 features, 1.5 apart. */
    public static TwoCluster defaults() {
        return new TwoCluster(64, 1000, 20, 1.5);
    }

    @Override
    public Dataset load(long seed, FilesRead files) {
        Generated.checkCounts("two-cluster", train, test);
        Generated.atLeast("two-cluster", "dimensions", 1, dimensions);
        Generated.notNegative("two-cluster", "separation", separation);
        RandomStream random = RandomStream.of(seed, "data");
        Generated.Example example = (number, step, inputs, offset) -> {
            int label = number % 2 == 0 ? 1 : 0;
            double deviation = Math.sqrt(1.0 / dimensions);
            for (int j = 0; j < dimensions; j++) {
                inputs[offset + j] = deviation * random.normal(step, j);
            }
            inputs[offset] += (label == 1 ? 1 : -1) * separation / 2;
            Generated.toUnitNorm(inputs, offset, dimensions);
            return label;
        };
        return new Dataset(
                "two-cluster: " + dimensions + " features, separation " + separation,
                Shape.of(dimensions),
                new TargetKind.Classes(List.of("-1", "+1")),
                Generated.split(train, dimensions, 0, example),
                Optional.empty(),
                Generated.test(test, () -> Generated.split(test, dimensions, Generated.TEST_STEPS, example)));
    }

    @Override
    public boolean generated() {
        return true;
    }
}
