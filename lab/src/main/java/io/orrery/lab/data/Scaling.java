package io.orrery.lab.data;

import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.state.SharedArray;
import io.orrery.lab.data.DataSpec.Standardization;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.Generated;
import io.orrery.lab.data.set.Split;

/**
 * Standardizing and unit norms. Means and population deviations are taken over the training split alone, in double, example
 * after example; a constant feature is only centred.
 */
final class Scaling {
    private Scaling() {}

    /** Scales all splits; where nobody else holds them ({@code owned}) in place. */
    static Dataset apply(Dataset data, Standardization standardization, boolean unitNorm, boolean owned) {
        Change norm = unitNorm ? example -> Generated.toUnitNorm(example, 0, example.length) : example -> {};
        if (standardization == Standardization.NONE) {
            return unitNorm ? map(data, norm, owned) : data;
        }
        FeatureStatistics statistics = FeatureStatistics.of(data, standardization);
        // One pass for both: MNIST takes 0.2 GB, and rounding once is better than twice.
        Dataset scaled = map(
                data,
                example -> {
                    statistics.standardize(example);
                    norm.apply(example);
                },
                owned);
        return statistics.entry(data).map(scaled::with).orElse(scaled);
    }

    private interface Change {
        void apply(double[] example);
    }

    private static Dataset map(Dataset data, Change change, boolean owned) {
        return data.with(
                map(data.train(), change, owned),
                data.validation().map(split -> map(split, change, owned)),
                data.test().map(split -> map(split, change, owned)));
    }

    private static Split map(Split split, Change change, boolean owned) {
        SharedArray inputs = split.inputs();
        Shape shape = inputs.shape();
        int size = shape.inner(0);
        double[] example = new double[size];
        if (inputs.precision() == Precision.SINGLE) {
            float[] changed = owned ? inputs.singles() : new float[shape.count()];
            for (int start = 0; start < changed.length; start += size) {
                for (int i = 0; i < size; i++) {
                    example[i] = inputs.singles()[start + i];
                }
                change.apply(example);
                for (int i = 0; i < size; i++) {
                    changed[start + i] = (float) example[i];
                }
            }
            return split.with(SharedArray.of(shape, changed));
        }
        double[] changed = owned ? inputs.doubles() : new double[shape.count()];
        for (int start = 0; start < changed.length; start += size) {
            System.arraycopy(inputs.doubles(), start, example, 0, size);
            change.apply(example);
            System.arraycopy(example, 0, changed, start, size);
        }
        return split.with(SharedArray.of(shape, changed));
    }
}
