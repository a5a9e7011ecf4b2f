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
 * The parity of two signs among many (core.md, generator G2): x uniform in {-1, +1}^d, y = x_1 x_2, then x / sqrt(d).
 * Class 1 is y = +1.
 */
@Kind("xor")
@About("random signs; the class is the product of the first two; class 1 is y = +1")
public record Xor(
        @About("training examples") int train,
        @About("test examples") int test,
        @About("input features") int dimensions)
        implements DataSource {
    /** 80 training examples of 16 features, 1,000 fresh test points. */
    public static Xor defaults() {
        return new Xor(80, 1000, 16);
    }

    @Override
    public Dataset load(long seed, FilesRead files) {
        Generated.checkCounts("xor", train, test);
        Generated.atLeast("xor", "dimensions", 2, dimensions);
        RandomStream random = RandomStream.of(seed, "data");
        Generated.Example example = (number, step, inputs, offset) -> {
            double scale = Math.sqrt(dimensions);
            for (int j = 0; j < dimensions; j++) {
                inputs[offset + j] = (2 * random.integer(step, j, 2) - 1) / scale;
            }
            return inputs[offset] > 0 == inputs[offset + 1] > 0 ? 1 : 0;
        };
        return new Dataset(
                "xor: the product of two of " + dimensions + " signs",
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
