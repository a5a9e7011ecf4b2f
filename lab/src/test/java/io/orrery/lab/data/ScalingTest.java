package io.orrery.lab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.state.SharedArray;
import io.orrery.lab.data.DataSpec.Standardization;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.SmallDatasets;
import io.orrery.lab.data.set.Split;
import io.orrery.lab.data.set.TargetKind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ScalingTest {
    @Test
    void featuresAreStandardizedByTrainingStatistics() {
        // Feature 0 is 1, 3, 5, 7: mean 4, population deviation sqrt(5). Feature 1 is constant: divided by 1.
        Shape shape = Shape.of(4, 2);
        SharedArray inputs = SharedArray.of(shape, new double[] {1, 6, 3, 6, 5, 6, 7, 6});
        SharedArray test = SharedArray.of(Shape.of(1, 2), new double[] {4 + Math.sqrt(5), 8});
        Dataset raw = new Dataset(
                "small",
                Shape.of(2),
                new TargetKind.Classes(List.of("a", "b")),
                new Split(inputs, new int[] {0, 1, 0, 1}),
                Optional.empty(),
                Optional.of(new Split(test, new int[] {0})));
        Dataset data = DataSpecBuilder.plain()
                .standardize(Standardization.PER_FEATURE)
                .build()
                .transform(raw, 1);
        double one = 1 / Math.sqrt(5);
        double[] expected = {-3 * one, 0, -one, 0, one, 0, 3 * one, 0};
        for (int i = 0; i < 8; i++) {
            assertThat(data.train().inputs().get(i)).isCloseTo(expected[i], within(1e-15));
        }
        assertThat(data.test().orElseThrow().inputs().get(0)).isCloseTo(1, within(1e-15));
        assertThat(data.test().orElseThrow().inputs().get(1)).isCloseTo(2, within(1e-15));
        assertThat(inputs.get(0)).isEqualTo(1);
    }

    @Test
    void channelsAreStandardizedAsAWhole() {
        // Two images of 2 channels and 1 x 2 pixels. Channel 0: 0, 2, 4, 6 (mean 3, variance 5); channel 1: 1, 1, 3, 3.
        float[] pixels = {0, 2, 1, 1, 4, 6, 3, 3};
        Dataset raw = new Dataset(
                "small",
                Shape.of(2, 1, 2),
                new TargetKind.Classes(List.of("a", "b")),
                new Split(SharedArray.of(Shape.of(2, 2, 1, 2), pixels), new int[] {0, 1}),
                Optional.empty(),
                Optional.empty());
        Dataset data = DataSpecBuilder.plain()
                .standardize(Standardization.PER_CHANNEL)
                .build()
                .transform(raw, 1);
        double one = 1 / Math.sqrt(5);
        double[] expected = {-3 * one, -one, -1, -1, one, 3 * one, 1, 1};
        for (int i = 0; i < 8; i++) {
            assertThat(data.train().inputs().get(i)).isCloseTo((float) expected[i], within(1e-7));
        }
    }

    @Test
    void unitNormComesAfterStandardizing() {
        SharedArray inputs = SharedArray.of(Shape.of(3, 2), new double[] {13, 4, 7, -4, 10, 0});
        Dataset raw = SmallDatasets.dataset(inputs, new int[] {0, 1, 0}, 2);
        Dataset data = DataSpecBuilder.plain().unitNorm().build().transform(raw, 1);
        assertThat(data.train().inputs().get(0)).isCloseTo(13 / Math.sqrt(185), within(1e-15));
        Dataset both = DataSpecBuilder.plain()
                .standardize(Standardization.PER_FEATURE)
                .unitNorm()
                .build()
                .transform(raw, 1);
        // Standardized: (sqrt(1.5), sqrt(1.5)), its opposite, and the zero vector, which stays.
        assertThat(both.train().inputs().get(0)).isCloseTo(Math.sqrt(0.5), within(1e-15));
        assertThat(both.train().inputs().get(3)).isCloseTo(-Math.sqrt(0.5), within(1e-15));
        assertThat(both.train().inputs().get(4)).isZero();
    }
}
