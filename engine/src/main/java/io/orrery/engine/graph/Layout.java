package io.orrery.engine.graph;

import java.util.Arrays;
import java.util.List;

/** The same numbers in another arrangement. */
public sealed interface Layout extends Operation {

    /** Repeats axes of size 1 to the sizes of the target, which has the same rank; or a scalar to any shape. */
    record Broadcast(Shape target) implements Layout {
        @Override
        public String name() {
            return "broadcast";
        }

        @Override
        public Shape shape(List<Node> inputs) {
            Shape from = inputs.getFirst().shape();
            if (!from.isScalar()) {
                boolean fits = from.rank() == target.rank();
                for (int i = 0; fits && i < from.rank(); i++) {
                    fits = from.size(i) == target.size(i) || from.size(i) == 1;
                }
                if (!fits) {
                    throw new ShapeException("broadcast: shape " + from + " cannot be repeated to " + target);
                }
            }
            return target;
        }
    }

    /** The same elements in the same order under another shape. */
    record Reshape(Shape target) implements Layout {
        @Override
        public String name() {
            return "reshape";
        }

        @Override
        public Shape shape(List<Node> inputs) {
            if (inputs.getFirst().shape().count() != target.count()) {
                throw new ShapeException("reshape: " + inputs.getFirst().shape() + " and " + target
                        + " have different numbers of elements");
            }
            return target;
        }
    }

    /** The same numbers, which gradients take for constants. */
    record HeldConstant() implements Layout {
        @Override
        public String name() {
            return "held-constant";
        }

        @Override
        public Shape shape(List<Node> inputs) {
            return inputs.getFirst().shape();
        }
    }

    /** Axis i of the result is axis order[i] of the operand. */
    record Permute(Leaf.IndexList order) implements Layout {
        @Override
        public String name() {
            return "permute";
        }

        @Override
        public Shape shape(List<Node> inputs) {
            Shape from = inputs.getFirst().shape();
            int[] axes = order.toArray();
            int[] sorted = axes.clone();
            Arrays.sort(sorted);
            int[] sizes = new int[axes.length];
            for (int i = 0; i < axes.length; i++) {
                if (axes.length != from.rank() || sorted[i] != i) {
                    throw new ShapeException(
                            "permute: " + Arrays.toString(axes) + " does not order the axes of " + from);
                }
                sizes[i] = from.size(axes[i]);
            }
            return Shape.of(sizes);
        }
    }

    /** The box of the given size that starts at the given corner. */
    record Slice(Leaf.IndexList starts, Shape size) implements Layout {
        @Override
        public String name() {
            return "slice";
        }

        @Override
        public Shape shape(List<Node> inputs) {
            Shape from = inputs.getFirst().shape();
            int[] corner = starts.toArray();
            boolean fits = corner.length == from.rank() && size.rank() == from.rank();
            for (int i = 0; fits && i < corner.length; i++) {
                fits = corner[i] >= 0 && corner[i] + size.size(i) <= from.size(i);
            }
            if (!fits) {
                throw new ShapeException(
                        "slice: a box " + size + " at " + Arrays.toString(corner) + " does not lie within " + from);
            }
            return size;
        }
    }

    /** Zeros around the operand: before[i] ahead of axis i and as many behind as the target needs. */
    record Pad(Leaf.IndexList before, Shape target) implements Layout {
        @Override
        public String name() {
            return "pad";
        }

        @Override
        public Shape shape(List<Node> inputs) {
            Shape from = inputs.getFirst().shape();
            int[] corner = before.toArray();
            boolean fits = corner.length == from.rank() && target.rank() == from.rank();
            for (int i = 0; fits && i < corner.length; i++) {
                fits = corner[i] >= 0 && corner[i] + from.size(i) <= target.size(i);
            }
            if (!fits) {
                throw new ShapeException(
                        "pad: " + from + " at " + Arrays.toString(corner) + " does not lie within " + target);
            }
            return target;
        }
    }

    /** Operands one after the other along an axis. */
    record Concat(int axis) implements Layout {
        @Override
        public String name() {
            return "concat";
        }

        @Override
        public Shape shape(List<Node> inputs) {
            Shape first = inputs.getFirst().shape();
            int total = 0;
            for (Node input : inputs) {
                Shape shape = input.shape();
                if (shape.rank() != first.rank() || !shape.with(axis, 1).equals(first.with(axis, 1))) {
                    throw new ShapeException(
                            "concat: shapes " + first + " and " + shape + " differ outside axis " + axis);
                }
                total += shape.size(axis);
            }
            return first.with(axis, total);
        }
    }
}
