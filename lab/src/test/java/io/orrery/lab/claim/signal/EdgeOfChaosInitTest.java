package io.orrery.lab.claim.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.claim.Evidence;
import io.orrery.lab.claim.Judgement;
import io.orrery.lab.claim.Scale;
import io.orrery.lab.claim.SwappedArms;
import io.orrery.lab.claim.trial.Alterations;
import io.orrery.lab.claim.trial.ClaimResult;
import io.orrery.lab.claim.trial.ClaimRunner;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.study.StudyListener;
import io.orrery.lab.theory.signal.MeanField;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EdgeOfChaosInitTest {
    private static final List<String> SMALL = List.of("width=120", "depth=12", "pairs=10");

    @TempDir
    Path book;

    private final EdgeOfChaosInit claim = new EdgeOfChaosInit();

    private static Setting setting(int width, int depth) {
        return Setting.empty()
                .with("activation", 1)
                .with("weightVariance", 1.8)
                .with("biasVariance", 0.1)
                .with("correlation", 0.3)
                .with("width", width)
                .with("depth", depth)
                .with("networks", 1)
                .with("pairs", 1);
    }

    /** The gradient that is sent back against differences of the scalar it belongs to, in a network written out by plain loops. */
    @Test
    void theGradientIsThatOfTheNetwork() {
        int width = 5;
        int depth = 3;
        Setting setting = setting(width, depth);
        double[] logarithms = SignalPropagation.Shape.of(setting).logGradients(7, 0);
        double[] input = RandomStream.of(7, "input").normals(0, width);
        double norm = 0;
        for (double x : input) {
            norm += x * x;
        }
        double q = SignalPropagation.theory(setting).fixedLength(1);
        for (int i = 0; i < width; i++) {
            input[i] *= Math.sqrt(width * q / norm);
        }
        double[] cotangent = RandomStream.of(7, "gradient").normals(0, width);
        double[] z = input;
        for (int from = 0; from <= depth; from++) {
            double squared = 0;
            for (int i = 0; i < width; i++) {
                double[] up = z.clone();
                double[] down = z.clone();
                up[i] += 1e-5;
                down[i] -= 1e-5;
                double slope = (scalar(up, from, depth, cotangent) - scalar(down, from, depth, cotangent)) / 2e-5;
                squared += slope * slope;
            }
            double top = scalar(cotangent, depth, depth, cotangent);
            assertThat(logarithms[from]).isCloseTo(Math.log(squared / top), within(1e-8));
            z = from < depth ? layer(z, from) : z;
        }
    }

    private static double scalar(double[] z, int from, int depth, double[] cotangent) {
        double[] now = z;
        for (int layer = from; layer < depth; layer++) {
            now = layer(now, layer);
        }
        double sum = 0;
        for (int i = 0; i < now.length; i++) {
            sum += now[i] * cotangent[i];
        }
        return sum;
    }

    private static double[] layer(double[] z, int layer) {
        double[] weights = SignalPropagation.weights(7, layer, z.length, 1.8);
        double[] bias = RandomStream.of(7, "biases").normals(layer, z.length);
        double[] next = new double[z.length];
        for (int i = 0; i < z.length; i++) {
            next[i] = Math.sqrt(0.1) * bias[i];
            for (int j = 0; j < z.length; j++) {
                next[i] += weights[i * z.length + j] * Math.tanh(z[j]);
            }
        }
        return next;
    }

    /** Pairs drawn by their covariance against pairs sent through drawn weights: the same mean and variance of the correlation. */
    @Test
    void pairsWithoutWeightsHaveTheNetworksLaw() {
        int width = 4;
        int draws = 8000;
        Setting setting = setting(width, 1);
        SignalPropagation.Shape shape = SignalPropagation.Shape.of(setting);
        double q = shape.meanSquare();
        double[] direct = new double[2];
        double[] drawn = new double[2];
        for (int draw = 0; draw < draws; draw++) {
            double c = shape.correlations(3, draw)[1];
            direct[0] += c / draws;
            direct[1] += c * c / draws;
            double[] u = RandomStream.of(4, "u").normals(draw, width);
            double[] v = RandomStream.of(4, "v").normals(draw, width);
            double overlap = dot(u, v) / dot(u, u);
            for (int i = 0; i < width; i++) {
                v[i] -= overlap * u[i];
            }
            double[] first = new double[width];
            double[] second = new double[width];
            for (int i = 0; i < width; i++) {
                first[i] = u[i] * Math.sqrt(width * q / dot(u, u));
                second[i] = 0.3 * first[i] + Math.sqrt(1 - 0.09) * v[i] * Math.sqrt(width * q / dot(v, v));
            }
            double[] weights = RandomStream.of(4, "w").normals(draw, width * width);
            double[] bias = RandomStream.of(4, "b").normals(draw, width);
            double[] one = new double[width];
            double[] other = new double[width];
            for (int i = 0; i < width; i++) {
                one[i] = Math.sqrt(0.1) * bias[i];
                other[i] = one[i];
                for (int j = 0; j < width; j++) {
                    double weight = Math.sqrt(1.8 / width) * weights[i * width + j];
                    one[i] += weight * Math.tanh(first[j]);
                    other[i] += weight * Math.tanh(second[j]);
                }
            }
            double both = dot(one, other) / Math.sqrt(dot(one, one) * dot(other, other));
            drawn[0] += both / draws;
            drawn[1] += both * both / draws;
        }
        assertThat(direct[0]).isCloseTo(drawn[0], within(0.03));
        assertThat(direct[1]).isCloseTo(drawn[1], within(0.03));
    }

    @Test
    void theRecursionIsTheoryStepByStep() {
        Setting setting =
                Setting.empty().with("activation", 0).with("weightVariance", 2).with("biasVariance", 0);
        List<Double> distance = new CorrelationRecursion().compute(5, setting).of("distance");
        double c = RandomStream.of(5, "correlation").uniform(0, 0) - 0.5;
        MeanField relu = SignalPropagation.theory(setting);
        for (int layer = 1; layer <= 3; layer++) {
            c = relu.correlation(1, c);
            assertThat(distance.get(layer - 1)).isCloseTo(1 - c, within(1e-15));
        }
    }

    @Test
    void smallNetworksVanishAndExplodeAlready() {
        ClaimResult result = run(SMALL);
        assertThat(result.judgement().headline().verdict().outcome()).isEqualTo(Outcome.SUPPORTED);
        assertThat(result.beyond()).isEmpty();

        Evidence evidence = result.evidence();
        Judgement swapped = claim.judge(SwappedArms.of(evidence, "tanh, ordered", "tanh, chaotic"));
        assertThat(swapped.headline().verdict().outcome()).isEqualTo(Outcome.REFUTED);
    }

    private ClaimResult run(List<String> changes) {
        return new ClaimRunner(book, 2, Map.of())
                .run(claim, Scale.QUICK, new Alterations(changes, Optional.of("6")), StudyListener.SILENT)
                .orElseThrow();
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
