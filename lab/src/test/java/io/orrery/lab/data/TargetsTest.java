package io.orrery.lab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.state.SharedArray;
import io.orrery.lab.UserError;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.Split;
import io.orrery.lab.data.set.TargetKind;
import io.orrery.lab.data.set.Targets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TargetsTest {
    private static final double[] VALUES = {0, 0.5, 10, 10.5, 20, 20.5, 30, 30.5, 40, 40.5};

    @Test
    void rowsAreTakenInTheirOrder() {
        Targets.Whole tokens = new Targets.Whole(new int[] {0, 1, 10, 11, 20, 21}, 2);
        assertThat(((Targets.Whole) tokens.at(2, 0, 2)).values()).containsExactly(20, 21, 0, 1, 20, 21);
        Targets real = new Targets.Real(SharedArray.of(Shape.of(5, 2), VALUES));
        assertThat(values(real.at(3, 1))).containsExactly(30, 30.5, 10, 10.5);
        assertThat(values(real.in(Precision.SINGLE).at(3, 1))).containsExactly(30, 30.5, 10, 10.5);
    }

    @Test
    void anExampleKeepsItsTargetsThroughAllTransforms() {
        Dataset raw = reals(VALUES);
        Dataset data = Transforms.apply(
                raw,
                DataSpecBuilder.plain()
                        .validation(2)
                        .standardize(DataSpec.Standardization.PER_FEATURE)
                        .build(),
                4);
        assertThat(data.train().count()).isEqualTo(3);
        assertThat(data.validation().orElseThrow().count()).isEqualTo(2);
        double[] mean = {0};
        SharedArray inputs = data.train().inputs();
        for (int i = 0; i < 3; i++) {
            mean[0] += values(data.train().targets())[2 * i] / 10 / 3;
        }
        // Inputs were the numbers of examples, of which targets are ten times as much: standardized they still are in
        // line.
        double[] numbers = new double[3];
        Arrays.setAll(numbers, i -> values(data.train().targets())[2 * i] / 10);
        double deviation = Math.sqrt(Arrays.stream(numbers)
                .map(number -> (number - mean[0]) * (number - mean[0]) / 3)
                .sum());
        for (int i = 0; i < 3; i++) {
            assertThat(inputs.get(i)).isCloseTo((numbers[i] - mean[0]) / deviation, within(1e-12));
        }
    }

    @Test
    void whatNeedsLabelsIsRefused() {
        Dataset raw = reals(VALUES);
        refused(DataSpecBuilder.plain().labelNoise(0.1), raw, "data.labelNoise replaces labels");
        refused(DataSpecBuilder.plain().perClass(1), raw, "the targets are 2 real numbers");
        refused(DataSpecBuilder.plain().classes(0, 1), raw, "are 2 real numbers; leave data.classes out");
        assertThatThrownBy(() -> raw.train().labels()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void impossibleTargetsAreRefused() {
        double[] values = VALUES.clone();
        values[3] = Double.NaN;
        assertThatThrownBy(() -> reals(values))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("b, a target, of train example 1 is NaN");
        double[] large = VALUES.clone();
        large[9] = 1e39;
        assertThatThrownBy(() -> reals(large).in(Precision.SINGLE))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("a target of train example 4 is 1.0E39");
    }

    private static Dataset reals(double[] values) {
        Targets targets = new Targets.Real(SharedArray.of(Shape.of(5, 2), values.clone()));
        Split split = new Split(SharedArray.of(Shape.of(5, 1), new double[] {0, 1, 2, 3, 4}), targets);
        return new Dataset(
                "reals",
                Shape.of(1),
                new TargetKind.Reals(List.of("a", "b")),
                split,
                Optional.empty(),
                Optional.empty());
    }

    private static double[] values(Targets targets) {
        SharedArray values = ((Targets.Real) targets).values();
        double[] result = new double[values.shape().count()];
        Arrays.setAll(result, values::get);
        return result;
    }

    private static void refused(DataSpecBuilder spec, Dataset raw, String message) {
        assertThatThrownBy(() -> Transforms.apply(raw, spec.build(), 1))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(message);
    }
}
