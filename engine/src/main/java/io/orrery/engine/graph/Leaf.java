package io.orrery.engine.graph;

import java.util.Arrays;
import java.util.List;

/** Nodes without inputs: what comes from outside the graph. */
public sealed interface Leaf extends Operation {

    /** The shape, known without inputs. */
    Shape shape();

    @Override
    default Shape shape(List<Node> inputs) {
        return shape();
    }

    /** A value given before each run of a plan (a batch, a learning rate, row numbers), or a shared read-only array. */
    record Input(String label, Shape shape, ElementType type) implements Leaf {
        @Override
        public String name() {
            return "input " + label;
        }
    }

    /** The current value of a named array of the {@code State} that a plan is bound to. */
    record StateValue(String label, Shape shape) implements Leaf {
        @Override
        public String name() {
            return "state " + label;
        }
    }

    /** Fixed real numbers, row-major. Rounded to the graph's precision. */
    record Constant(List<Double> values, Shape shape) implements Leaf {
        public Constant {
            values = List.copyOf(values);
            if (values.size() != shape.count()) {
                throw new ShapeException("constant: " + values.size() + " values for shape " + shape);
            }
        }

        @Override
        public String name() {
            return shape.isScalar() ? "constant " + values.getFirst() : "constant";
        }
    }

    /** Fixed integers, row-major. */
    record IndexConstant(IndexList values, Shape shape) implements Leaf {
        @Override
        public String name() {
            return "index-constant";
        }

        @Override
        public ElementType type() {
            return ElementType.INDEX;
        }
    }

    /** An immutable list of integers that compares by content. */
    final class IndexList {
        private final int[] values;

        /** Copies the values. */
        public IndexList(int... values) {
            this.values = values.clone();
        }

        /** A copy of the values. */
        public int[] toArray() {
            return values.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof IndexList list && Arrays.equals(values, list.values);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }
    }
}
