package io.orrery.lab.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.state.SharedArray;
import io.orrery.lab.UserError;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.Split;
import io.orrery.lab.data.set.TargetKind;
import io.orrery.lab.data.set.Targets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RealSourcesTest {
    @Test
    void evenPointsOfASineAreWhereTheyShouldBe() {
        Function source = new Function(5, 50, Function.Curve.SINE, 4, 0, Function.Spacing.EVEN);
        Dataset data = source.load(3);
        double[] x = {-1, -0.5, 0, 0.5, 1};
        for (int i = 0; i < 5; i++) {
            assertThat(data.train().inputs().get(i)).isEqualTo(x[i]);
            assertThat(y(data.train(), i)).isCloseTo(Math.sin(4 * x[i]), within(1e-15));
        }
        Split test = data.test().orElseThrow();
        for (int i = 0; i < 50; i++) {
            assertThat(test.inputs().get(i)).isBetween(-1.0, 1.0);
            assertThat(y(test, i)).isCloseTo(Math.sin(4 * test.inputs().get(i)), within(1e-15));
        }
    }

    @Test
    void noiseActsOnTrainingTargetsAlone() {
        Split train = new Function(2000, 0, Function.Curve.STEP, 1, 0.5, Function.Spacing.RANDOM)
                .load(3)
                .train();
        double mean = 0;
        double square = 0;
        for (int i = 0; i < 2000; i++) {
            double noise = y(train, i) - (train.inputs().get(i) >= 0 ? 1 : -1);
            mean += noise / 2000;
            square += noise * noise / 2000;
        }
        // Five standard errors: 0.5 / sqrt(2000) of the mean, 0.25 sqrt(2 / 2000) of the variance.
        assertThat(mean).isCloseTo(0, within(0.056));
        assertThat(square).isCloseTo(0.25, within(0.04));
    }

    @Test
    void aTriangleHasStraightSides() {
        Split train = new Function(9, 0, Function.Curve.TRIANGLE, Math.PI, 0, Function.Spacing.EVEN)
                .load(1)
                .train();
        double[] expected = {0, -0.5, -1, -0.5, 0, 0.5, 1, 0.5, 0};
        for (int i = 0; i < 9; i++) {
            assertThat(y(train, i)).isCloseTo(expected[i], within(1e-15));
        }
    }

    @Test
    void aLinearTeacherIsLinearAndOfUnitSize() {
        Dataset data = new TeacherNetwork(400, 100, 3, List.of(), TeacherNetwork.Phi.RELU, 1, 0).load(5);
        // Three examples give the weights, all others must agree.
        Split train = data.train();
        double[] w = solve(train);
        double square = 0;
        for (Split split : List.of(train, data.test().orElseThrow())) {
            for (int i = 0; i < split.count(); i++) {
                double expected = 0;
                for (int j = 0; j < 3; j++) {
                    expected += w[j] * split.inputs().get(3 * i + j);
                }
                assertThat(y(split, i)).isCloseTo(expected, within(1e-10));
            }
        }
        for (double weight : w) {
            square += weight * weight;
        }
        // The sum of three squares of variance 1/3 each.
        assertThat(square).isBetween(0.01, 6.0);
    }

    @Test
    void theSameSeedGivesTheSameTargetsAndAnotherOthers() {
        TeacherNetwork source = new TeacherNetwork(50, 0, 4, List.of(6, 5), TeacherNetwork.Phi.RELU, 2, 0);
        Dataset data = source.load(5);
        assertThat(data.target()).isEqualTo(new TargetKind.Reals(List.of("y0", "y1")));
        assertThat(values(data.train())).isEqualTo(values(source.load(5).train()));
        assertThat(values(data.train())).isNotEqualTo(values(source.load(6).train()));
    }

    @Test
    void impossibleSettingsAreRefused() {
        refused(new Function(0, 0, Function.Curve.SINE, 1, 0, Function.Spacing.EVEN), "data.train");
        refused(new Function(1, 0, Function.Curve.SINE, 1, -1, Function.Spacing.EVEN), "data.noise");
        refused(new Function(1, 0, Function.Curve.SINE, Double.NaN, 0, Function.Spacing.EVEN), "data.frequency");
        refused(new TeacherNetwork(1, 0, 0, List.of(), TeacherNetwork.Phi.RELU, 1, 0), "data.dimensions");
        refused(new TeacherNetwork(1, 0, 2, List.of(3, 0), TeacherNetwork.Phi.RELU, 1, 0), "data.teacher");
        refused(new TeacherNetwork(1, 0, 2, List.of(), TeacherNetwork.Phi.RELU, 0, 0), "data.outputs");
    }

    private static void refused(DataSource source, String key) {
        assertThatThrownBy(() -> source.load(1)).isInstanceOf(UserError.class).hasMessageContaining(key);
    }

    /** Cramer's rule on the first three examples. */
    private static double[] solve(Split split) {
        double[][] a = new double[3][3];
        for (int i = 0; i < 9; i++) {
            a[i / 3][i % 3] = split.inputs().get(i);
        }
        double[] w = new double[3];
        for (int j = 0; j < 3; j++) {
            double[][] replaced = {a[0].clone(), a[1].clone(), a[2].clone()};
            for (int i = 0; i < 3; i++) {
                replaced[i][j] = y(split, i);
            }
            w[j] = determinant(replaced) / determinant(a);
        }
        return w;
    }

    private static double determinant(double[][] a) {
        return a[0][0] * (a[1][1] * a[2][2] - a[1][2] * a[2][1])
                - a[0][1] * (a[1][0] * a[2][2] - a[1][2] * a[2][0])
                + a[0][2] * (a[1][0] * a[2][1] - a[1][1] * a[2][0]);
    }

    private static double y(Split split, int example) {
        return ((Targets.Real) split.targets()).values().get(example);
    }

    private static double[] values(Split split) {
        SharedArray values = ((Targets.Real) split.targets()).values();
        return values.doubles().clone();
    }
}
