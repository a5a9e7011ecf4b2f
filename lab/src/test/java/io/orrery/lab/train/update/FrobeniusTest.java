package io.orrery.lab.train.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.random.RandomStream;
import io.orrery.engine.state.SharedArray;
import io.orrery.engine.state.State;
import io.orrery.engine.worker.Workers;
import io.orrery.lab.data.DataSpec;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.Split;
import io.orrery.lab.data.set.TargetKind;
import io.orrery.lab.model.Mlp;
import io.orrery.lab.model.ModelSpec.Normalization;
import io.orrery.lab.run.Trainer;
import io.orrery.lab.train.TestSpec;
import io.orrery.lab.train.loss.LossSpec;
import io.orrery.lab.train.loss.LossSpec.Reduction;
import io.orrery.lab.train.loss.LossSpec.Targets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The rule of core theory 2.5 against its formulas, on a network of two layers computed by hand. */
final class FrobeniusTest {
    private static final int INPUTS = 5;
    private static final int HIDDEN = 7;
    private static final int COUNT = 16;

    private static TestSpec spec(double rate, double lambda) {
        TestSpec spec = new TestSpec();
        spec.architecture = new Mlp(List.of(HIDDEN));
        spec.normalization = Normalization.FROBENIUS;
        spec.initialRho = 2.5;
        spec.loss = new LossSpec(LossSpec.Kind.SQUARE, Targets.SINGLE, Reduction.SUM, false);
        spec.decay = new DecaySpec(
                lambda,
                List.of(),
                DecaySpec.Mode.COUPLED,
                DecaySpec.Convention.SQUARED_NORM,
                DecaySpec.Applies.WEIGHTS);
        spec.momentum = 0;
        spec.learningRate = rate;
        spec.order = DataSpec.Order.FULL;
        spec.steps = OptionalLong.of(100000);
        return spec;
    }

    private static Dataset data() {
        double[] x = RandomStream.of(1, "x").normals(0, COUNT * INPUTS);
        int[] labels = new int[COUNT];
        for (int n = 0; n < COUNT; n++) {
            labels[n] = n % 2;
        }
        Split split = new Split(SharedArray.of(Shape.of(COUNT, INPUTS), x), labels);
        return new Dataset(
                "random",
                Shape.of(INPUTS),
                new TargetKind.Classes(List.of("-", "+")),
                split,
                Optional.empty(),
                Optional.empty());
    }

    /** Margins and the directions G_k - c V_k of rule 2.5, straight from the formulas. */
    private record Rule(double mean, double square, double[] first, double[] second) {
        static Rule of(State state, Dataset data) {
            double[] v1 = state.read("layers.0.weight");
            double[] v2 = state.read("layers.1.weight");
            double rho = state.read("rho")[0];
            double[] g1 = new double[v1.length];
            double[] g2 = new double[v2.length];
            double mean = 0;
            double square = 0;
            double c = 0;
            for (int n = 0; n < COUNT; n++) {
                double y = data.train().labels()[n] == 1 ? 1 : -1;
                double f = 0;
                double[] hidden = new double[HIDDEN];
                for (int i = 0; i < HIDDEN; i++) {
                    for (int j = 0; j < INPUTS; j++) {
                        hidden[i] += v1[i * INPUTS + j] * data.train().inputs().get(n * INPUTS + j);
                    }
                    f += v2[i] * Math.max(0, hidden[i]);
                }
                double margin = y * f;
                mean += margin / COUNT;
                square += margin * margin / COUNT;
                double weight = 2 * rho / COUNT * (1 - rho * margin);
                c += weight * margin;
                for (int i = 0; i < HIDDEN; i++) {
                    g2[i] += weight * y * Math.max(0, hidden[i]);
                    for (int j = 0; hidden[i] > 0 && j < INPUTS; j++) {
                        g1[i * INPUTS + j] +=
                                weight * y * v2[i] * data.train().inputs().get(n * INPUTS + j);
                    }
                }
            }
            for (int i = 0; i < g1.length; i++) {
                g1[i] -= c * v1[i];
            }
            for (int i = 0; i < g2.length; i++) {
                g2[i] -= c * v2[i];
            }
            return new Rule(mean, square, g1, g2);
        }
    }

    @Test
    void tenStepsFollowTheRule() {
        Dataset data = data();
        double rate = 0.03;
        double lambda = 1e-2;
        Trainer trainer = new Trainer(spec(rate, lambda).build(), 4, data, List.of(), Workers.single());
        for (int step = 0; step < 10; step++) {
            State state = trainer.state().copy();
            Rule rule = Rule.of(state, data);
            double rho = state.read("rho")[0];
            trainer.advance();
            assertThat(trainer.state().read("rho")[0])
                    .isCloseTo(rho + rate * (2 * rule.mean - 2 * rho * (rule.square + lambda)), within(1e-12));
            assertThat(trainer.state().read("layers.0.weight"))
                    .usingComparatorWithPrecision(1e-12)
                    .containsExactly(projected(state.read("layers.0.weight"), rule.first, rate));
            assertThat(trainer.state().read("layers.1.weight"))
                    .usingComparatorWithPrecision(1e-12)
                    .containsExactly(projected(state.read("layers.1.weight"), rule.second, rate));
        }
    }

    @Test
    void theDirectionIsTangentAndDriftIsOfSecondOrder() {
        Dataset data = data();
        Trainer trainer = new Trainer(spec(0.05, 0).build(), 4, data, List.of(), Workers.single());
        Rule rule = Rule.of(trainer.state(), data);
        double[] v1 = trainer.state().read("layers.0.weight");
        assertThat(dot(v1, v1)).isCloseTo(1, within(1e-12));
        assertThat(dot(v1, rule.first)).isCloseTo(0, within(1e-12));
        assertThat(dot(trainer.state().read("layers.1.weight"), rule.second)).isCloseTo(0, within(1e-12));
        double drift = drift(v1, rule.first, 0.05);
        assertThat(drift / drift(v1, rule.first, 0.025)).isCloseTo(4, within(0.4));
    }

    @Test
    void rhoComesToItsEquilibrium() {
        Dataset data = TestSpec.clusters(2, COUNT, Shape.of(INPUTS), 0.3, 3);
        double lambda = 0.05;
        Trainer trainer = new Trainer(spec(0.05, lambda).build(), 4, data, List.of(), Workers.single());
        for (int step = 0; step < 8000; step++) {
            trainer.advance();
        }
        Rule rule = Rule.of(trainer.state(), data);
        double rho = trainer.state().read("rho")[0];
        assertThat(rho).isCloseTo(rule.mean / (rule.square + lambda), within(1e-3 * rho));
        double[] v1 = trainer.state().read("layers.0.weight");
        assertThat(dot(v1, v1)).isCloseTo(1, within(1e-12));
    }

    private static double[] projected(double[] from, double[] direction, double rate) {
        double[] moved = from.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += rate * direction[i];
        }
        double norm = Math.sqrt(dot(moved, moved));
        for (int i = 0; i < moved.length; i++) {
            moved[i] /= norm;
        }
        return moved;
    }

    private static double drift(double[] from, double[] direction, double rate) {
        double[] moved = from.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += rate * direction[i];
        }
        return dot(moved, moved) - 1;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
