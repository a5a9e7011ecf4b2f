package io.orrery.lab.data.source;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.random.RandomStream;
import io.orrery.lab.data.file.FilesRead;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.Generated;
import io.orrery.lab.data.set.TargetKind;
import io.orrery.lab.spec.About;
import io.orrery.lab.spec.Kind;
import java.util.Arrays;
import java.util.Optional;

/**
 * GMIX(C, d, n, s) (phenomena.md, section 0): class means M_c ~ N(0, I_d); x = (s M_c + N(0, I_d)) r / sqrt(d). Example i is
 * of class i mod C.
 */
@Kind("gaussian-mixture")
@About("GMIX: one Gaussian of unit variance per class around random means")
public record GaussianMixture(
        @About("training examples") int train,
        @About("test examples") int test,
        @About("C: Gaussians, one per class") int components,
        @About("d: input features") int dimensions,

        @About("s: size of the class means beside noise of size 1")
        double scale,

        @About("r: typical norm of an example") double radius)
        implements DataSource {
    /** 10 classes, 60 features, 2,000 training and 4,000 test examples, s = 0.5, r = 2. */
    public static GaussianMixture defaults() {
        return new GaussianMixture(2000, 4000, 10, 60, 0.5, 2);
    }

    @Override
    public Dataset load(long seed, FilesRead files) {
        Generated.checkCounts("gaussian-mixture", train, test);
        Generated.atLeast("gaussian-mixture", "components", 2, components);
        Generated.atLeast("gaussian-mixture", "dimensions", 1, dimensions);
        Generated.notNegative("gaussian-mixture", "scale", scale);
        Generated.notNegative("gaussian-mixture", "radius", radius);
        int _ = Generated.elements(components, dimensions);
        int _ = Generated.elements((long) train + test, dimensions);
        RandomStream random = RandomStream.of(seed, "data");
        double[][] means = new double[components][];
        Arrays.setAll(means, c -> random.normals(Generated.SHARED_STEPS + c, dimensions));
        Generated.Example example = (number, step, inputs, offset) -> {
            int label = number % components;
            double size = radius / Math.sqrt(dimensions);
            for (int j = 0; j < dimensions; j++) {
                inputs[offset + j] = (scale * means[label][j] + random.normal(step, j)) * size;
            }
            return label;
        };
        return new Dataset(
                "gaussian-mixture: " + components + " classes in " + dimensions + " dimensions, means of size " + scale,
                Shape.of(dimensions),
                TargetKind.Classes.numbered(components),
                Generated.split(train, dimensions, 0, example),
                Optional.empty(),
                Generated.test(test, () -> Generated.split(test, dimensions, Generated.TEST_STEPS, example)));
    }

    @Override
    public boolean generated() {
        return true;
    }
}
