package io.orrery.lab.claim;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.book.RecordedRun;
import io.orrery.lab.compute.CountedComputation;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.observe.Measurement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComputedCurvesTest {
    private static final double[] PLACES = {1, 2};

    /** Of three seeds the second has nothing, the third too few numbers. */
    private final ArmRuns arm = arm(List.of(3.0, 5.0), List.of(), List.of(7.0));

    @Test
    void aSeedWithoutTheVectorIsMissing() {
        Figure.Curve curve = ComputedCurves.of("c", Arm.Part.TREATMENT, arm, "made.up", PLACES);
        assertThat(curve.line()).isTrue();
        assertThat(curve.values()[0]).containsExactly(3, 5);
        assertThat(curve.values()[1]).containsExactly(Double.NaN, Double.NaN);
        assertThat(curve.values()[2]).containsExactly(Double.NaN, Double.NaN);
        assertThat(ComputedCurves.of("c", Arm.Part.TREATMENT, arm, "made.up", PLACES, x -> x / 2)
                        .values()[0])
                .containsExactly(1.5, 2.5);
        assertThat(curve.apart().line()).isFalse();
        assertThat(curve.apart().joined().line()).isTrue();
    }

    @Test
    void numbersOfArmsAreTurnedToNumbersOfSeeds() {
        Figure.Curve points =
                ComputedCurves.points("p", Arm.Part.CONTROL, PLACES, new double[][] {{1, 2, 3}, {4, 5, 6}});
        assertThat(points.line()).isFalse();
        assertThat(points.values()).isDeepEqualTo(new double[][] {{1, 4}, {2, 5}, {3, 6}});
    }

    @Test
    void lawsAreOneLine() {
        assertThat(ComputedCurves.law("l", Arm.Part.CONTROL, PLACES, x -> x * x).values())
                .isDeepEqualTo(new double[][] {{1, 4}});
        assertThat(ComputedCurves.law("l", Arm.Part.CONTROL, PLACES, new double[] {8, 9})
                        .values())
                .isDeepEqualTo(new double[][] {{8, 9}});
    }

    @Test
    void numbersOfVectorsAreNaNWhereThereAreNone() {
        assertThat(arm.lastOfVectors("made.up", vector -> vector[vector.length - 1]))
                .containsExactly(5, Double.NaN, 7);
        assertThat(arm.lastEntries("made.up", 1)).containsExactly(5, Double.NaN, Double.NaN);
    }

    @SafeVarargs
    private static ArmRuns arm(List<Double>... vectors) {
        List<RecordedRun> runs = new ArrayList<>();
        for (List<Double> vector : vectors) {
            List<Measurement> measured =
                    vector.isEmpty() ? List.of() : List.of(new Measurement(0, "made", "up", "", "", vector));
            runs.add(new RecordedRun(
                    "s", "id" + runs.size(), runs.size(), Map.of(), "{}", Map.of(), measured, Optional.empty()));
        }
        CountedComputation computation = new CountedComputation(0);
        return new ArmRuns(
                Arm.treatment("arm", computation, Setting.empty()),
                new Ran.Computed(computation, Setting.empty()),
                runs);
    }
}
