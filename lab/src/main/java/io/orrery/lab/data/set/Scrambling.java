package io.orrery.lab.data.set;

import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.random.RandomStream;
import io.orrery.engine.state.SharedArray;
import java.util.Optional;

/**
 * Inputs of which nothing is left to tell classes apart by, labels as they are (Zhang et al. 2017, "random pixels" and
 * "Gaussian"): every example's places in an order of its own, or normal numbers. Splits draw from streams of their own.
 */
public final class Scrambling {
    private Scrambling() {}

    /** Each example with its places in another random order; of images the pixels, all channels of a pixel together. */
    public static Dataset places(Dataset data, long seed) {
        Shape example = data.exampleShape();
        int channels = example.rank() == 3 ? example.size(0) : 1;
        int places = example.count() / channels;
        return each(data, (split, name) -> {
            RandomStream random = RandomStream.of(seed, "scramble/" + name);
            double[] values = new double[split.inputs().shape().count()];
            for (int row = 0; row < split.count(); row++) {
                int[] order = random.permutation(row, places);
                for (int channel = 0; channel < channels; channel++) {
                    int start = row * example.count() + channel * places;
                    for (int i = 0; i < places; i++) {
                        values[start + i] = split.inputs().get(start + order[i]);
                    }
                }
            }
            return values;
        });
    }

    /** Independent normal numbers with the mean and the deviation of all training inputs taken together. */
    public static Dataset noise(Dataset data, long seed) {
        SharedArray training = data.train().inputs();
        int count = training.shape().count();
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += training.get(i);
        }
        double mean = sum / count;
        double squares = 0;
        for (int i = 0; i < count; i++) {
            squares += (training.get(i) - mean) * (training.get(i) - mean);
        }
        double deviation = Math.sqrt(squares / count);
        int size = data.exampleShape().count();
        return each(data, (split, name) -> {
            RandomStream random = RandomStream.of(seed, "noise instead/" + name);
            double[] values = new double[split.inputs().shape().count()];
            for (int row = 0; row < split.count(); row++) {
                double[] drawn = random.normals(row, size);
                for (int i = 0; i < size; i++) {
                    values[row * size + i] = mean + deviation * drawn[i];
                }
            }
            return values;
        });
    }

    /** New inputs of a split, by its name. */
    private interface Inputs {
        double[] of(Split split, String name);
    }

    private static Dataset each(Dataset data, Inputs inputs) {
        Split train = changed(data.train(), inputs, SplitName.TRAIN);
        Optional<Split> validation = data.validation().map(split -> changed(split, inputs, SplitName.VALIDATION));
        Optional<Split> test = data.test().map(split -> changed(split, inputs, SplitName.TEST));
        return data.with(train, validation, test);
    }

    private static Split changed(Split split, Inputs inputs, SplitName name) {
        double[] values = inputs.of(split, name.text());
        Shape shape = split.inputs().shape();
        if (split.inputs().precision() == Precision.SINGLE) {
            float[] rounded = new float[values.length];
            for (int i = 0; i < values.length; i++) {
                rounded[i] = (float) values[i];
            }
            return split.with(SharedArray.of(shape, rounded));
        }
        return split.with(SharedArray.of(shape, values));
    }
}
