package io.orrery.lab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.state.SharedArray;
import io.orrery.lab.UserError;
import io.orrery.lab.data.DataSpec.Order;
import io.orrery.lab.data.DataSpec.Standardization;
import io.orrery.lab.data.Dataset.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TransformsTest {
    @Test
    void withoutTransformsNothingIsCopied() {
        Dataset raw = counting(12, 3);
        Dataset data = DataSpecBuilder.plain().build().transform(raw, 1);
        assertThat(data.train().inputs()).isSameAs(raw.train().inputs());
        assertThat(data.train().labels()).isEqualTo(raw.train().labels());
    }

    @Test
    void chosenClassesAreRenumberedInTheirOrder() {
        Dataset data = DataSpecBuilder.plain().classes(2, 0).build().transform(counting(9, 3), 1);
        assertThat(data.classes()).isEqualTo(2);
        assertThat(data.classNames()).containsExactly("class 2", "class 0");
        assertThat(inputs(data.train())).containsExactly(0, 2, 3, 5, 6, 8);
        assertThat(data.train().labels()).containsExactly(1, 0, 1, 0, 1, 0);
        assertThat(data.test().orElseThrow().labels()).containsExactly(1, 0, 1, 0, 1, 0);
    }

    @Test
    void perClassKeepsThatManyOfEachInTheirOrder() {
        Dataset data = DataSpecBuilder.plain().perClass(5).build().transform(counting(60, 3), 1);
        assertThat(data.train().countsPerClass(3)).containsExactly(5, 5, 5);
        assertThat(inputs(data.train())).isSorted().doesNotHaveDuplicates();
        assertThat(data.test().orElseThrow().count()).isEqualTo(60);
        Dataset other = DataSpecBuilder.plain().perClass(5).build().transform(counting(60, 3), 2);
        assertThat(inputs(other.train())).isNotEqualTo(inputs(data.train()));
    }

    @Test
    void imbalanceKeepsItsNumberOfEachChosenClass() {
        Dataset data = DataSpecBuilder.plain()
                .classes(2, 0)
                .imbalance(9, 3)
                .validation(4)
                .build()
                .transform(counting(60, 3), 1);
        // 12 examples are kept, a third of each class of them is held out.
        assertThat(data.train().countsPerClass(2)).containsExactly(6, 2);
        assertThat(data.validation().orElseThrow().countsPerClass(2)).containsExactly(3, 1);
        assertThat(data.test().orElseThrow().countsPerClass(2)).containsExactly(20, 20);
        assertThat(inputs(data.train())).isSorted().allMatch(input -> input % 3 != 1);
    }

    @Test
    void labelNoiseComesAfterImbalance() {
        Dataset raw = counting(3000, 3);
        Dataset data = DataSpecBuilder.plain()
                .imbalance(1000, 100, 100)
                .labelNoise(0.3)
                .build()
                .transform(raw, 1);
        int[] kept = new int[3];
        int changed = 0;
        for (int i = 0; i < data.train().count(); i++) {
            int label = (int) data.train().inputs().get(i) % 3;
            kept[label]++;
            changed += data.train().labels()[i] != label ? 1 : 0;
        }
        assertThat(kept).containsExactly(1000, 100, 100);
        // 360 are redrawn, a third of them to what they were: 240 with a standard deviation of 9.
        assertThat(changed).isBetween(200, 280);
    }

    @Test
    void featuresChangePlacesAlikeInAllExamplesAndSplits() {
        double[] values = IntStream.range(0, 60).asDoubleStream().toArray();
        Dataset raw = dataset(SharedArray.of(Shape.of(3, 20), values), new int[] {0, 1, 0}, 2);
        Dataset data = DataSpecBuilder.plain().permuted().build().transform(raw, 1);
        List<Integer> first = inputs(data.train()).subList(0, 20);
        assertThat(first)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 20).boxed().toList())
                .isNotEqualTo(IntStream.range(0, 20).boxed().toList());
        for (int i = 0; i < 60; i++) {
            assertThat(data.train().inputs().get(i)).isEqualTo(20 * (i / 20) + first.get(i % 20));
        }
        assertThat(inputs(data.test().orElseThrow())).isEqualTo(inputs(data.train()));
        assertThat(inputs(DataSpecBuilder.plain()
                        .permuted()
                        .build()
                        .transform(raw, 2)
                        .train()))
                .isNotEqualTo(inputs(data.train()));
    }

    @Test
    void pixelsChangePlacesWithAllTheirChannels() {
        float[] pixels = new float[36];
        for (int i = 0; i < 36; i++) {
            pixels[i] = i;
        }
        Dataset raw = dataset(SharedArray.of(Shape.of(2, 3, 2, 3), pixels), new int[] {0, 1}, 2);
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

    @Test
    void validationIsHeldOutInProportion() {
        // 40, 20 and 10 examples; 14 of 70 is a fifth of each class.
        int[] labels =
                IntStream.range(0, 70).map(i -> i < 40 ? 0 : i < 60 ? 1 : 2).toArray();
        Dataset raw = dataset(IntStream.range(0, 70).asDoubleStream().toArray(), labels, 3);
        Dataset data = DataSpecBuilder.plain().validation(14).build().transform(raw, 1);
        assertThat(data.validation().orElseThrow().countsPerClass(3)).containsExactly(8, 4, 2);
        assertThat(data.train().countsPerClass(3)).containsExactly(32, 16, 8);
        List<Integer> all = new ArrayList<>(inputs(data.train()));
        all.addAll(inputs(data.validation().orElseThrow()));
        assertThat(all)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 70).boxed().toList());
    }

    @Test
    void proportionsAreRoundedByLargestRemainder() {
        // 4 of 9 in parts 5, 3, 1: 2.22, 1.33, 0.44: the last has the largest remainder but only one example.
        assertThat(Selection.proportional(new int[] {5, 3, 1}, 4)).containsExactly(2, 2, 0);
        // 3 of 8 in parts 4, 2, 2: 1.5, 0.75, 0.75.
        assertThat(Selection.proportional(new int[] {4, 2, 2}, 3)).containsExactly(1, 1, 1);
        assertThatThrownBy(() -> Selection.proportional(new int[] {2, 1, 1}, 3))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("would leave a class without any");
    }

    @Test
    void labelNoiseReplacesAFractionOfTrainingLabels() {
        Dataset raw = counting(10_000, 10);
        Dataset data = DataSpecBuilder.plain().labelNoise(0.4).build().transform(raw, 1);
        int changed = 0;
        for (int i = 0; i < 10_000; i++) {
            changed += data.train().labels()[i] != raw.train().labels()[i] ? 1 : 0;
        }
        // 4,000 are redrawn, a tenth of them to what they were: 3,600 with a standard deviation of 19.
        assertThat(changed).isBetween(3500, 3700);
        assertThat(data.test().orElseThrow().labels())
                .isEqualTo(raw.test().orElseThrow().labels());
        assertThat(data.train().inputs()).isSameAs(raw.train().inputs());
        assertThat(raw.train().labels()[11]).isEqualTo(1);
    }

    @Test
    void allNoiseLeavesChanceAgreementAndTinyNoiseNone() {
        Dataset raw = counting(10_000, 10);
        Dataset noise = DataSpecBuilder.plain().labelNoise(1).build().transform(raw, 1);
        Dataset random = DataSpecBuilder.plain().randomLabels().build().transform(raw, 1);
        assertThat(agreement(raw, noise)).isCloseTo(0.1, within(0.015));
        assertThat(agreement(raw, random)).isCloseTo(0.1, within(0.015));
        assertThat(agreement(
                        raw, DataSpecBuilder.plain().labelNoise(1e-5).build().transform(raw, 1)))
                .isEqualTo(1);
    }

    @Test
    void noiseDoesNotReachValidation() {
        Dataset raw = counting(1000, 10);
        Dataset data =
                DataSpecBuilder.plain().validation(100).labelNoise(1).build().transform(raw, 1);
        Split validation = data.validation().orElseThrow();
        for (int i = 0; i < 100; i++) {
            assertThat(validation.labels()[i])
                    .isEqualTo((int) validation.inputs().get(i) % 10);
        }
    }

    @Test
    void featuresAreStandardizedByTrainingStatistics() {
        // Feature 0 is 1, 3, 5, 7: mean 4, population deviation sqrt(5). Feature 1 is constant: divided by 1.
        Shape shape = Shape.of(4, 2);
        SharedArray inputs = SharedArray.of(shape, new double[] {1, 6, 3, 6, 5, 6, 7, 6});
        SharedArray test = SharedArray.of(Shape.of(1, 2), new double[] {4 + Math.sqrt(5), 8});
        Dataset raw = new Dataset(
                "small",
                Shape.of(2),
                Labels.CLASS,
                2,
                List.of("a", "b"),
                new Split(inputs, new int[] {0, 1, 0, 1}),
                Optional.empty(),
                Optional.of(new Split(test, new int[] {0})),
                Map.of());
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
                Labels.CLASS,
                2,
                List.of("a", "b"),
                new Split(SharedArray.of(Shape.of(2, 2, 1, 2), pixels), new int[] {0, 1}),
                Optional.empty(),
                Optional.empty(),
                Map.of());
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
        Dataset raw = dataset(inputs, new int[] {0, 1, 0}, 2);
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

    @Test
    void impossibleSettingsAreRefusedBeforeLoading() {
        refused(DataSpecBuilder.plain().validation(-1), "data.validation must be at least 0 examples, found -1");
        refused(DataSpecBuilder.plain().perClass(0), "data.perClass must be at least 1 example, found 0");
        refused(DataSpecBuilder.plain().imbalance(3, 0), "data.imbalance must be at least 1 example of each class");
        refused(DataSpecBuilder.plain().imbalance(3, 2).perClass(2), "leave one of the two out");
        refused(DataSpecBuilder.plain().classes(3), "data.classes must name at least 2 classes, found [3]");
        refused(DataSpecBuilder.plain().classes(3, 3), "data.classes must name each class once, found [3, 3]");
        refused(DataSpecBuilder.plain().labelNoise(1.1), "data.labelNoise is a fraction from 0 to 1, found 1.1");
        refused(DataSpecBuilder.plain().labelNoise(-0.1), "data.labelNoise is a fraction from 0 to 1, found -0.1");
        refused(DataSpecBuilder.plain().labelNoise(Double.NaN), "found NaN");
        refused(DataSpecBuilder.plain().labelNoise(0.5).randomLabels(), "leave data.labelNoise out");
        refused(
                DataSpecBuilder.plain().batchSize(0),
                "data.batchSize must be at least 1, found 0; for the whole training set as one batch write data.order: full");
    }

    @Test
    void whatTheDataCannotGiveIsRefused() {
        Dataset raw = counting(30, 3);
        refused(DataSpecBuilder.plain().classes(0, 3), raw, "names class 3, but counting has classes 0 to 2");
        refused(
                DataSpecBuilder.plain().perClass(11),
                raw,
                "asks for 11 training examples of each class, but class 0 (class 0) has 10; the most possible is 10");
        refused(
                DataSpecBuilder.plain().imbalance(10, 11, 3),
                raw,
                "data.imbalance asks for 11 training examples of class 1 (class 1), which has 10");
        refused(
                DataSpecBuilder.plain().imbalance(10, 3),
                raw,
                "data.imbalance: expected one number for each of the 3 classes, found 2: [10, 3]");
        refused(DataSpecBuilder.plain().validation(30), raw, "only 30 training examples are there");
        refused(DataSpecBuilder.plain().validation(28), raw, "would leave a class without any");
        refused(
                DataSpecBuilder.plain().standardize(Standardization.PER_CHANNEL),
                raw,
                "per-channel needs images, but the examples of counting have shape [1]");
        refused(DataSpecBuilder.plain(), dataset(new double[] {1, 2}, new int[] {0, 0}, 1), "at least 2 classes");
        refused(
                DataSpecBuilder.plain(),
                dataset(new double[] {1, 2, 3}, new int[] {0, 2, 0}, 3),
                "class 1 (class 1) has no training example; keep the classes that have some with data.classes: [0, 2]");
        refused(
                DataSpecBuilder.plain(),
                dataset(new double[] {1, Double.NaN}, new int[] {0, 1}, 2),
                "input 0 of train example 1 is NaN");
        refused(
                DataSpecBuilder.plain(),
                dataset(new double[] {Double.POSITIVE_INFINITY, 2}, new int[] {0, 1}, 2),
                "input 0 of train example 0 is Infinity");
        Dataset bits = new Ring(8, 4).load(1);
        refused(DataSpecBuilder.plain().perClass(1), bits, "the labels are bits");
        refused(DataSpecBuilder.plain().imbalance(1, 1), bits, "the labels are bits");
        refused(DataSpecBuilder.plain().classes(0, 1), bits, "are bits; leave data.classes out");
    }

    @Test
    void aBatchLargerThanTheTrainingSetIsRefusedUnlessItIsTheWholeSet() {
        Xor source = new Xor(40, 0, 4);
        assertThatThrownBy(
                        () -> DataSpecBuilder.of(source).batchSize(41).build().load(1))
                .isInstanceOf(UserError.class)
                .hasMessage("data.batchSize is 41, but the training set has only 40 examples; use a smaller batch, or"
                        + " data.order: full for the whole set as one batch");
        assertThat(DataSpecBuilder.of(source)
                        .batchSize(40)
                        .build()
                        .load(1)
                        .train()
                        .count())
                .isEqualTo(40);
        assertThat(DataSpecBuilder.of(source)
                        .batchSize(41)
                        .order(Order.FULL)
                        .build()
                        .load(1)
                        .train()
                        .count())
                .isEqualTo(40);
    }

    @Test
    void bitsCanBeHeldOutAndMadeRandom() {
        Dataset data = DataSpecBuilder.of(new Ring(64, 3))
                .validation(10)
                .randomLabels()
                .build()
                .load(1);
        assertThat(data.train().count()).isEqualTo(54);
        assertThat(data.validation().orElseThrow().count()).isEqualTo(10);
        assertThat(Arrays.stream(data.train().labels()).max().orElseThrow()).isEqualTo(7);
    }

    @Test
    void generatedDataFollowTheRunsSeedUnlessDataSeedIsGiven() {
        DataSpec free = DataSpecBuilder.of(new Xor(8, 0, 6)).build();
        DataSpec fixed = DataSpecBuilder.of(new Xor(8, 0, 6)).seed(5).build();
        assertThat(free.load(5).train().inputs().doubles())
                .isEqualTo(fixed.load(1).train().inputs().doubles());
        assertThat(free.load(6).train().inputs().doubles())
                .isNotEqualTo(free.load(5).train().inputs().doubles());
        assertThat(DataSpecBuilder.of(Mnist.defaults()).build().dataSeed(7)).isZero();
    }

    private static void refused(DataSpecBuilder spec, String message) {
        assertThatThrownBy(() -> spec.build().load(1))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(message);
    }

    private static void refused(DataSpecBuilder spec, Dataset raw, String message) {
        assertThatThrownBy(() -> spec.build().transform(raw, 1))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(message);
    }

    private static double agreement(Dataset one, Dataset other) {
        int same = 0;
        for (int i = 0; i < one.train().count(); i++) {
            same += one.train().labels()[i] == other.train().labels()[i] ? 1 : 0;
        }
        return (double) same / one.train().count();
    }

    private static List<Integer> inputs(Split split) {
        return Arrays.stream(split.inputs().doubles())
                .mapToObj(value -> (int) value)
                .toList();
    }

    /** Example i has the input i and the class i mod classes, for training and testing alike. */
    private static Dataset counting(int count, int classes) {
        return dataset(
                IntStream.range(0, count).asDoubleStream().toArray(),
                IntStream.range(0, count).map(i -> i % classes).toArray(),
                classes);
    }

    private static Dataset dataset(double[] inputs, int[] labels, int classes) {
        return dataset(SharedArray.of(Shape.of(labels.length, 1), inputs), labels, classes);
    }

    private static Dataset dataset(SharedArray inputs, int[] labels, int classes) {
        Split split = new Split(inputs, labels);
        return new Dataset(
                "counting",
                inputs.shape().without(0),
                Labels.CLASS,
                classes,
                IntStream.range(0, classes).mapToObj(c -> "class " + c).toList(),
                split,
                Optional.empty(),
                Optional.of(split),
                Map.of());
    }
}
