package io.orrery.lab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.lab.UserError;
import io.orrery.lab.data.DataSpec.Order;
import io.orrery.lab.data.DataSpec.Standardization;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.SmallDatasets;
import io.orrery.lab.data.source.Mnist;
import io.orrery.lab.data.source.Ring;
import io.orrery.lab.data.source.Xor;
import org.junit.jupiter.api.Test;

final class TransformsTest {
    @Test
    void withoutTransformsNothingIsCopied() {
        Dataset raw = SmallDatasets.counting(12, 3);
        Dataset data = DataSpecBuilder.plain().build().transform(raw, 1);
        assertThat(data.train().inputs()).isSameAs(raw.train().inputs());
        assertThat(data.train().labels()).isEqualTo(raw.train().labels());
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
        Dataset raw = SmallDatasets.counting(30, 3);
        refused(
                DataSpecBuilder.plain().classes(0, 3),
                raw,
                "names class 3, but the classes of counting are class 0, class 1, class 2; classes are named by their labels");
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
        refused(
                DataSpecBuilder.plain(),
                SmallDatasets.dataset(new double[] {1, 2}, new int[] {0, 0}, 1),
                "at least 2 classes");
        refused(
                DataSpecBuilder.plain(),
                SmallDatasets.dataset(new double[] {1, 2, 3}, new int[] {0, 2, 0}, 3),
                "class 1 (class 1) has no training example; keep the classes that have some with data.classes: [class 0, class 2]");
        refused(
                DataSpecBuilder.plain(),
                SmallDatasets.dataset(new double[] {1}, new int[] {1}, 2),
                "class 0 (class 0) has no training example; a classifier needs some of at least 2 classes, found [class 1]; give more");
        refused(
                DataSpecBuilder.plain(),
                SmallDatasets.dataset(new double[] {1, Double.NaN}, new int[] {0, 1}, 2),
                "input 0 of train example 1 is NaN");
        refused(
                DataSpecBuilder.plain(),
                SmallDatasets.dataset(new double[] {Double.POSITIVE_INFINITY, 2}, new int[] {0, 1}, 2),
                "input 0 of train example 0 is Infinity");
        Dataset bits = new Ring(8, 4).load(1);
        refused(DataSpecBuilder.plain().perClass(1), bits, "the targets are");
        refused(DataSpecBuilder.plain().imbalance(1, 1), bits, "the targets are");
        refused(DataSpecBuilder.plain().classes(0, 1), bits, "are 4 bits; leave data.classes out");
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
}
