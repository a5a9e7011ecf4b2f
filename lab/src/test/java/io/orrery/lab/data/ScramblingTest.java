package io.orrery.lab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.state.SharedArray;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.SmallDatasets;
import io.orrery.lab.data.set.Split;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Inputs that tell nothing: each example in an order of its own, or noise. */
final class ScramblingTest {
    private static Dataset scrambled(Dataset raw, DataSpec.Permute how, long seed) {
        return DataSpecBuilder.plain().permute(how).build().transform(raw, seed);
    }

    private static Dataset counted(Shape shape, int... labels) {
        double[] values = new double[shape.count()];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        return SmallDatasets.dataset(SharedArray.of(shape, values), labels, 2);
    }

    @Test
    void everyExampleHasAnOrderOfItsOwn() {
        Dataset data = scrambled(counted(Shape.of(2, 20), 0, 1), DataSpec.Permute.EXAMPLES, 1);
        List<Integer> all = SmallDatasets.inputs(data.train());
        List<Integer> first = all.subList(0, 20);
        List<Integer> second =
                all.subList(20, 40).stream().map(value -> value - 20).toList();
        List<Integer> places = IntStream.range(0, 20).boxed().toList();
        assertThat(first).containsExactlyInAnyOrderElementsOf(places).isNotEqualTo(places);
        assertThat(second).containsExactlyInAnyOrderElementsOf(places).isNotEqualTo(first);
        assertThat(SmallDatasets.inputs(data.test().orElseThrow())).isNotEqualTo(all);
        assertThat(data.train().labels()).containsExactly(0, 1);
    }

    @Test
    void pixelsKeepTheirChannelsTogether() {
        SharedArray moved = scrambled(counted(Shape.of(2, 3, 2, 3), 0, 1), DataSpec.Permute.EXAMPLES, 1)
                .train()
                .inputs();
        for (int i = 0; i < 36; i++) {
            if (i % 18 >= 6) {
                assertThat(moved.get(i) - moved.get(i - 6)).isEqualTo(6);
            }
        }
    }

    /** 0 to 3999 have mean 1999.5 and variance (4000^2 - 1) / 12. */
    @Test
    void noiseHasTheMeanAndDeviationOfTheTrainingInputsAndNothingElseOfThem() {
        Dataset raw = counted(Shape.of(4, 1000), 0, 1, 0, 1);
        Dataset data = scrambled(raw, DataSpec.Permute.NOISE, 3);
        double deviation = Math.sqrt((4000.0 * 4000 - 1) / 12);
        for (Split split : List.of(data.train(), data.test().orElseThrow())) {
            double[] values = IntStream.range(0, 4000)
                    .mapToDouble(i -> (split.inputs().get(i) - 1999.5) / deviation)
                    .toArray();
            double mean = IntStream.range(0, 4000).mapToDouble(i -> values[i]).sum() / 4000;
            double square = IntStream.range(0, 4000)
                            .mapToDouble(i -> values[i] * values[i])
                            .sum()
                    / 4000;
            double along = IntStream.range(0, 4000)
                            .mapToDouble(i -> values[i] * (i - 1999.5) / deviation)
                            .sum()
                    / 4000;
            assertThat(mean).isCloseTo(0, within(0.08));
            assertThat(square).isCloseTo(1, within(0.12));
            assertThat(along).as("correlation with what was there").isCloseTo(0, within(0.08));
        }
        assertThat(data.test().orElseThrow().inputs().get(0))
                .isNotEqualTo(data.train().inputs().get(0));
        assertThat(data.train().labels()).containsExactly(0, 1, 0, 1);
        assertThat(scrambled(raw, DataSpec.Permute.NOISE, 3).train().inputs().get(7))
                .isEqualTo(data.train().inputs().get(7))
                .isNotEqualTo(scrambled(raw, DataSpec.Permute.NOISE, 4)
                        .train()
                        .inputs()
                        .get(7));
    }
}
