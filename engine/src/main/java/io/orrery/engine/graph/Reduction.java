package io.orrery.engine.graph;

import java.util.List;

/** Fewer elements out than in, along axes. */
public sealed interface Reduction extends Operation {

    /** The sum over the given axes (resolved, ascending); the axes disappear. */
    record Sum(Leaf.IndexList axes) implements Reduction {
        @Override
        public String name() {
            return "sum";
        }

        @Override
        public Shape shape(List<Node> inputs) {
            Shape from = inputs.getFirst().shape();
            int[] list = axes.toArray();
            for (int i = 0; i < list.length; i++) {
                if (list[i] < 0 || list[i] >= from.rank() || (i > 0 && list[i] <= list[i - 1])) {
                    throw new ShapeException("sum: axes must ascend within shape " + from);
                }
            }
            return from.without(list);
        }
    }

    /** The position of the largest element along one axis, the lowest where several are equal; the axis gets size 1. */
    record ArgMax(int axis) implements Reduction {
        @Override
        public String name() {
            return "arg-max";
        }

        @Override
        public ElementType type() {
            return ElementType.INDEX;
        }

        @Override
        public Shape shape(List<Node> inputs) {
            return inputs.getFirst().shape().with(axis, 1);
        }
    }
}
