package io.orrery.lab.theory.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.math.Bisection;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class DeepKernelMachineTest {
    private static final RandomStream DRAWS = RandomStream.of(5, "deep kernel machine");

    /** One example, linear, one layer: the derivative is -1/(G + s^2) + y^2/(G + s^2)^2 - nu(1/k - 1/G), halved. */
    @Test
    void oneExampleInClosedForm() {
        DeepKernelMachine machine = new DeepKernelMachine(GramKernel.LINEAR, number(1.5), number(2.5), 0.3, 0.7, 1);
        double root =
                Bisection.root(g -> -1 / (g + 0.3) + 6.25 / ((g + 0.3) * (g + 0.3)) - 0.7 * (1 / 1.5 - 1 / g), 0.5, 6);
        assertThat(machine.maximum(800).grams().getFirst().at(0, 0)).isCloseTo(root, within(1e-8));
    }

    /** ln N(2.5; 0, 1.2 + 0.3) - 0.7 KL(N(0, 1.2) || N(0, 1.5)), written out. */
    @Test
    void theObjectiveByHand() {
        DeepKernelMachine machine = new DeepKernelMachine(GramKernel.LINEAR, number(1.5), number(2.5), 0.3, 0.7, 1);
        double likelihood = -6.25 / (2 * 1.5) - Math.log(2 * Math.PI * 1.5) / 2;
        double divergence = (1.2 / 1.5 - Math.log(1.2 / 1.5) - 1) / 2;
        assertThat(machine.objective(List.of(number(1.2))).value())
                .isCloseTo(likelihood - 0.7 * divergence, within(1e-14));
        assertThat(machine.density(List.of(number(1.2))).value())
                .isCloseTo(likelihood - 0.7 * (1.2 / 1.5 + Math.log(1.5)) / 2, within(1e-14));
    }

    /** The kernel of two points at distance 2 is exp(-2). */
    @Test
    void theGaussianKernelByHand() {
        Matrix gram = Products.outerGram(new Matrix(2, 2, new double[] {1, 1, 1, 3}));
        assertThat(GramKernel.GAUSSIAN.of(gram).values())
                .usingComparatorWithPrecision(1e-15)
                .containsExactly(1, Math.exp(-2), Math.exp(-2), 1);
    }

    @Test
    void derivativesAreThoseOfCentralDifferences() {
        DeepKernelMachine machine = machine(4, 0.2, 1.3);
        List<Matrix> grams = List.of(positive(4, 1), positive(4, 2));
        requireDerivatives(machine::objective, grams);
        requireDerivatives(machine::density, grams);
    }

    @Test
    void aLargeWeightLeavesTheKernelOfInfiniteWidth() {
        DeepKernelMachine machine = machine(6, 0.1, 1e4);
        List<Matrix> learned = machine.maximum(300).grams();
        for (int layer = 0; layer < 2; layer++) {
            Matrix apart = Products.combination(
                    1, learned.get(layer), -1, machine.fixed().get(layer));
            assertThat(Products.norm(apart)).isLessThan(1e-2);
        }
    }

    @Test
    void theSparseMachineWithEveryExampleInducingIsTheFullOne() {
        DeepKernelMachine full = machine(5, 0.2, 0.8);
        SparseDeepKernelMachine sparse = sparse(full);
        List<Matrix> grams = List.of(positive(5, 1), positive(5, 2));
        assertThat(sparse.objective(grams).value())
                .isCloseTo(full.objective(grams).value(), within(1e-9));
        List<Matrix> learned = full.maximum(400).grams();
        List<Matrix> sparselyLearned = sparse.maximum(400).grams();
        for (int layer = 0; layer < 2; layer++) {
            assertThat(sparselyLearned.get(layer).values())
                    .usingComparatorWithPrecision(1e-6)
                    .containsExactly(learned.get(layer).values());
        }
    }

    @Test
    void derivativesOfTheSparseMachineAreThoseOfCentralDifferences() {
        Matrix features = new Matrix(9, 3, DRAWS.normals(7, 27));
        SparseDeepKernelMachine sparse = new SparseDeepKernelMachine(
                stages(),
                InducedGram.of(Products.outerGram(features), 3, 3, 9),
                new Matrix(6, 2, DRAWS.normals(8, 12)),
                0.3,
                0.9);
        requireDerivatives(sparse::objective, List.of(positive(3, 3), positive(3, 4)));
    }

    /** Without learned layers: the mean k^T (K + s^2)^-1 y and the variance of a Gaussian process, when all examples are inducing. */
    @Test
    void predictionsAreThoseOfAGaussianProcess() {
        Matrix features = new Matrix(3, 1, new double[] {0, 1, 2.5});
        Matrix gram = Products.outerGram(features);
        Matrix pair = new Matrix(2, 2, new double[] {gram.at(0, 0), gram.at(0, 1), gram.at(1, 0), gram.at(1, 1)});
        Matrix targets = new Matrix(2, 1, new double[] {1, -2});
        SparseDeepKernelMachine sparse = new SparseDeepKernelMachine(
                List.of(new GramStage.Pointwise(GramKernel.GAUSSIAN)),
                new InducedGram(pair, pair, new double[] {gram.at(0, 0), gram.at(1, 1)}),
                targets,
                0.1,
                1);
        InducedGram other = new InducedGram(
                pair, new Matrix(1, 2, new double[] {gram.at(2, 0), gram.at(2, 1)}), new double[] {gram.at(2, 2)});
        double k = Math.exp(-0.5);
        double first = Math.exp(-2.5 * 2.5 / 2);
        double second = Math.exp(-1.5 * 1.5 / 2);
        double determinant = 1.1 * 1.1 - k * k;
        double mean = (first * (1.1 + 2 * k) - second * (k + 2.2)) / determinant;
        double explained = (1.1 * (first * first + second * second) - 2 * k * first * second) / determinant;
        SparseDeepKernelMachine.Prediction prediction = sparse.predict(List.of(), other);
        assertThat(prediction.means().at(0, 0)).isCloseTo(mean, within(1e-12));
        assertThat(prediction.variances()[0]).isCloseTo(1.1 - explained, within(1e-12));
        double density = Math.exp(-0.5 * Math.pow(0.4 - mean, 2) / (1.1 - explained))
                / Math.sqrt(2 * Math.PI * (1.1 - explained));
        assertThat(prediction.loss(number(0.4))).isCloseTo(-Math.log(density), within(1e-12));
    }

    private static DeepKernelMachine machine(int examples, double noise, double weight) {
        Matrix gram = Products.outerGram(new Matrix(examples, 3, DRAWS.normals(examples, examples * 3)));
        Matrix targets = new Matrix(examples, 2, DRAWS.normals(90 + examples, examples * 2));
        return new DeepKernelMachine(GramKernel.GAUSSIAN, gram, targets, noise, weight, 2);
    }

    private static SparseDeepKernelMachine sparse(DeepKernelMachine full) {
        double[] lengths = GramKernel.diagonal(full.inputs());
        InducedGram inputs = new InducedGram(full.inputs(), full.inputs(), lengths);
        return new SparseDeepKernelMachine(stages(), inputs, full.targets(), full.noise(), full.weight());
    }

    private static List<GramStage> stages() {
        GramStage stage = new GramStage.Pointwise(GramKernel.GAUSSIAN);
        return List.of(stage, stage, stage);
    }

    /** Along symmetric directions, since Gram matrices are symmetric. */
    private static void requireDerivatives(
            Function<List<Matrix>, DeepKernelMachine.Evaluation> objective, List<Matrix> grams) {
        double small = 1e-5;
        List<Matrix> derivatives = objective.apply(grams).derivatives();
        for (int layer = 0; layer < grams.size(); layer++) {
            int size = grams.get(layer).rows();
            for (int trial = 0; trial < 3; trial++) {
                Matrix direction = InducedGram.symmetric(
                        new Matrix(size, size, DRAWS.normals(1000 + 10 * layer + trial, size * size)));
                double difference =
                        (objective.apply(moved(grams, layer, direction, small)).value()
                                        - objective
                                                .apply(moved(grams, layer, direction, -small))
                                                .value())
                                / (2 * small);
                assertThat(Products.inner(derivatives.get(layer), direction))
                        .isCloseTo(difference, within(1e-6 * (1 + Math.abs(difference))));
            }
        }
    }

    private static List<Matrix> moved(List<Matrix> grams, int layer, Matrix direction, double by) {
        List<Matrix> moved = new ArrayList<>(grams);
        moved.set(layer, Products.combination(1, grams.get(layer), by, direction));
        return moved;
    }

    private static Matrix positive(int size, int draw) {
        Matrix gram = Products.outerGram(new Matrix(size, size + 3, DRAWS.normals(500 + draw, size * (size + 3))));
        return Products.combination(1.0 / size, gram, 0, gram);
    }

    private static Matrix number(double value) {
        return new Matrix(1, 1, new double[] {value});
    }
}
