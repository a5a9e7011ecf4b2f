package io.orrery.engine.plan.compile;

import io.orrery.engine.graph.ElementType;
import io.orrery.engine.graph.Elementwise;
import io.orrery.engine.graph.Elementwise.UnaryFunction;
import io.orrery.engine.graph.Indexing;
import io.orrery.engine.graph.Layout;
import io.orrery.engine.graph.Leaf;
import io.orrery.engine.graph.Operation;
import io.orrery.engine.graph.Pooling;
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
 * Between the first stage and the second: a relu that only max pooling reads moves behind it, where there are fewer pixels.
 *
 * <pre>
 * y = relu(x); p = positions(y); take(y, p)      becomes   p = positions(x); m = relu(take(x, p))
 * select(y, add(g, p), 0)                        becomes   add(select(m, g, 0), p)
 * </pre>
 *
 * <p>No bit changes. Where a window's largest pixel is above zero, or not a number, relu leaves it and those equal to it as
 * they are, so that its position stays. In every other window relu makes all pixels 0, which is also relu of the largest; its
 * position may be another one then, but what it receives in the backward pass is masked either way, and the 0 that is added
 * there instead meets a pixel that no other window passes anything to: its own relu is 0.
 */
final class PooledRelu {
    private final LiveValues values;
    private final Map<Value, List<Value>> readers = new HashMap<>();
    private final Set<Value> kept = new HashSet<>();

    private PooledRelu(LiveValues values) {
        this.values = values;
        for (Value value : values.all()) {
            value.inputs().stream()
                    .distinct()
                    .forEach(input -> readers.computeIfAbsent(input, _ -> new ArrayList<>())
                            .add(value));
        }
        kept.addAll(values.outputs().values());
        kept.addAll(values.assignments().values());
    }

    static LiveValues movedBehindPools(LiveValues values) {
        PooledRelu search = new PooledRelu(values);
        Set<Value> moving = new HashSet<>();
        values.all().stream().filter(search::canMove).forEach(moving::add);
        return moving.isEmpty() ? values : new Rebuilding(moving).of(values);
    }

    /** Whether the value is a relu whose readers are all pools and masks of what pools pass back. */
    private boolean canMove(Value y) {
        return y.operation() instanceof Elementwise.Unary unary
                && unary.function() == UnaryFunction.RELU
                && !kept.contains(y)
                && readersOf(y).stream().anyMatch(PooledRelu::isPositions)
                && readersOf(y).stream().allMatch(reader -> isOfPool(reader, y));
    }

    private boolean isOfPool(Value reader, Value y) {
        if (isPositions(reader)) {
            return !kept.contains(reader)
                    && readersOf(reader).stream().allMatch(user -> isPooled(user, y) || isMasked(user, y));
        }
        if (reader.operation() instanceof Layout.Reshape) {
            return !kept.contains(reader) && readersOf(reader).stream().allMatch(user -> isPooled(user, y));
        }
        return isMask(reader, y) && isSpread(seenThrough(reader.input(1)), y);
    }

    /** Whether the value takes the largest pixels of y. */
    private static boolean isPooled(Value value, Value y) {
        return value.operation() instanceof Indexing.TakeAlong
                && isPositions(value.input(1))
                && value.input(1).input(0) == y
                && seenThrough(value.input(0)) == y;
    }

    /** Whether the value gives numbers of y's windows to their largest pixels. */
    private static boolean isSpread(Value value, Value y) {
        return value.operation() instanceof Indexing.AddAlong
                && isPositions(value.input(1))
                && value.input(1).input(0) == y;
    }

