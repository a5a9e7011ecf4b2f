package io.orrery.lab.train.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.state.State;
import io.orrery.engine.worker.Workers;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import io.orrery.lab.run.Trainer;
import io.orrery.lab.setup.Spec;
import io.orrery.lab.setup.SpecDocument;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Protocols of core theory, section 9, written as specs and held against the closed forms of sections 4.2 and 4.3. */
final class FreeFeatureModelTest {
    private static final String COMMON = """
            precision: double
            loss: {half: true}
            """;

    private static State trained(String spec) {
        Spec read = SpecDocument.of(COMMON + spec, "x.yaml").spec();
        Dataset data = read.data().load(1);
        Trainer trainer = new Trainer(read, 1, data, List.of(), Workers.single());
        for (long step = 0; step < trainer.totalSteps(); step++) {
            trainer.advance();
        }
        return trainer.state();
    }

    private static Matrix matrix(State state, String name, int rows) {
        double[] values = state.read(name);
        return new Matrix(rows, values.length / rows, values);
    }

    /** P18: p = 16, lambda_W = 5e-3, lambda_H = 1e-3, halves as in (4.2). */
    @Test
    void oneLinearLayerReachesTheOrthogonalFrame() {
        State state = trained("""
                data: {source: free-features, classSizes: [40, 20, 10, 4], order: full}
                model: {kind: mlp, widths: [16], activation: linear, initialization: normal, initialScale: 0.1}
                optimizer: {learningRate: 0.5, momentum: 0.9}
                decay: {perLayer: [0.001, 0.005], convention: framework}
                stop: {steps: 20000}
                """);
        Matrix features = matrix(state, "layers.0.weight", 16);
        Matrix classifier = matrix(state, "layers.1.weight", 4);
        Matrix outputs = Products.times(classifier, features);
        double[] s = {0.97384, 0.96300, 0.94767, 0.91727};
        double[] weights = {2.75443, 1.92600, 1.34021, 0.82043};
        double[] norms = {0.34430, 0.48150, 0.67011, 1.02553};
        Matrix gram = Products.outerGram(classifier);
        Matrix lengths = Products.gram(features);
        int[] firsts = {0, 40, 60, 70, 74};
        for (int c = 0; c < 4; c++) {
            assertThat(gram.at(c, c)).isCloseTo(weights[c], within(1e-4));
            for (int n = firsts[c]; n < firsts[c + 1]; n++) {
                assertThat(lengths.at(n, n)).isCloseTo(norms[c], within(1e-4));
                for (int k = 0; k < 4; k++) {
                    assertThat(outputs.at(k, n)).isCloseTo(k == c ? s[c] : 0, within(k == c ? 1e-4 : 1e-6));
                }
            }
        }
    }

    /** P20: two linear layers on top, lambda_W = 2e-3, lambda_H = 5e-4. */
    @Test
    void twoLinearLayersReachTheirDeepForm() {
        State state = trained("""
                data: {source: free-features, classSizes: [40, 20, 10, 4], order: full}
                model: {kind: mlp, widths: [16, 16], activation: linear, initialization: normal, initialScale: 0.1}
                optimizer: {learningRate: 0.3, momentum: 0.9}
                decay: {perLayer: [0.0005, 0.002, 0.002], convention: framework}
                stop: {steps: 30000}
                """);
        Matrix outputs = Products.times(
                matrix(state, "layers.2.weight", 4),
                Products.times(matrix(state, "layers.1.weight", 16), matrix(state, "layers.0.weight", 16)));
        double[] s = {0.99201, 0.98729, 0.97978, 0.96253};
        int[] firsts = {0, 40, 60, 70};
        for (int c = 0; c < 4; c++) {
            assertThat(outputs.at(c, firsts[c])).isCloseTo(s[c], within(1e-4));
        }
    }

    /** P21: a bias of the last layer that does not decay makes the frame a simplex. */
    @Test
    void aFreeBiasMakesASimplex() {
        State state = trained("""
                data: {source: free-features, classSizes: [20, 20, 20, 20], order: full, batchSize: 20}
                model: {kind: mlp, widths: [16], activation: linear, outputBias: true, initialization: normal,
                        initialScale: 0.1}
                optimizer: {learningRate: 0.5, momentum: 0.9}
                decay: {perLayer: [0.001, 0.005], convention: framework}
                stop: {steps: 5000}
                """);
        assertThat(state.read("layers.1.bias"))
                .usingComparatorWithPrecision(1e-4)
                .containsExactly(0.25, 0.25, 0.25, 0.25);
        Matrix gram = Products.outerGram(matrix(state, "layers.1.weight", 4));
        for (int c = 0; c < 4; c++) {
            for (int other = 0; other < c; other++) {
                assertThat(gram.at(c, other) / Math.sqrt(gram.at(c, c) * gram.at(other, other)))
                        .isCloseTo(-1.0 / 3, within(1e-4));
            }
        }
    }
}
