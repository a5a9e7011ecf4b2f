package io.orrery.lab.train.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.random.RandomStream;
import io.orrery.engine.state.State;
import io.orrery.engine.worker.Workers;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.model.Mlp;
import io.orrery.lab.model.ModelSpec;
import io.orrery.lab.run.Trainer;
import io.orrery.lab.spec.Problem;
import io.orrery.lab.train.TestSpec;
import io.orrery.lab.train.loss.LossSpec;
import io.orrery.lab.train.update.DecaySpec;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Continual backpropagation against plain loops written from the algorithm, and what it does to units. */
final class ContinualBackpropagationTest {
    private static final int INPUTS = 5;
    private static final int UNITS = 7;
    private static final int OUTPUTS = 3;
    private static final int EXAMPLES = 12;
    private static final double RETENTION = 0.9;
    private static final double RATE = 0.05;
    private static final int MATURITY = 4;
    private static final double LEARNING_RATE = 0.1;
    private static final double MOMENTUM = 0.9;

    private static final Dataset DATA = TestSpec.clusters(OUTPUTS, EXAMPLES, Shape.of(INPUTS), 0.3, 5);

    @Test
    void followsPlainLoops() {
        Trainer trainer = new Trainer(spec().build(), 1, DATA, List.of(), Workers.single());
        Loops loops = new Loops(trainer.state());
        int renewed = 0;
        for (int step = 0; step < 60; step++) {
            trainer.advance();
            renewed += loops.step(step) ? 1 : 0;
            assertClose(trainer.state(), "layers.0.weight", loops.first);
            assertClose(trainer.state(), "layers.0.bias", loops.firstBias);
            assertClose(trainer.state(), "layers.1.weight", loops.second);
            assertClose(trainer.state(), "layers.1.bias", loops.secondBias);
            assertClose(trainer.state(), "rule.utility.layers.0", loops.utility);
            assertClose(trainer.state(), "rule.mean.layers.0", loops.mean);
        }
        // 0.05 of 7 units a step is one in about three steps, of those that are old enough.
        assertThat(renewed).isBetween(5, 25);
    }

    @Test
    void withoutReplacementItIsDescent() {
        TestSpec never = spec();
        never.rule = new ContinualBackpropagation(0, MATURITY, RETENTION);
        TestSpec descent = spec();
        descent.rule = TrainingRule.standard();
        Trainer one = new Trainer(never.build(), 1, DATA, List.of(), Workers.single());
        Trainer other = new Trainer(descent.build(), 1, DATA, List.of(), Workers.single());
        for (int step = 0; step < 20; step++) {
            one.advance();
            other.advance();
        }
        for (String name : List.of("layers.0.weight", "layers.0.bias", "layers.1.weight", "layers.1.bias")) {
            assertThat(one.state().read(name)).isEqualTo(other.state().read(name));
        }
    }

    @Test
    void refusesWhatItCannotDo() {
        ModelSpec model = spec().model();
        assertThat(new ContinualBackpropagation(1.0 / UNITS, -1, 1).problems(model, LossSpec.defaults()))
                .extracting(Problem::key)
                .containsExactly("rule.replacementRate", "rule.maturity", "rule.retention");
        assertThat(ContinualBackpropagation.defaults().problems(model, LossSpec.defaults()))
                .isEmpty();
    }

    private static TestSpec spec() {
        TestSpec spec = new TestSpec();
        spec.precision = Precision.DOUBLE;
        spec.architecture = new Mlp(List.of(UNITS));
        spec.bias = true;
        spec.decay = new DecaySpec(
                0, List.of(), DecaySpec.Mode.COUPLED, DecaySpec.Convention.SQUARED_NORM, DecaySpec.Applies.WEIGHTS);
        spec.order = io.orrery.lab.data.DataSpec.Order.FULL;
        spec.steps = OptionalLong.of(60);
        spec.learningRate = LEARNING_RATE;
        spec.momentum = MOMENTUM;
        spec.rule = new ContinualBackpropagation(RATE, MATURITY, RETENTION);
        return spec;
    }

    private static void assertClose(State state, String name, double[] expected) {
        double[] found = state.read(name);
        for (int i = 0; i < expected.length; i++) {
            assertThat(found[i]).as(name + " " + i).isCloseTo(expected[i], within(1e-9 * (1 + Math.abs(expected[i]))));
        }
    }

    /** One hidden layer, square loss on one-hot targets summed over outputs, whole batches. */
    private static final class Loops {
        private final double[] first;
        private final double[] firstBias;
        private final double[] second;
        private final double[] secondBias;
        private final double[] firstVelocity = new double[UNITS * INPUTS];
        private final double[] firstBiasVelocity = new double[UNITS];
        private final double[] secondVelocity = new double[OUTPUTS * UNITS];
        private final double[] secondBiasVelocity = new double[OUTPUTS];
        private final double[] utility = new double[UNITS];
        private final double[] mean = new double[UNITS];
        private final int[] age = new int[UNITS];
        private double due;

