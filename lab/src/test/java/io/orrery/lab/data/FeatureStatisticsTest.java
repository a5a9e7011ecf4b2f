package io.orrery.lab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.state.SharedArray;
import io.orrery.lab.UserError;
import io.orrery.lab.data.DataSpec.Standardization;
import io.orrery.lab.data.file.Ledger;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.SmallDatasets;
import io.orrery.lab.data.set.Split;
import io.orrery.lab.data.set.TargetKind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FeatureStatisticsTest {
    /** One feature; training values, then a test value. */
    private static Dataset standardized(double[] train, double test) {
        Dataset raw = new Dataset(
                "column",
                Shape.of(1),
                new TargetKind.Classes(List.of("a", "b")),
                split(train),
                Optional.empty(),
                Optional.of(split(new double[] {test})),
                List.of(),
                Ledger.EMPTY,
                List.of("dose"));
        return DataSpecBuilder.plain()
                .standardize(Standardization.PER_FEATURE)
                .build()
                .transform(raw, 1);
    }

    private static Split split(double[] values) {
        int[] labels = new int[values.length];
        Arrays.setAll(labels, i -> i % 2);
        return new Split(SharedArray.of(Shape.of(values.length, 1), values.clone()), labels);
    }

    private static double test(Dataset data) {
        return data.test().orElseThrow().inputs().get(0);
    }

    @Test
    void aConstantFeatureIsCentredOnly() {
        // The mean of 60 times 14.62, summed up in doubles, is not 14.62.
        double[] train = new double[60];
        Arrays.fill(train, 14.62);
        Dataset data = standardized(train, 14.63);
        assertThat(data.train().inputs().doubles()).containsOnly(0.0);
        assertThat(test(data)).isCloseTo(0.01, within(1e-12));
        assertThat(data.ledger().lines())
                .contains("  constant in all training examples, so centred and not divided: dose");
    }

    @Test
    void roundingNoiseIsNoDeviation() {
        double[] train = {0.3, 0.1 + 0.2, 0.3, 0.1 + 0.2};
        assertThat(train[0]).isNotEqualTo(train[1]);
        Dataset data = standardized(train, 0.4);
        assertThat(test(data)).isCloseTo(0.1, within(1e-12));
        assertThat(Arrays.stream(data.train().inputs().doubles())
                        .map(Math::abs)
                        .max()
                        .orElseThrow())
                .isLessThan(1e-15);
    }

    @Test
    void aSmallDeviationBesideALargeMeanIsOne() {
        // 1e15 and 1e15 + 8 half and half: mean 1e15 + 4, deviation 4. Numbers there lie 1/8 apart.
        double[] train = new double[2000];
        Arrays.setAll(train, i -> 1e15 + 8 * (i % 2));
        Dataset data = standardized(train, 1e15 + 12);
        assertThat(data.train().inputs().get(0)).isEqualTo(-1);
        assertThat(data.train().inputs().get(1)).isEqualTo(1);
        assertThat(test(data)).isEqualTo(2);
        assertThat(data.ledger().entries()).isEmpty();
    }

    @Test
    void squaresBeyondAllDoublesAreComputedAllTheSame() {
        for (double unit : new double[] {1e200, 1e-200, 1e307, 4e-320}) {
            Dataset data = standardized(new double[] {0, 2 * unit, 0, 2 * unit}, 3 * unit);
            assertThat(data.train().inputs().get(0)).as("%s", unit).isCloseTo(-1, within(1e-3));
            assertThat(data.train().inputs().get(1)).as("%s", unit).isCloseTo(1, within(1e-3));
            assertThat(test(data)).as("%s", unit).isCloseTo(2, within(1e-3));
        }
    }

    @Test
    void valuesThatLieTooFarApartAreRefused() {
        assertThatThrownBy(() -> standardized(new double[] {-1.5e308, 1.5e308}, 0))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("dose of the training examples goes from -1.5E308 to 1.5E308");
    }

    @Test
    void valuesBeyondSinglePrecisionAreRefusedInSinglePrecision() {
        Dataset data = standardized(new double[] {1, 2, 3, 4}, 1e60);
        assertThat(data.in(Precision.DOUBLE)).isSameAs(data);
        assertThatThrownBy(() -> data.in(Precision.SINGLE))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("dose of test example 0 is 8.9")
                .hasMessageContaining("beyond the largest number in single precision")
                .hasMessageContaining("precision: double");
    }

    @Test
    void arraysOfTheirOwnAreChangedInPlaceToTheSameNumbers() {
        Dataset raw = SmallDatasets.dataset(
                SharedArray.of(Shape.of(4, 1), new double[] {1, 2, 4, 8}), new int[] {0, 1, 0, 1}, 2);
        Dataset fresh = raw.with(raw.train(), Optional.empty(), Optional.empty());
        DataSpec spec =
                DataSpecBuilder.plain().standardize(Standardization.PER_FEATURE).build();
        double[] copied = spec.transform(fresh, 1).train().inputs().doubles();
        double[] inPlace = Transforms.applyTo(fresh, spec, 1).train().inputs().doubles();
        assertThat(inPlace).isEqualTo(copied).isSameAs(raw.train().inputs().doubles());
    }
}