    /** Whether the value gives numbers to y's largest pixels, and nobody sees them but through the mask of y. */
    private boolean isMasked(Value value, Value y) {
        if (!isSpread(value, y)) {
            return false;
        }
        List<Value> pending = new ArrayList<>(List.of(value));
        while (!pending.isEmpty()) {
            Value seen = pending.removeLast();
            if (kept.contains(seen)) {
                return false;
            }
            for (Value reader : readersOf(seen)) {
                if (reader.operation() instanceof Layout.Reshape) {
                    pending.add(reader);
                } else if (!isMask(reader, y)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Whether the value is: another array's elements where those of y are not 0, else 0. */
    private static boolean isMask(Value value, Value y) {
        return value.operation() instanceof Elementwise.Select
                && value.input(0) == y
                && value.input(1) != y
                && isZero(value.input(2));
    }

    static boolean isZero(Value value) {
        return switch (value.operation()) {
            case Leaf.Constant constant -> constant.values().stream().allMatch(number -> number.equals(0.0));
            case Layout.Broadcast _ -> isZero(value.input(0));
            default -> false;
        };
    }

    private static boolean isPositions(Value value) {
        return value.operation() instanceof Pooling.MaximumPositions;
    }

    private static Value seenThrough(Value value) {
        Value seen = value;
        while (seen.operation() instanceof Layout.Reshape) {
            seen = seen.input(0);
        }
        return seen;
    }

    private List<Value> readersOf(Value value) {
        return readers.getOrDefault(value, List.of());
    }

    /** Writes the values anew, in their order. */
    private static final class Rebuilding {
        private final Set<Value> moving;
        private final List<Value> all = new ArrayList<>();
        private final Map<Value, Value> renewed = new HashMap<>();
        private final Map<Value, Value> pooled = new HashMap<>();

        Rebuilding(Set<Value> moving) {
            this.moving = moving;
        }

        LiveValues of(LiveValues values) {
            values.all().forEach(value -> renewed.put(value, renew(value)));
            return new LiveValues(
                    Collections.unmodifiableList(all), renewed(values.outputs()), renewed(values.assignments()));
        }

        private SequencedMap<String, Value> renewed(SequencedMap<String, Value> old) {
            SequencedMap<String, Value> map = new LinkedHashMap<>();
            old.forEach((label, value) -> map.put(label, now(value)));
            return map;
        }

        private Value renew(Value value) {
            if (moving.contains(value)) {
                return now(value.input(0));
            }
            if (isPositions(value) && moving.contains(value.input(0))) {
                return positions(value);
            }
            if (value.operation() instanceof Indexing.TakeAlong && pooled.containsKey(value.input(1))) {
                return pooledBy(value.input(1));
            }
            if (value.operation() instanceof Indexing.AddAlong && pooled.containsKey(value.input(1))) {
                return spread(value);
            }
            if (value.operation() instanceof Elementwise.Select && moving.contains(value.input(0))) {
                return now(value.input(1));
            }
            return append(
                    value.operation(),
                    value.shape(),
                    value.type(),
                    value.inputs().stream().map(this::now).toList());
        }

        /** The positions in x, followed at once by the pixels there and their relu. */
        private Value positions(Value old) {
            Value relu = old.input(0);
            Value x = now(relu.input(0));
            Value positions = append(old.operation(), old.shape(), old.type(), List.of(x));
            Shape planes = Shape.of(
                    x.shape().size(0),
                    x.shape().size(1),
                    x.shape().size(2) * x.shape().size(3));
            Value rows = append(new Layout.Reshape(planes), planes, ElementType.REAL, List.of(x));
            Value largest = append(new Indexing.TakeAlong(2), old.shape(), ElementType.REAL, List.of(rows, positions));
            pooled.put(old, append(relu.operation(), old.shape(), ElementType.REAL, List.of(largest)));
            return positions;
        }

        private Value spread(Value old) {
            Value positions = old.input(1);
            Value upstream = now(old.input(0));
            Shape shape = upstream.shape();
            Value zero =
                    append(new Leaf.Constant(List.of(0.0), Shape.SCALAR), Shape.SCALAR, ElementType.REAL, List.of());
            Value zeros = append(new Layout.Broadcast(shape), shape, ElementType.REAL, List.of(zero));
            Value masked = append(
                    new Elementwise.Select(), shape, ElementType.REAL, List.of(pooledBy(positions), upstream, zeros));
            return append(old.operation(), old.shape(), old.type(), List.of(masked, now(positions)));
        }

        private Value now(Value old) {
            Value value = renewed.get(old);
            if (value == null) {
                throw new IllegalStateException("value " + old + " is used before it is computed");
            }
            return value;
        }

        private Value pooledBy(Value positions) {
            Value value = pooled.get(positions);
            if (value == null) {
                throw new IllegalStateException("positions " + positions + " pool no relu");
            }
            return value;
        }

        private Value append(Operation operation, Shape shape, ElementType type, List<Value> inputs) {
            Value value = new Value(all.size(), operation, shape, type, inputs);
            all.add(value);
            return value;
        }
    }
}