        private Loops(State state) {
            first = state.read("layers.0.weight");
            firstBias = state.read("layers.0.bias");
            second = state.read("layers.1.weight");
            secondBias = state.read("layers.1.bias");
        }

        private boolean step(int step) {
            boolean renewed = renew(step);
            double[] gradientFirst = new double[first.length];
            double[] gradientFirstBias = new double[UNITS];
            double[] gradientSecond = new double[second.length];
            double[] gradientSecondBias = new double[OUTPUTS];
            double[] size = new double[UNITS];
            double[] activation = new double[UNITS];
            for (int n = 0; n < DATA.train().count(); n++) {
                double[] hidden = new double[UNITS];
                for (int i = 0; i < UNITS; i++) {
                    double sum = firstBias[i];
                    for (int j = 0; j < INPUTS; j++) {
                        sum += first[i * INPUTS + j] * DATA.train().inputs().get(n * INPUTS + j);
                    }
                    hidden[i] = Math.max(sum, 0);
                    size[i] += Math.abs(hidden[i]) / DATA.train().count();
                    activation[i] += hidden[i] / DATA.train().count();
                }
                for (int k = 0; k < OUTPUTS; k++) {
                    double out = secondBias[k];
                    for (int i = 0; i < UNITS; i++) {
                        out += second[k * UNITS + i] * hidden[i];
                    }
                    double target = DATA.train().labels()[n] == k ? 1 : 0;
                    double error = 2 * (out - target) / DATA.train().count();
                    gradientSecondBias[k] += error;
                    for (int i = 0; i < UNITS; i++) {
                        gradientSecond[k * UNITS + i] += error * hidden[i];
                        if (hidden[i] > 0) {
                            double back = error * second[k * UNITS + i];
                            gradientFirstBias[i] += back;
                            for (int j = 0; j < INPUTS; j++) {
                                gradientFirst[i * INPUTS + j] +=
                                        back * DATA.train().inputs().get(n * INPUTS + j);
                            }
                        }
                    }
                }
            }
            for (int i = 0; i < UNITS; i++) {
                double outgoing = 0;
                for (int k = 0; k < OUTPUTS; k++) {
                    outgoing += Math.abs(second[k * UNITS + i]) / OUTPUTS;
                }
                utility[i] = RETENTION * utility[i] + (1 - RETENTION) * outgoing * size[i];
                mean[i] = RETENTION * mean[i] + (1 - RETENTION) * activation[i];
                age[i]++;
            }
            descend(first, firstVelocity, gradientFirst);
            descend(firstBias, firstBiasVelocity, gradientFirstBias);
            descend(second, secondVelocity, gradientSecond);
            descend(secondBias, secondBiasVelocity, gradientSecondBias);
            return renewed;
        }

        private boolean renew(int step) {
            int worst = -1;
            int mature = 0;
            for (int i = 0; i < UNITS; i++) {
                if (age[i] > MATURITY) {
                    mature++;
                    if (worst < 0 || corrected(utility, i) < corrected(utility, worst)) {
                        worst = i;
                    }
                }
            }
            due += RATE * mature;
            if (due < 1 - 1e-5) {
                return false;
            }
            due -= 1;
            double bound = Math.sqrt(2) * Math.sqrt(3.0 / INPUTS);
            double[] drawn = RandomStream.of(1, "renewed/layers.0.weight").uniforms(step, 0, UNITS * INPUTS);
            for (int k = 0; k < OUTPUTS; k++) {
                secondBias[k] += second[k * UNITS + worst] * corrected(mean, worst);
                second[k * UNITS + worst] = 0;
                secondVelocity[k * UNITS + worst] = 0;
            }
            for (int j = 0; j < INPUTS; j++) {
                first[worst * INPUTS + j] = (2 * drawn[worst * INPUTS + j] - 1) * bound;
                firstVelocity[worst * INPUTS + j] = 0;
            }
            firstBias[worst] = 0;
            firstBiasVelocity[worst] = 0;
            age[worst] = 0;
            utility[worst] = 0;
            mean[worst] = 0;
            return true;
        }

        private double corrected(double[] running, int unit) {
            return running[unit] / (1 - Math.pow(RETENTION, age[unit]));
        }

        private static void descend(double[] weights, double[] velocity, double[] gradient) {
            Arrays.setAll(velocity, i -> MOMENTUM * velocity[i] + gradient[i]);
            Arrays.setAll(weights, i -> weights[i] - LEARNING_RATE * velocity[i]);
        }
    }
}
