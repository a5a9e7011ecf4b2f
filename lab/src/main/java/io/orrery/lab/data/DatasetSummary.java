package io.orrery.lab.data;

import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.state.SharedArray;
import io.orrery.lab.data.Dataset.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What there is to know about a data set at a glance.
 *
 * @param splits those the data set has: training, validation, test
 * @param files SHA-256 of every file read, by name
 * @param ledger what became of what was found in them
 */
public record DatasetSummary(
        String description,
        Shape exampleShape,
        Labels labels,
        List<String> classNames,
        List<Part> splits,
        Map<String, String> files,
        Ledger ledger) {

    /**
     * One split.
     *
     * @param countsPerClass examples of each class; for bits, examples in which each bit is set
     * @param smallest the smallest input
     * @param largest the largest input
     * @param mean mean over all inputs
     * @param deviation population standard deviation over all inputs
     * @param bytes memory of the inputs
     */
    public record Part(
            SplitName name,
            int count,
            List<Integer> countsPerClass,
            double smallest,
            double largest,
            double mean,
            double deviation,
            Precision precision,
            long bytes) {}

    /** Looks at all of a data set once, in order. */
    public static DatasetSummary of(Dataset data) {
        List<Part> parts = new ArrayList<>();
        for (SplitName name : SplitName.values()) {
            data.split(name).ifPresent(split -> parts.add(part(name, split, data)));
        }
        return new DatasetSummary(
                data.description(),
                data.exampleShape(),
                data.labels(),
                data.classNames(),
                List.copyOf(parts),
                new TreeMap<>(data.files()),
                data.ledger());
    }

    private static Part part(SplitName name, Split split, Dataset data) {
        SharedArray inputs = split.inputs();
        int count = inputs.shape().count();
        double smallest = Double.POSITIVE_INFINITY;
        double largest = Double.NEGATIVE_INFINITY;
        double sum = 0;
        for (int i = 0; i < count; i++) {
            double value = inputs.get(i);
            smallest = Math.min(smallest, value);
            largest = Math.max(largest, value);
            sum += value;
        }
        double mean = sum / count;
        double squares = 0;
        for (int i = 0; i < count; i++) {
            double difference = inputs.get(i) - mean;
            squares += difference * difference;
        }
        int size = inputs.precision() == Precision.SINGLE ? Float.BYTES : Double.BYTES;
        return new Part(
                name,
                split.count(),
                counts(split, data),
                smallest,
                largest,
                mean,
                Math.sqrt(squares / count),
                inputs.precision(),
                (long) count * size);
    }

    private static List<Integer> counts(Split split, Dataset data) {
        if (data.labels() == Labels.CLASS) {
            return Arrays.stream(split.countsPerClass(data.classes())).boxed().toList();
        }
        int[] set = new int[data.classes()];
        for (int label : split.labels()) {
            for (int bit = 0; bit < set.length; bit++) {
                set[bit] += label >>> bit & 1;
            }
        }
        return Arrays.stream(set).boxed().toList();
    }
}
