package io.orrery.engine.plan.compile;

import io.orrery.engine.graph.Elementwise;
import io.orrery.engine.graph.Leaf;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Second stage: which values need memory or registers of their own, and how each of them reads its operands. Values that
 * everybody sees through (reshapes, expanded broadcasts) drop out here.
 *
 * @param computed the values to compute, in topological order
 * @param operands how each computed value reads its operands
 * @param readers the computed values that read a value's memory
 * @param outputs where each output lies
 * @param assignments where each array's new value lies
 */
record Demand(
        List<Value> computed,
        Map<Value, List<View>> operands,
        Map<Value, List<Value>> readers,
        SequencedMap<String, View> outputs,
        SequencedMap<String, View> assignments) {

    static Demand of(LiveValues values, Rewrites rewrites) {
        return new Builder(new Views(rewrites.use(Rewrites.Pass.VIEWS))).build(values);
    }

    /** Who reads a value's memory. */
    List<Value> readersOf(Value value) {
        return readers.getOrDefault(value, List.of());
    }

    /** How a computed value reads its operands. */
    List<View> operandsOf(Value value) {
        return operands.getOrDefault(value, List.of());
    }

    /** Values whose memory must last to the end: outputs and new values of the state lie there. */
    Set<Value> kept() {
        return Stream.concat(outputs.values().stream(), assignments.values().stream())
                .map(View::source)
                .collect(Collectors.toSet());
    }

    private static final class Builder {
        private final Views views;
        private final Map<Value, List<View>> operands = new HashMap<>();
        private final Map<Value, List<Value>> readers = new HashMap<>();

        Builder(Views views) {
            this.views = views;
        }

        Demand build(LiveValues values) {
            SequencedMap<String, View> outputs = new LinkedHashMap<>();
            SequencedMap<String, View> assignments = new LinkedHashMap<>();
            values.outputs().forEach((label, value) -> outputs.put(label, views.dense(value)));
            values.assignments().forEach((label, value) -> assignments.put(label, views.dense(value)));
            List<Value> pending = new ArrayList<>();
            outputs.values().forEach(view -> pending.add(view.source()));
            assignments.values().forEach(view -> pending.add(view.source()));
            while (!pending.isEmpty()) {
                Value value = pending.removeLast();
                if (!(value.operation() instanceof Leaf) && !operands.containsKey(value)) {
                    List<View> read = value.inputs().stream()
                            .map(input -> value.operation() instanceof Elementwise
                                    ? views.expanding(input)
                                    : views.dense(input))
                            .toList();
                    operands.put(value, read);
                    read.forEach(view -> pending.add(view.source()));
                }
            }
            List<Value> computed = operands.keySet().stream()
                    .sorted(Comparator.comparingInt(Value::id))
                    .toList();
            for (Value value : computed) {
                for (View view : operands.getOrDefault(value, List.of())) {
                    List<Value> list = readers.computeIfAbsent(view.source(), source -> new ArrayList<>());
                    if (!list.contains(value)) {
                        list.add(value);
                    }
                }
            }
            return new Demand(computed, operands, readers, outputs, assignments);
        }
    }
}
