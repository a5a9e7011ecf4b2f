package io.orrery.lab.data.source;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.random.RandomStream;
import io.orrery.lab.data.file.FilesRead;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.Generated;
import io.orrery.lab.data.set.TargetKind;
import io.orrery.lab.spec.About;
import io.orrery.lab.spec.Kind;
import io.orrery.lab.spec.Serves;
import java.util.List;
import java.util.Optional;

/**
 * Classes that are the leaves of a tree, so that some are nearer to each other than others. Each node but the root has a standard normal
 * vector u in the latent space; the mean of a leaf is the sum over the levels of scale times u of the node above it on that level. With
 * q latent dimensions an example has z = mean + within e and the features x = tanh(1.2 A' z + b) + noise e', A of q rows with normal entries of
 * variance 1/q, b normal with standard deviation 0.3, e and e' standard normal. Example i is of leaf i mod K; leaves that share a parent have
 * consecutive numbers.
 *
 * @param branches children of each node, level by level from the root
 * @param scales factor of the nodes' vectors on each level
 */
@Kind("hierarchy")
@About(
        "classes that are the leaves of a tree: features through a fixed random layer from a latent space in which classes of one branch are near")
@Serves("002-130")
public record Hierarchy(
        @About("children of each node, level by level from the root; their product is the number of classes")
        List<Integer> branches,

        @About("how far the nodes of each level lie apart in the latent space")
        List<Double> scales,

        @About("standard deviation of examples around their leaf in the latent space")
        double within,

        @About("standard deviation of the noise on each feature")
        double noise,

        @About("dimensions of the latent space") int latent,
        @About("input features") int dimensions,
        @About("training examples") int train,
        @About("test examples") int test)
        implements DataSource {
    private static final double GAIN = 1.2;
    private static final double OFFSET = 0.3;
    private static final String NAME = "hierarchy";

    /** 16 leaves in four branches, 1,000 training and 3,000 test examples of 64 features. */
    public static Hierarchy defaults() {
        return new Hierarchy(List.of(4, 4), List.of(1.0, 0.7), 0.8, 0.3, 16, 64, 1000, 3000);
    }

    @Override
    public Dataset load(long seed, FilesRead files) {
        Generated.atLeast(NAME, "branches", 1, branches.size());
        branches.forEach(children -> Generated.atLeast(NAME, "branches", 1, children));
        Generated.atLeast(NAME, "scales", branches.size(), scales.size());
        Generated.atLeast(NAME, "branches", scales.size(), branches.size());
        Generated.notNegative(NAME, "within", within);
        Generated.notNegative(NAME, "noise", noise);
        Generated.atLeast(NAME, "latent", 1, latent);
        Generated.atLeast(NAME, "dimensions", 1, dimensions);
        scales.forEach(scale -> Generated.notNegative(NAME, "scales", scale));
        Generated.checkCounts(NAME, train, test);
        int leaves = branches.stream().reduce(1, (above, children) -> Generated.elements(above, children));
        Generated.atLeast(NAME, "leaves", 2, leaves);
        int _ = Generated.elements(leaves, latent);
        int _ = Generated.elements(dimensions, latent);
        RandomStream random = RandomStream.of(seed, "data");
        double[][] means = means(random, leaves);
        double[][] map = new double[latent][dimensions];
        double[] offset = new double[dimensions];
        // The nodes' vectors stand on the steps below.
        long shared = Generated.SHARED_STEPS + (1L << 32);
        for (int j = 0; j < dimensions; j++) {
            offset[j] = OFFSET * random.normal(shared, j);
            for (int l = 0; l < latent; l++) {
                map[l][j] = random.normal(shared + 1 + l, j) / Math.sqrt(latent);
            }
        }
        Generated.Example example = (number, step, inputs, from) -> {
            int leaf = number % leaves;
            double[] z = new double[latent];
            for (int l = 0; l < latent; l++) {
                z[l] = means[leaf][l] + within * random.normal(step, l);
            }
            for (int j = 0; j < dimensions; j++) {
                double along = 0;
                for (int l = 0; l < latent; l++) {
                    along += map[l][j] * z[l];
                }
                inputs[from + j] = StrictMath.tanh(GAIN * along + offset[j]) + noise * random.normal(step, latent + j);
            }
            return leaf;
        };
        return new Dataset(
                NAME + ": " + leaves + " leaves of a tree with branches " + branches + " in " + dimensions
                        + " dimensions",
                Shape.of(dimensions),
                TargetKind.Classes.numbered(leaves),
                Generated.split(train, dimensions, 0, example),
                Optional.empty(),
                Generated.test(test, () -> Generated.split(test, dimensions, Generated.TEST_STEPS, example)));
    }

    /** Of each leaf the sum over levels; the nodes are counted level by level. */
    private double[][] means(RandomStream random, int leaves) {
        double[][] means = new double[leaves][latent];
        int nodes = 1;
        long first = Generated.SHARED_STEPS;
        for (int level = 0; level < branches.size(); level++) {
            nodes *= branches.get(level);
            for (int leaf = 0; leaf < leaves; leaf++) {
                int node = leaf / (leaves / nodes);
                for (int l = 0; l < latent; l++) {
                    means[leaf][l] += scales.get(level) * random.normal(first + node, l);
                }
            }
            first += nodes;
        }
        return means;
    }

    @Override
    public boolean generated() {
        return true;
    }
}
