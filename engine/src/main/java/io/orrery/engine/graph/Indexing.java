package io.orrery.engine.graph;

import java.util.List;

/** Access by integer position. Positions are checked by the kernels, not here: they are known only at run time. */
public sealed interface Indexing extends Operation {

    /** Operands (table [rows, ...], positions [m]) give [m, ...]: a batch out of a data set. */
    record TakeRows() implements Indexing {
        @Override
        public String name() {
            return "take-rows";
        }

        @Override
        public Shape shape(List<Node> inputs) {
            Shape table = inputs.get(0).shape();
            Shape positions = requireIndex(this, inputs.get(1));
            if (table.rank() < 1 || positions.rank() != 1) {
                throw new ShapeException(name() + ": table " + table + " and positions " + positions + " do not fit");
            }
            return table.with(0, positions.size(0));
        }
    }

    /** Operands (values [m, ...], positions [m]) give [rows, ...]: zeros with each value added to its row, in order. */
    record AddRows(int rows) implements Indexing {
        @Override
        public String name() {
            return "add-rows";
        }

        @Override
        public Shape shape(List<Node> inputs) {
            Shape values = inputs.get(0).shape();
            Shape positions = requireIndex(this, inputs.get(1));
            if (values.rank() < 1 || positions.rank() != 1 || positions.size(0) != values.size(0)) {
                throw new ShapeException(name() + ": values " + values + " and positions " + positions + " do not fit");
            }
            return values.with(0, rows);
        }
    }

    /**
     * Operands (values, positions) of equal shape except along the axis; the result has the shape of the positions:
     * result[.., i, ..] = values[.., positions[.., i, ..], ..].
     */
    record TakeAlong(int axis) implements Indexing {
        @Override
        public String name() {
            return "take-along";
        }

        @Override
        public Shape shape(List<Node> inputs) {
            Shape values = inputs.get(0).shape();
            Shape positions = requireIndex(this, inputs.get(1));
            if (values.rank() != positions.rank() || !values.with(axis, 1).equals(positions.with(axis, 1))) {
                throw new ShapeException(
                        name() + ": values " + values + " and positions " + positions + " differ outside axis " + axis);
            }
            return positions;
        }
    }

    /** The transpose of {@link TakeAlong}: zeros of the given size along the axis, each value added at its position. */
    record AddAlong(int axis, int size) implements Indexing {
        @Override
        public String name() {
            return "add-along";
        }

        @Override
        public Shape shape(List<Node> inputs) {
            Shape values = inputs.get(0).shape();
            Shape positions = requireIndex(this, inputs.get(1));
            if (!values.equals(positions)) {
                throw new ShapeException(name() + ": values " + values + " and positions " + positions + " differ");
            }
            return values.with(axis, size);
        }
    }

    /** Integers [..] give reals [.., classes]: 1 at the integer's position, else 0. */
    record OneHot(int classes) implements Indexing {
        @Override
        public String name() {
            return "one-hot";
        }

        @Override
        public Shape shape(List<Node> inputs) {
            int[] sizes = requireIndex(this, inputs.getFirst()).sizes();
            int[] longer = java.util.Arrays.copyOf(sizes, sizes.length + 1);
            longer[sizes.length] = classes;
            return Shape.of(longer);
        }
    }

    /** Two arrays of integers of equal shape give reals: 1 where they agree, else 0. */
    record SameIndex() implements Indexing {
        @Override
        public String name() {
            return "same-index";
        }

        @Override
        public Shape shape(List<Node> inputs) {
            Shape left = requireIndex(this, inputs.get(0));
            Shape right = requireIndex(this, inputs.get(1));
            if (!left.equals(right)) {
                throw new ShapeException(name() + ": shapes " + left + " and " + right + " differ");
            }
            return left;
        }
    }

    /** Integers [m] from a table of integers [rows] at positions [m]: the labels of a batch. */
    record TakeIndices() implements Indexing {
        @Override
        public String name() {
            return "take-indices";
        }

        @Override
        public ElementType type() {
            return ElementType.INDEX;
        }

        @Override
        public Shape shape(List<Node> inputs) {
            Shape table = requireIndex(this, inputs.get(0));
            Shape positions = requireIndex(this, inputs.get(1));
            if (table.rank() != 1 || positions.rank() != 1) {
                throw new ShapeException(
                        name() + ": table " + table + " and positions " + positions + " must have one axis each");
            }
            return positions;
        }
    }

    private static Shape requireIndex(Operation operation, Node node) {
        if (node.type() != ElementType.INDEX) {
            throw new ShapeException(operation.name() + ": positions must be integers, found reals " + node.shape());
        }
        return node.shape();
    }
}
