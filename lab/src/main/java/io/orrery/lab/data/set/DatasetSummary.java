package io.orrery.lab.data.set;

import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.state.SharedArray;
import io.orrery.lab.data.file.Ledger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        TargetKind target,
        List<Part> splits,
        Map<String, String> files,
        Ledger ledger) {

    /**
     * One split.
     *
     * @param countsPerClass examples of each class; for bits, examples in which each bit is set; for tokens, how often each is
     *     asked for; empty for other targets
     * @param targets of targets that are real numbers
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
            Optional<Range> targets,
            double smallest,
            double largest,
            double mean,
            double deviation,
            Precision precision,
            long bytes) {}

    /**
     * Some numbers at a glance.
     *
     * @param deviation the population's
     */
    public record Range(double smallest, double largest, double mean, double deviation) {}

    /** Looks at all of a data set once, in order. */
    public static DatasetSummary of(Dataset data) {
        List<Part> parts = new ArrayList<>();
        for (SplitName name : SplitName.values()) {
            data.split(name).ifPresent(split -> parts.add(part(name, split, data)));
        }
        return new DatasetSummary(
                data.description(),
                data.exampleShape(),
                data.target(),
                List.copyOf(parts),
                new TreeMap<>(data.files()),
                data.ledger());
    }

    private static Part part(SplitName name, Split split, Dataset data) {
        SharedArray inputs = split.inputs();
        Range range = range(inputs);
        return new Part(
                name,
                split.count(),
                counts(split, data),
                split.targets() instanceof Targets.Real(SharedArray values)
                        ? Optional.of(range(values))
                        : Optional.empty(),
                range.smallest(),
                range.largest(),
                range.mean(),
                range.deviation(),
                inputs.precision(),
                (long) inputs.shape().count() * inputs.precision().bytes());
    }

    private static Range range(SharedArray numbers) {
        int count = numbers.shape().count();
        double smallest = Double.POSITIVE_INFINITY;
        double largest = Double.NEGATIVE_INFINITY;
        double sum = 0;
        for (int i = 0; i < count; i++) {
            double value = numbers.get(i);
            smallest = Math.min(smallest, value);
            largest = Math.max(largest, value);
            sum += value;
        }
        double mean = sum / count;
        double squares = 0;
        for (int i = 0; i < count; i++) {
            double difference = numbers.get(i) - mean;
            squares += difference * difference;
        }
        return new Range(smallest, largest, mean, Math.sqrt(squares / count));
    }

    private static List<Integer> counts(Split split, Dataset data) {
        int[] counts = switch (data.target()) {
            case TargetKind.Classes(List<String> names) -> split.countsPerClass(names.size());
            case TargetKind.Bits(List<String> names) -> set(split.labels(), names.size());
            case TargetKind.Tokens tokens -> asked(split.targets(), tokens.vocabulary());
            case TargetKind.Reals _, TargetKind.None _ -> new int[0];
        };
        return Arrays.stream(counts).boxed().toList();
    }

    private static int[] set(int[] labels, int bits) {
        int[] set = new int[bits];
        for (int label : labels) {
            for (int bit = 0; bit < bits; bit++) {
                set[bit] += label >>> bit & 1;
            }
        }
        return set;
    }

    private static int[] asked(Targets targets, int vocabulary) {
        int[] asked = new int[vocabulary];
        if (targets instanceof Targets.Whole(int[] tokens, int _)) {
            Arrays.stream(tokens)
                    .filter(token -> token != TargetKind.Tokens.UNMARKED)
                    .forEach(token -> asked[token]++);
        }
        return asked;
    }
}
