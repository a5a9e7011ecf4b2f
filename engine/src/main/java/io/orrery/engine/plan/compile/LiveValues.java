package io.orrery.engine.plan.compile;

import io.orrery.engine.graph.Assign;
import io.orrery.engine.graph.ElementType;
import io.orrery.engine.graph.Elementwise;
import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Leaf;
import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Operation;
import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Reduction;
import io.orrery.engine.graph.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/**
 * First stage: the live part of a graph as {@link Value}s in topological order. With rewrites, nodes that compute the
 * same become one value and elementwise functions of scalar constants become constants. A sum over axes that are not
 * neighbours becomes a chain of sums, innermost axes first; this happens always, as it decides the order of additions.
 *
 * @param all inputs before their users
 * @param outputs what can be read after a run
 * @param assignments the new value of each assigned array of the state
 */
record LiveValues(List<Value> all, SequencedMap<String, Value> outputs, SequencedMap<String, Value> assignments) {

    static LiveValues of(Graph graph, Rewrites rewrites) {
        return new Builder(graph, rewrites.use(Rewrites.Pass.MERGING)).build();
    }

    /** The value that an array of the state gets. */
    Value assignment(String label) {
        Value value = assignments.get(label);
        if (value == null) {
            throw new IllegalStateException("array '" + label + "' is not assigned");
        }
        return value;
    }

    /** The value of an output. */
    Value output(String label) {
        Value value = outputs.get(label);
        if (value == null) {
            throw new IllegalStateException("there is no output '" + label + "'");
        }
        return value;
    }

    private record Key(Operation operation, List<Value> inputs) {}

    private static final class Builder {
        private final Graph graph;
        private final Precision precision;
        private final boolean merge;
        private final List<Value> all = new ArrayList<>();
        private final Map<Node, Value> byNode = new HashMap<>();
        private final Map<Key, Value> byKey = new HashMap<>();

        Builder(Graph graph, boolean merge) {
            this.graph = graph;
            this.precision = graph.precision();
            this.merge = merge;
        }

        LiveValues build() {
            Set<Node> live = live();
            for (Node node : graph.nodes()) {
                if (live.contains(node)) {
                    byNode.put(node, translate(node));
                }
            }
            SequencedMap<String, Value> outputs = new LinkedHashMap<>();
            graph.outputs().forEach((label, node) -> outputs.put(label, valueOf(node)));
            SequencedMap<String, Value> assignments = new LinkedHashMap<>();
            graph.assignments().forEach((label, node) -> assignments.put(label, valueOf(node.input(0))));
            return new LiveValues(Collections.unmodifiableList(all), outputs, assignments);
        }

        private Set<Node> live() {
            Set<Node> live = new HashSet<>(graph.outputs().values());
            live.addAll(graph.assignments().values());
            for (Node node : graph.nodes().reversed()) {
                if (live.contains(node)) {
                    live.addAll(node.inputs());
                }
            }
            live.removeIf(node -> node.operation() instanceof Assign);
            return live;
        }

        private Value valueOf(Node node) {
            Value value = byNode.get(node);
            if (value == null) {
                throw new IllegalStateException("node " + node + " is used before it is computed");
            }
            return value;
        }

        private Value translate(Node node) {
            List<Value> inputs = node.inputs().stream().map(this::valueOf).toList();
            if (node.operation() instanceof Reduction.Sum sum) {
                return splitSum(sum.axes().toArray(), inputs.getFirst());
            }
            if (merge
                    && node.operation() instanceof Elementwise elementwise
                    && node.shape().isScalar()
                    && inputs.stream().allMatch(LiveValues::isConstant)) {
                double folded = ConstantFolding.apply(precision, elementwise, inputs);
                return add(new Leaf.Constant(List.of(folded), Shape.SCALAR), Shape.SCALAR, ElementType.REAL, List.of());
            }
            return add(node.operation(), node.shape(), node.type(), inputs);
        }

        /** One sum per run of neighbouring axes, from the last run to the first. */
        private Value splitSum(int[] axes, Value input) {
            Value value = input;
            int end = axes.length;
            while (end > 0) {
                int start = end - 1;
                while (start > 0 && axes[start - 1] == axes[start] - 1) {
                    start--;
                }
                int[] run = java.util.Arrays.copyOfRange(axes, start, end);
                Shape shape = value.shape().without(run);
                value = add(new Reduction.Sum(new Leaf.IndexList(run)), shape, ElementType.REAL, List.of(value));
                end = start;
            }
            return value;
        }

        private Value add(Operation operation, Shape shape, ElementType type, List<Value> inputs) {
            if (!merge) {
                return append(operation, shape, type, inputs);
            }
            Key key = new Key(operation, inputs);
            Value known = byKey.get(key);
            if (known != null) {
                return known;
            }
            Value value = append(operation, shape, type, inputs);
            byKey.put(key, value);
            return value;
        }

        private Value append(Operation operation, Shape shape, ElementType type, List<Value> inputs) {
            Value value = new Value(all.size(), operation, shape, type, inputs);
            all.add(value);
            return value;
        }
    }

    private static boolean isConstant(Value value) {
        return value.operation() instanceof Leaf.Constant;
    }
}
