package io.orrery.lab.train.update;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.worker.Workers;
import io.orrery.lab.data.DataSpec;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Svd;
import io.orrery.lab.model.Layered;
import io.orrery.lab.run.Trainer;
import io.orrery.lab.train.TestSpec;
import io.orrery.lab.train.update.DecaySpec.Applies;
import io.orrery.lab.train.update.DecaySpec.Convention;
import io.orrery.lab.train.update.DecaySpec.Mode;
import io.orrery.lab.train.update.OptimizerSpec.Kind;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ten full-batch steps of a linear classifier against loops written out from PyTorch's documentation. */
final class OptimizerTest {
    private static final int INPUTS = 4;
    private static final int CLASSES = 3;
    private static final int COUNT = 12;

    private record Case(String name, TestSpec spec, double weightDecay, boolean decoupled) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                make("gd", Kind.SGD, 0, false, 0, Mode.COUPLED),
                make("momentum, decay", Kind.SGD, 0.9, false, 0.01, Mode.COUPLED),
                make("nesterov, decay", Kind.SGD, 0.8, true, 0.01, Mode.COUPLED),
                make("momentum, decoupled decay", Kind.SGD, 0.9, false, 0.01, Mode.DECOUPLED),
                make("adam", Kind.ADAM, 0, false, 0, Mode.COUPLED),
                make("adam, decay", Kind.ADAM, 0, false, 0.02, Mode.COUPLED),
                make("adamw", Kind.ADAMW, 0, false, 0.02, Mode.COUPLED),
                make("sign", Kind.SIGN, 0, false, 0, Mode.COUPLED),
                make("sign, decay", Kind.SIGN, 0, false, 0.02, Mode.COUPLED),
                make("spectral", Kind.SPECTRAL, 0, false, 0, Mode.COUPLED));
    }

    private static Case make(String name, Kind kind, double momentum, boolean nesterov, double lambda, Mode mode) {
        TestSpec spec = new TestSpec();
        spec.architecture = new Layered(List.of(), true);
        spec.optimizer = kind;
        spec.momentum = momentum;
        spec.nesterov = nesterov;
        spec.learningRate = 0.07;
        spec.decay = new DecaySpec(lambda, List.of(), mode, Convention.SQUARED_NORM, Applies.WEIGHTS);
        spec.order = DataSpec.Order.FULL;
        spec.steps = OptionalLong.of(10);
        return new Case(name, spec, 2 * lambda, mode == Mode.DECOUPLED || kind == Kind.ADAMW);
    }

    @Test
    void everyKindOfUpdateHasACase() {
        assertThat(cases().map(given -> given.spec.optimizer)).contains(Kind.values());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void tenStepsEqualThoseOfALoop(Case given) {
        Dataset data = TestSpec.clusters(CLASSES, COUNT, Shape.of(INPUTS), 0.4, 8);
        Trainer trainer = new Trainer(given.spec.build(), 2, data, List.of(), Workers.single());
        double[] w = trainer.state().read("layers.0.weight");
        double[] first = new double[w.length];
        double[] second = new double[w.length];
        OptimizerSpec optimizer = given.spec.build().optimizer();
        for (int step = 1; step <= 10; step++) {
            double[] gradient = gradient(w, data);
            if (optimizer.kind() == Kind.SPECTRAL) {
                gradient = polar(gradient);
            }
            trainer.advance();
            for (int i = 0; i < w.length; i++) {
                double g = gradient[i];
                if (given.decoupled) {
                    w[i] *= 1 - optimizer.learningRate() * given.weightDecay;
                } else {
                    g += given.weightDecay * w[i];
                }
                if (optimizer.kind() == Kind.SGD) {
                    first[i] = optimizer.momentum() * first[i] + g;
                    double direction = optimizer.nesterov() ? g + optimizer.momentum() * first[i] : first[i];
                    w[i] -= optimizer.learningRate() * direction;
                } else if (optimizer.kind() == Kind.SIGN) {
                    w[i] -= optimizer.learningRate() * Math.signum(g);
                } else if (optimizer.kind() == Kind.SPECTRAL) {
                    w[i] -= optimizer.learningRate() * g;
                } else {
                    first[i] = 0.9 * first[i] + 0.1 * g;
                    second[i] = 0.999 * second[i] + 0.001 * g * g;
                    double corrected = first[i] / (1 - Math.pow(0.9, step));
                    double root = Math.sqrt(second[i] / (1 - Math.pow(0.999, step)));
                    w[i] -= optimizer.learningRate() * corrected / (root + 1e-8);
                }
            }
        }
        assertThat(trainer.state().read("layers.0.weight"))
                .usingComparatorWithPrecision(1e-12)
                .containsExactly(w);
    }

    /** U V^T by what Newton and Schulz make of each singular value. */
    private static double[] polar(double[] gradient) {
        Svd svd = Svd.of(new Matrix(CLASSES, INPUTS, gradient));
        double norm = 0;
        for (double g : gradient) {
            norm += g * g;
        }
        double[] polar = new double[gradient.length];
        for (int r = 0; r < svd.values().length; r++) {
            double s = svd.values()[r] / Math.sqrt(norm);
            for (int i = 0; i < 14; i++) {
                s = 1.5 * s - 0.5 * s * s * s;
            }
            for (int k = 0; k < CLASSES; k++) {
                for (int j = 0; j < INPUTS; j++) {
                    polar[k * INPUTS + j] +=
                            s * svd.left().at(r, k) * svd.right().at(r, j);
                }
            }
        }
        return polar;
    }

    /** Of the mean over examples of the sum over outputs of (W x - onehot)^2. */
    private static double[] gradient(double[] w, Dataset data) {
        double[] gradient = new double[w.length];
        for (int n = 0; n < COUNT; n++) {
            for (int k = 0; k < CLASSES; k++) {
                double residual = data.train().labels()[n] == k ? -1 : 0;
                for (int j = 0; j < INPUTS; j++) {
                    residual += w[k * INPUTS + j] * data.train().inputs().get(n * INPUTS + j);
                }
                for (int j = 0; j < INPUTS; j++) {
                    gradient[k * INPUTS + j] +=
                            2 * residual * data.train().inputs().get(n * INPUTS + j) / COUNT;
                }
            }
        }
        return gradient;
    }
}
