package io.orrery.lab.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.state.SharedArray;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.SmallDatasets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PermutationTest {
    @Test
    void featuresChangePlacesAlikeInAllExamplesAndSplits() {
        double[] values = IntStream.range(0, 60).asDoubleStream().toArray();
        Dataset raw = SmallDatasets.dataset(SharedArray.of(Shape.of(3, 20), values), new int[] {0, 1, 0}, 2);
        Dataset data = DataSpecBuilder.plain().permuted().build().transform(raw, 1);
        List<Integer> first = SmallDatasets.inputs(data.train()).subList(0, 20);
        assertThat(first)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 20).boxed().toList())
                .isNotEqualTo(IntStream.range(0, 20).boxed().toList());
        for (int i = 0; i < 60; i++) {
            assertThat(data.train().inputs().get(i)).isEqualTo(20 * (i / 20) + first.get(i % 20));
        }
        assertThat(SmallDatasets.inputs(data.test().orElseThrow())).isEqualTo(SmallDatasets.inputs(data.train()));
        assertThat(SmallDatasets.inputs(DataSpecBuilder.plain()
                        .permuted()
                        .build()
                        .transform(raw, 2)
                        .train()))
                .isNotEqualTo(SmallDatasets.inputs(data.train()));
    }

    @Test
    void pixelsChangePlacesWithAllTheirChannels() {
        float[] pixels = new float[36];
        for (int i = 0; i < 36; i++) {
            pixels[i] = i;
        }
        Dataset raw = SmallDatasets.dataset(SharedArray.of(Shape.of(2, 3, 2, 3), pixels), new int[] {0, 1}, 2);
        SharedArray moved = DataSpecBuilder.plain()
                .permuted()
                .build()
                .transform(raw, 1)
                .train()
                .inputs();
        for (int i = 6; i < 36; i++) {
            assertThat(moved.get(i) - moved.get(i - 6)).isEqualTo(6);
        }
    }
}
