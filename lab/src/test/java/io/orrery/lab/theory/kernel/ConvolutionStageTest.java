package io.orrery.lab.theory.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ConvolutionStageTest {
    private static final RandomStream DRAWS = RandomStream.of(9, "convolution stage");

    /** Two windows of 2 x 2 a side, one step of 2 apart, over two images of 4 x 4. */
    @Test
    void windowsByHand() {
        Windows windows = new Windows(4, 2, 2);
        assertThat(windows.result()).isEqualTo(2);
        assertThat(windows.count(32)).isEqualTo(8);
        assertThat(IntStream.range(0, 4).map(offset -> windows.row(3, offset))).containsExactly(10, 11, 14, 15);
        assertThat(IntStream.range(0, 4).map(offset -> windows.row(5, offset))).containsExactly(18, 19, 22, 23);
    }

    /** Features that are written out: of windows, of mixtures, and their inner products. */
    @Test
    void covariancesAreInnerProductsOfWindowsAndMixtures() {
        int features = 3;
        Windows windows = new Windows(3, 2, 1);
        double[] examples = DRAWS.normals(0, 18 * features);
        double[] inducing = DRAWS.normals(1, 4 * features);
        List<Matrix> mixing = IntStream.range(0, 4)
                .mapToObj(offset -> new Matrix(4, 2, DRAWS.normals(2 + offset, 8)))
                .toList();
        InducedGram result = new ConvolutionStage(windows, mixing, 1.6).of(layer(examples, inducing, features));
        double[][] mixed = new double[2][4 * features];
        for (int i = 0; i < 2; i++) {
            for (int offset = 0; offset < 4; offset++) {
                for (int from = 0; from < 4; from++) {
                    for (int f = 0; f < features; f++) {
                        mixed[i][offset * features + f] +=
                                mixing.get(offset).at(from, i) * inducing[from * features + f];
                    }
                }
            }
        }
        for (int window = 0; window < 8; window++) {
            double[] seen = new double[4 * features];
            for (int offset = 0; offset < 4; offset++) {
                int row = window / 4 * 9 + (window % 4 / 2 + offset / 2) * 3 + window % 2 + offset % 2;
                System.arraycopy(examples, row * features, seen, offset * features, features);
            }
            assertThat(result.lengths()[window]).isCloseTo(0.4 * inner(seen, seen), within(1e-12));
            for (int i = 0; i < 2; i++) {
                assertThat(result.cross().at(window, i)).isCloseTo(0.4 * inner(seen, mixed[i]), within(1e-12));
            }
        }
        assertThat(result.inducing().at(0, 1)).isCloseTo(0.4 * inner(mixed[0], mixed[1]), within(1e-12));
    }

    /** A window of one position whose mixtures are the inducing points themselves changes nothing. */
    @Test
    void oneByOneIsTheDenseMachine() {
        InducedGram layer = layer(DRAWS.normals(0, 27), DRAWS.normals(1, 12), 3);
        ConvolutionStage stage = new ConvolutionStage(new Windows(1, 1, 1), List.of(Positive.identity(4)), 1);
        assertThat(stage.of(layer).cross().values())
                .containsExactly(layer.cross().values());
        assertThat(stage.of(layer).inducing().values())
                .containsExactly(layer.inducing().values());
        assertThat(stage.of(layer).lengths()).containsExactly(layer.lengths());
    }

    /** Through two layers, against central differences along symmetric directions. */
    @Test
    void derivativesOfAConvolutionalMachine() {
        GramStage gaussian = new GramStage.Pointwise(GramKernel.GAUSSIAN);
        List<Matrix> mixing = IntStream.range(0, 4)
                .mapToObj(offset -> new Matrix(4, 3, DRAWS.normals(20 + offset, 12)))
                .toList();
        List<Matrix> last = IntStream.range(0, 4)
                .mapToObj(offset -> new Matrix(3, 3, DRAWS.normals(30 + offset, 9)))
                .toList();
        SparseDeepKernelMachine machine = new SparseDeepKernelMachine(
                List.of(
                        gaussian,
                        new ConvolutionStage(new Windows(3, 2, 1), mixing, 1.2).then(gaussian),
                        new ConvolutionStage(new Windows(2, 2, 1), last, 0.8).then(gaussian)),
                layer(DRAWS.normals(0, 54), DRAWS.normals(1, 12), 3),
                new Matrix(2, 2, DRAWS.normals(3, 4)),
                0.3,
                0.9);
        List<Matrix> fixed = machine.fixed();
        List<Matrix> derivatives = machine.objective(fixed).derivatives();
        for (int layer = 0; layer < 2; layer++) {
            int size = fixed.get(layer).rows();
            Matrix direction = InducedGram.symmetric(new Matrix(size, size, DRAWS.normals(40 + layer, size * size)));
            double difference =
                    (machine.objective(moved(fixed, layer, direction, 1e-6)).value()
                                    - machine.objective(moved(fixed, layer, direction, -1e-6))
                                            .value())
                            / 2e-6;
            assertThat(Products.inner(derivatives.get(layer), direction))
                    .isCloseTo(difference, within(1e-5 * (1 + Math.abs(difference))));
        }
    }

    private static List<Matrix> moved(List<Matrix> grams, int layer, Matrix direction, double by) {
        Matrix there = Products.combination(1, grams.get(layer), by, direction);
        return layer == 0 ? List.of(there, grams.get(1)) : List.of(grams.get(0), there);
    }

    private static InducedGram layer(double[] examples, double[] inducing, int features) {
        Matrix own = new Matrix(inducing.length / features, features, inducing);
        Matrix rows = new Matrix(examples.length / features, features, examples);
        return new InducedGram(
                Products.outerGram(own),
                Products.timesTransposed(rows, own),
                GramKernel.diagonal(Products.outerGram(rows)));
    }

    private static double inner(double[] a, double[] b) {
        return Products.dot(a, 0, b, 0, a.length);
    }
}
