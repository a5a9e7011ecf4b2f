package io.orrery.lab.data.source;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.random.RandomStream;
import io.orrery.lab.data.file.FilesRead;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.Generated;
import io.orrery.lab.data.set.TargetKind;
import io.orrery.lab.spec.About;
import io.orrery.lab.spec.Kind;
import java.util.Optional;

/**
 * Gaussian clusters around random unit vectors (core.md, generator G3): x = centre + s noise, the noise of variance 1/d per
 * coordinate; then the norm is made 1. Example i is of cluster i mod K.
 */
@Kind("clusters")
@About("one Gaussian cluster per class around random unit centres, on the unit sphere")
public record Clusters(
        @About("clusters, one per class") int clusters,
        @About("training examples of each cluster") int perCluster,
        @About("test examples of each cluster") int testPerCluster,
        @About("input features") int dimensions,

        @About("s: size of the noise beside centres of size 1")
        double spread)
        implements DataSource {
    /** 10 clusters of 40 training examples with 64 features and spread 0.8. */
    public static Clusters defaults() {
        return new Clusters(10, 40, 100, 64, 0.8);
    }

    @Override
    public Dataset load(long seed, FilesRead files) {
        Generated.atLeast("clusters", "clusters", 2, clusters);
        Generated.atLeast("clusters", "perCluster", 1, perCluster);
        Generated.atLeast("clusters", "testPerCluster", 0, testPerCluster);
        Generated.atLeast("clusters", "dimensions", 1, dimensions);
        Generated.notNegative("clusters", "spread", spread);
        RandomStream random = RandomStream.of(seed, "data");
        double[] centres = new double[Generated.elements(clusters, dimensions)];
        for (int c = 0; c < clusters; c++) {
            for (int j = 0; j < dimensions; j++) {
                centres[c * dimensions + j] = random.normal(Generated.SHARED_STEPS + c, j);
            }
            Generated.toUnitNorm(centres, c * dimensions, dimensions);
        }
        Generated.Example example = (number, step, inputs, offset) -> {
            int label = number % clusters;
            double deviation = spread * Math.sqrt(1.0 / dimensions);
            for (int j = 0; j < dimensions; j++) {
                inputs[offset + j] = centres[label * dimensions + j] + deviation * random.normal(step, j);
            }
            Generated.toUnitNorm(inputs, offset, dimensions);
            return label;
        };
        int train = Generated.elements(clusters, perCluster);
        int test = Generated.elements(clusters, testPerCluster);
        return new Dataset(
                "clusters: " + clusters + " clusters of spread " + spread + " in " + dimensions + " dimensions",
                Shape.of(dimensions),
                TargetKind.Classes.numbered(clusters),
                Generated.split(train, dimensions, 0, example),
                Optional.empty(),
                Generated.test(test, () -> Generated.split(test, dimensions, Generated.TEST_STEPS, example)));
    }

    @Override
    public boolean generated() {
        return true;
    }
}
