package io.orrery.lab.data;

import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.state.SharedArray;
import io.orrery.lab.UserError;
import io.orrery.lab.data.DataSpec.Standardization;
import java.util.Arrays;

/**
 * Standardizing and unit norms. Means and population deviations are taken over the training split alone, in double, example
 * after example; a deviation of 0 divides by 1.
 */
final class Scaling {
    private Scaling() {}

    static Dataset apply(Dataset data, Standardization standardization, boolean unitNorm) {
        Change norm = unitNorm ? example -> Generated.toUnitNorm(example, 0, example.length) : example -> {};
        if (standardization == Standardization.NONE) {
            return unitNorm ? map(data, norm) : data;
        }
        Statistics statistics = Statistics.of(data, standardization);
        // One pass for both: MNIST takes 0.2 GB, and rounding once is better than twice.
        return map(data, example -> {
            statistics.standardize(example);
            norm.apply(example);
        });
    }

    private interface Change {
        void apply(double[] example);
    }

    private static Dataset map(Dataset data, Change change) {
        return data.with(
                map(data.train(), change),
                data.validation().map(split -> map(split, change)),
                data.test().map(split -> map(split, change)));
    }

    private static Split map(Split split, Change change) {
        SharedArray inputs = split.inputs();
        Shape shape = inputs.shape();
        int size = shape.inner(0);
        double[] example = new double[size];
        if (inputs.precision() == Precision.SINGLE) {
            float[] changed = new float[shape.count()];
            for (int start = 0; start < changed.length; start += size) {
                for (int i = 0; i < size; i++) {
                    example[i] = inputs.singles()[start + i];
                }
                change.apply(example);
                for (int i = 0; i < size; i++) {
                    changed[start + i] = (float) example[i];
                }
            }
            return new Split(SharedArray.of(shape, changed), split.labels());
        }
        double[] changed = new double[shape.count()];
        for (int start = 0; start < changed.length; start += size) {
            System.arraycopy(inputs.doubles(), start, example, 0, size);
            change.apply(example);
            System.arraycopy(example, 0, changed, start, size);
        }
        return new Split(SharedArray.of(shape, changed), split.labels());
    }

    /** Means and deviations of groups of {@code run} consecutive features: a channel's pixels, or one feature each. */
    private record Statistics(int run, double[] means, double[] deviations) {
        static Statistics of(Dataset data, Standardization standardization) {
            int run = runLength(data, standardization);
            SharedArray inputs = data.train().inputs();
            int size = data.exampleShape().count();
            int groups = size / run;
            double perGroup = (double) data.train().count() * run;
            // A table of groups instead of divisions: MNIST has 47 million inputs.
            int[] group = new int[size];
            Arrays.setAll(group, i -> i / run);
            double[] means = new double[groups];
            int count = inputs.shape().count();
            for (int start = 0; start < count; start += size) {
                for (int i = 0; i < size; i++) {
                    means[group[i]] += inputs.get(start + i);
                }
            }
            for (int g = 0; g < groups; g++) {
                means[g] /= perGroup;
            }
            double[] deviations = new double[groups];
            for (int start = 0; start < count; start += size) {
                for (int i = 0; i < size; i++) {
                    double difference = inputs.get(start + i) - means[group[i]];
                    deviations[group[i]] += difference * difference;
                }
            }
            Arrays.setAll(deviations, g -> {
                double deviation = Math.sqrt(deviations[g] / perGroup);
                return deviation > 0 ? deviation : 1;
            });
            return new Statistics(run, means, deviations);
        }

        private static int runLength(Dataset data, Standardization standardization) {
            if (standardization == Standardization.PER_FEATURE) {
                return 1;
            }
            if (data.exampleShape().rank() != 3) {
                throw new UserError("data.standardize: per-channel needs images, but the examples of "
                        + data.description() + " have shape " + data.exampleShape()
                        + "; use data.standardize: per-feature");
            }
            return data.exampleShape().inner(0);
        }

        void standardize(double[] example) {
            for (int i = 0; i < example.length; i++) {
                example[i] = (example[i] - means[i / run]) / deviations[i / run];
            }
        }
    }
}
