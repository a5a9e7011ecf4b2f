package io.orrery.lab.instrument.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.state.SharedArray;
import io.orrery.engine.worker.Workers;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.Split;
import io.orrery.lab.data.set.TargetKind;
import io.orrery.lab.instrument.Sight;
import io.orrery.lab.instrument.Sight.Found;
import io.orrery.lab.model.Layered;
import io.orrery.lab.observe.reading.CoherenceReading;
import io.orrery.lab.run.Trainer;
import io.orrery.lab.train.LearningRate;
import io.orrery.lab.train.ScheduleSpec;
import io.orrery.lab.train.TestSpec;
import io.orrery.lab.train.loss.LossSpec;
import io.orrery.lab.train.loss.LossSpec.Targets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * A linear classifier of three classes whose weights are 0: square loss gives example n the gradient -2 e_c x_n', c its label,
 * so that g_n . g_m is 4 x_n . x_m for examples of one class and 0 for others. All are decided as class 0.
 */
final class CoherenceInstrumentTest {
    private static final double[] ONE = {1, 0, 0, 0};

    @Test
    void equalGradientsAgreeAsOftenAsThereAreExamples() {
        Found found = read(new int[] {1, 1, 1, 1}, ONE, ONE, ONE, ONE);
        assertThat(found.get("gradient-coherence.coherence")).containsExactly(4.0);
        assertThat(found.get("gradient-coherence.coherence-wrong")).containsExactly(4.0);
        assertThat(found.get("gradient-coherence.examples")).containsExactly(4.0);
        assertThat(found.get("gradient-coherence.wrong")).containsExactly(4.0);
    }

    @Test
    void orthogonalGradientsHaveOneWhateverTheirSizes() {
        Found found = read(new int[] {0, 0, 0}, ONE, new double[] {0, 5, 0, 0}, new double[] {0, 0, 0, -0.25});
        assertThat(found.get("gradient-coherence.coherence").getFirst()).isCloseTo(1, within(1e-12));
    }

    @Test
    void oppositeGradientsHaveNone() {
        Found found = read(new int[] {2, 2}, ONE, new double[] {-1, 0, 0, 0});
        assertThat(found.get("gradient-coherence.coherence")).containsExactly(0.0);
    }

    /** n_c equal examples in class c: sum of n_c^2 over sum of n_c. */
    @Test
    void classesOfUnequalSizeAgreeWithinThemselves() {
        Found found = read(new int[] {0, 0, 0, 1, 2, 2}, ONE, ONE, ONE, ONE, ONE, ONE);
        assertThat(found.get("gradient-coherence.coherence").getFirst()).isCloseTo((9 + 1 + 4) / 6.0, within(1e-12));
        assertThat(found.get("gradient-coherence.coherence-wrong").getFirst()).isCloseTo((1 + 4) / 3.0, within(1e-12));
        assertThat(found.get("gradient-coherence.wrong")).containsExactly(3.0);
    }

    @Test
    void oneExampleAgreesWithItself() {
        Found found = read(new int[] {0}, new double[] {0.5, 2, -1, 3});
        assertThat(found.get("gradient-coherence.coherence").getFirst()).isCloseTo(1, within(1e-12));
        assertThat(found.get("gradient-coherence.wrong")).containsExactly(0.0);
        assertThat(found.bySeries())
                .as("nothing is decided wrongly")
                .doesNotContainKey("gradient-coherence.coherence-wrong");
    }

    /** Examples without a gradient, here inputs of 0, change neither sum; where all are so, there is nothing to read. */
    @Test
    void gradientsOfZeroDoNotCount() {
        double[] nothing = new double[4];
        Found found = read(new int[] {1, 1, 1}, ONE, nothing, ONE);
        assertThat(found.get("gradient-coherence.coherence")).containsExactly(2.0);
        assertThat(read(new int[] {1, 1}, nothing, nothing).bySeries())
                .containsOnlyKeys("gradient-coherence.examples", "gradient-coherence.wrong");
    }

    /** One output for targets +1 and -1: examples of the two classes oppose each other. */
    @Test
    void aSingleOutput() {
        TestSpec spec = new TestSpec();
        LossSpec usual = LossSpec.defaults();
        spec.loss = new LossSpec(usual.kind(), Targets.SINGLE, usual.reduction(), usual.half());
        Found found = read(spec, 2, new int[] {1, 1, 1, 0}, ONE, ONE, ONE, ONE);
        assertThat(found.get("gradient-coherence.coherence").getFirst()).isCloseTo(1, within(1e-12));
        assertThat(found.get("gradient-coherence.coherence-wrong").getFirst()).isCloseTo(3, within(1e-12));
    }

    private static Found read(int[] labels, double[]... inputs) {
        return read(new TestSpec(), 3, labels, inputs);
    }

    private static Found read(TestSpec spec, int classes, int[] labels, double[]... inputs) {
        spec.architecture = new Layered(List.of(), true);
        spec.batchSize = 1;
        Shape example = Shape.of(4);
        double[] values = new double[4 * inputs.length];
        for (int n = 0; n < inputs.length; n++) {
            System.arraycopy(inputs[n], 0, values, 4 * n, 4);
        }
        Split train = new Split(SharedArray.of(Shape.of(inputs.length, 4), values), labels);
        Dataset data = new Dataset(
                "by hand", example, TargetKind.Classes.numbered(classes), train, Optional.empty(), Optional.empty());
        Trainer trainer = new Trainer(spec.build(), 7, data, List.of(), Workers.single());
        String weight = trainer.network().parameters().getFirst().name();
        trainer.state().write(weight, new double[trainer.state().read(weight).length]);
        LearningRate rate = new LearningRate(1, ScheduleSpec.defaults(), 1);
        return Sight.read(
                new CoherenceInstrument(),
                trainer.observer().look(0, true, true, rate, Set.of(new CoherenceReading())));
    }
}
