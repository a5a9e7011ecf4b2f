package io.orrery.lab.observe.reading;

import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Node;
import io.orrery.engine.plan.Execution;
import io.orrery.lab.data.set.Split;
import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.math.Largest;
import io.orrery.lab.model.Network;
import io.orrery.lab.observe.Chunks;
import io.orrery.lab.observe.Reading;
import io.orrery.lab.observe.Sizes;
import io.orrery.lab.observe.Subject;
import io.orrery.lab.observe.reading.NetworksReading.Seen;
import io.orrery.lab.train.loss.LabelLoss;
import io.orrery.lab.train.loss.Loss;
import io.orrery.lab.train.step.Batch;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/**
 * What networks of other roles than the main one make of the splits, at thorough looks: of those alone that have the inputs and outputs of
 * the main one. By role, then by split.
 */
public record NetworksReading() implements Reading<SequencedMap<String, Map<SplitName, Seen>>> {
    /**
     * One network on one split.
     *
     * @param loss mean of the spec's loss
     * @param accuracy share of questions that it answers right, if examples ask any
     * @param agreement share of examples of which it has the same largest output as the main network, if outputs are those of classes
     */
    public record Seen(double loss, OptionalDouble accuracy, OptionalDouble agreement) {}

    @Override
    public String name() {
        return "loss and accuracy of networks of other roles";
    }

    @Override
    public Pace pace() {
        return Pace.THOROUGH;
    }

    @Override
    public double flops(Sizes sizes) {
        return sizes.otherPasses() == 0
                ? 0
                : (sizes.pass() + sizes.otherPasses()) / sizes.pass() * sizes.passes(Integer.MAX_VALUE);
    }

    @Override
    public Reader<SequencedMap<String, Map<SplitName, Seen>>> over(Subject subject) {
        List<Network> others = subject.others();
        Map<SplitName, Comparer> comparers = new EnumMap<>(SplitName.class);
        if (!others.isEmpty()) {
            for (SplitName name : SplitName.values()) {
                subject.data()
                        .split(name)
                        .ifPresent(split -> comparers.put(name, new Comparer(subject, others, split)));
            }
        }
        return _ -> {
            SequencedMap<String, Map<SplitName, Seen>> seen = new LinkedHashMap<>();
            comparers.forEach((name, comparer) -> comparer.read()
                    .forEach((role, here) -> seen.computeIfAbsent(role, _ -> new EnumMap<>(SplitName.class))
                            .put(name, here)));
            return seen;
        };
    }

    /** The main network and the others on the examples of one split, in one plan. */
    private static final class Comparer {
        private static final String OUTPUTS = "outputs";
        private static final String LOSSES = "losses";

        private final Loss loss;
        private final List<Network> others;
        private final Split split;
        private final int width;
        private final Chunks chunks;
        private final Execution execution;

        Comparer(Subject subject, List<Network> others, Split split) {
            int chunk = subject.chunk(split.count());
            this.loss = subject.loss();
            this.others = others;
            this.split = split;
            this.width = subject.network().outputs();
            this.chunks = new Chunks(chunk);
            Graph graph = new Graph(subject.precision());
            Batch batch = Batch.taken(graph, subject.network(), loss, split.count(), chunk);
            graph.output(OUTPUTS, outputs(graph, subject.network(), batch));
            for (Network other : others) {
                Node outputs = outputs(graph, other, batch);
                graph.output(Network.named(other.role(), OUTPUTS), outputs);
                graph.output(Network.named(other.role(), LOSSES), loss.perExample(outputs, batch.targets()));
            }
            this.execution = subject.bind(graph, split);
        }

        private static Node outputs(Graph graph, Network network, Batch batch) {
            return network.evaluate(graph, network.read(graph), batch.inputs()).outputs();
        }

        Map<String, Seen> read() {
            Map<String, Sums> sums = new LinkedHashMap<>();
            others.forEach(other -> sums.put(other.role(), new Sums()));
            double[] own = new double[chunks.size() * width];
            double[] outputs = new double[own.length];
            double[] losses = new double[chunks.size()];
            int[] rows = IntStream.range(0, split.count()).toArray();
            chunks.run(execution, Batch.ROWS, rows, (start, count) -> {
                execution.read(OUTPUTS, own, 0);
                sums.forEach((role, sum) -> {
                    execution.read(Network.named(role, OUTPUTS), outputs, 0);
                    execution.read(Network.named(role, LOSSES), losses, 0);
                    for (int i = 0; i < count; i++) {
                        sum.loss += losses[i];
                        sum.asked += loss.asked(split.targets(), rows[start + i]);
                        sum.right += loss.right(outputs, i * width, split.targets(), rows[start + i]);
                        sum.agreed +=
                                Largest.of(outputs, i * width, width) == Largest.of(own, i * width, width) ? 1 : 0;
                    }
                });
            });
            boolean classes = width > 1 && loss instanceof LabelLoss labels && !labels.bits();
            Map<String, Seen> seen = new LinkedHashMap<>();
            sums.forEach((role, sum) -> seen.put(
                    role,
                    new Seen(
                            sum.loss / rows.length,
                            sum.asked == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) sum.right / sum.asked),
                            classes ? OptionalDouble.of((double) sum.agreed / rows.length) : OptionalDouble.empty())));
            return seen;
        }

        /** Ties go to the lowest index. */
        private static final class Sums {
            private double loss;
            private long asked;
            private long right;
            private long agreed;
        }
    }
}
