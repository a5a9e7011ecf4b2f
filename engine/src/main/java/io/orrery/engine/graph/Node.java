package io.orrery.engine.graph;

import io.orrery.engine.graph.Elementwise.BinaryFunction;
import io.orrery.engine.graph.Elementwise.UnaryFunction;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A value of a {@link Graph}: an operation applied to other nodes. The methods add further nodes to the same graph;
 * binary ones broadcast as NumPy does (align the last axes, repeat axes of size 1).
 */
public final class Node {
    private final Graph graph;
    private final int id;
    private final Operation operation;
    private final List<Node> inputs;
    private final Shape shape;

    Node(Graph graph, int id, Operation operation, List<Node> inputs) {
        this.graph = graph;
        this.id = id;
        this.operation = operation;
        this.inputs = List.copyOf(inputs);
        requireReals();
        this.shape = operation.shape(this.inputs);
    }

    /** Integers are for {@link Indexing}, and may be reshaped; every other operation takes reals. */
    private void requireReals() {
        boolean takesIntegers =
                operation instanceof Indexing || operation instanceof Layout.Reshape || operation instanceof Draw;
        for (Node input : inputs) {
            if (!takesIntegers && input.type() != ElementType.REAL) {
                throw new ShapeException(
                        operation.name() + ": operands must be real, found an index array " + input.shape);
            }
        }
    }

    /** The graph that this node belongs to. */
    public Graph graph() {
        return graph;
    }

    /** Position in the graph; inputs have lower ones. */
    public int id() {
        return id;
    }

    /** What this node computes. */
    public Operation operation() {
        return operation;
    }

    /** The operands. */
    public List<Node> inputs() {
        return inputs;
    }

    /** The operand at a position. */
    public Node input(int position) {
        return inputs.get(position);
    }

    /** The shape of the value. */
    public Shape shape() {
        return shape;
    }

    /** Whether the value holds reals or integers. */
    public ElementType type() {
        return operation instanceof Layout ? inputs.getFirst().type() : operation.type();
    }

    public Node add(Node other) {
        return binary(BinaryFunction.ADD, other);
    }

    public Node subtract(Node other) {
        return binary(BinaryFunction.SUBTRACT, other);
    }

    public Node multiply(Node other) {
        return binary(BinaryFunction.MULTIPLY, other);
    }

    public Node divide(Node other) {
        return binary(BinaryFunction.DIVIDE, other);
    }

    public Node add(double other) {
        return add(graph.constant(other));
    }

    public Node subtract(double other) {
        return subtract(graph.constant(other));
    }

    public Node multiply(double other) {
        return multiply(graph.constant(other));
    }

    public Node divide(double other) {
        return divide(graph.constant(other));
    }

    public Node maximum(Node other) {
        return binary(BinaryFunction.MAXIMUM, other);
    }

    public Node minimum(Node other) {
        return binary(BinaryFunction.MINIMUM, other);
    }

    /** 1 where this is greater, else 0. */
    public Node greater(Node other) {
        return binary(BinaryFunction.GREATER, other);
    }

    /** 1 where both are equal, else 0. */
    public Node equalTo(Node other) {
        return binary(BinaryFunction.EQUAL, other);
    }

    public Node negate() {
        return unary(UnaryFunction.NEGATE);
    }

    public Node absolute() {
        return unary(UnaryFunction.ABSOLUTE);
    }

    public Node sign() {
        return unary(UnaryFunction.SIGN);
    }

    public Node square() {
        return unary(UnaryFunction.SQUARE);
    }

    public Node squareRoot() {
        return unary(UnaryFunction.SQUARE_ROOT);
    }

    public Node reciprocal() {
        return unary(UnaryFunction.RECIPROCAL);
    }

    public Node exponential() {
        return unary(UnaryFunction.EXPONENTIAL);
    }

    public Node logarithm() {
        return unary(UnaryFunction.LOGARITHM);
    }

    public Node tanh() {
        return unary(UnaryFunction.TANH);
    }

    public Node sigmoid() {
        return unary(UnaryFunction.SIGMOID);
    }

    public Node errorFunction() {
        return unary(UnaryFunction.ERROR_FUNCTION);
    }

    public Node relu() {
        return unary(UnaryFunction.RELU);
    }

    public Node step() {
        return unary(UnaryFunction.STEP);
    }

    /** whenTrue where this is not 0, else whenFalse. */
    public Node select(Node whenTrue, Node whenFalse) {
        Shape target = broadcastShape("select", broadcastShape("select", shape, whenTrue.shape), whenFalse.shape);
        return graph.add(new Elementwise.Select(), spread(target), whenTrue.spread(target), whenFalse.spread(target));
    }

    /** this * factor + addend, rounded once. */
    public Node multiplyAdd(Node factor, Node addend) {
        Shape target =
                broadcastShape("multiply-add", broadcastShape("multiply-add", shape, factor.shape), addend.shape);
        return graph.add(new Elementwise.MultiplyAdd(), spread(target), factor.spread(target), addend.spread(target));
    }

    /** The sum of all elements, a scalar. */
    public Node sum() {
        return sum(IntStream.range(0, shape.rank()).toArray());
    }

    /** The sum over the given axes (negative ones count from the end), which disappear. */
    public Node sum(int... axes) {
        int[] resolved = IntStream.of(axes).map(shape::axis).sorted().toArray();
        return resolved.length == 0 ? this : graph.add(new Reduction.Sum(new Leaf.IndexList(resolved)), this);
    }

    /** The mean of all elements, a scalar. */
    public Node mean() {
        return sum().divide(shape.count());
    }

    /** The position of the largest element along an axis, which gets size 1. */
    public Node argMax(int axis) {
        return graph.add(new Reduction.ArgMax(shape.axis(axis)), this);
    }

    /** The largest element along an axis, which gets size 1. */
    public Node max(int axis) {
        return takeAlong(argMax(axis), axis);
    }

    /** Matrix product [m, k] x [k, n]. */
    public Node matmul(Node right) {
        return matmul(right, false, false);
    }

    /** Matrix product with either side transposed; matrices with a leading batch axis multiply pair by pair. */
    public Node matmul(Node right, boolean transposeLeft, boolean transposeRight) {
        return graph.add(
                shape.rank() == 3
                        ? new Product.BatchedMatmul(transposeLeft, transposeRight)
                        : new Product.Matmul(transposeLeft, transposeRight),
                this,
                right);
    }

    /** Convolution of these images with a kernel. */
    public Node convolve(Node kernel, Window window) {
        return graph.add(new Convolution.Forward(window), this, kernel);
    }

    /** The largest pixel of each window. */
    public Node maxPool(Window window) {
        Node positions = graph.add(new Pooling.MaximumPositions(window), this);
        Shape planes = Shape.of(shape.size(0), shape.size(1), shape.size(2) * shape.size(3));
        return reshape(planes)
                .takeAlong(positions, 2)
                .reshape(Shape.of(
                        shape.size(0),
                        shape.size(1),
                        window.outputHeight(shape.size(2)),
                        window.outputWidth(shape.size(3))));
    }

    /** The mean over each window; padding counts as zeros and in the divisor, as in PyTorch's default. */
    public Node averagePool(Window window) {
        return graph.add(new Pooling.WindowSum(window), this).divide((double) window.kernelY() * window.kernelX());
    }

    public Node reshape(Shape target) {
        return target.equals(shape) ? this : graph.add(new Layout.Reshape(target), this);
    }

    public Node reshape(int... sizes) {
        return reshape(Shape.of(sizes));
    }

    /** The same value, held constant in gradients. */
    public Node heldConstant() {
        return graph.add(new Layout.HeldConstant(), this);
    }

    /** Axis i of the result is axis order[i] of this. */
    public Node permute(int... order) {
        return graph.add(new Layout.Permute(new Leaf.IndexList(order)), this);
    }

    /** The transpose of a matrix. */
    public Node transpose() {
        return permute(1, 0);
    }

    /** Repeats axes of size 1, and missing leading axes, to a shape. */
    public Node broadcast(Shape target) {
        if (shape.equals(target)) {
            return this;
        }
        if (shape.isScalar() || shape.rank() == target.rank()) {
            return graph.add(new Layout.Broadcast(target), this);
        }
        int missing = target.rank() - shape.rank();
        if (missing < 0) {
            throw new ShapeException("broadcast: shape " + shape + " cannot be repeated to " + target);
        }
        int[] sizes = new int[target.rank()];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = i < missing ? 1 : shape.size(i - missing);
        }
        return graph.add(new Layout.Broadcast(target), reshape(Shape.of(sizes)));
    }

    /** The box of the given size that starts at the given corner. */
    public Node slice(int[] starts, Shape size) {
        return size.equals(shape) ? this : graph.add(new Layout.Slice(new Leaf.IndexList(starts), size), this);
    }

    /** Zeros around this: before[i] ahead of axis i, the rest behind. */
    public Node pad(int[] before, Shape target) {
        return target.equals(shape) ? this : graph.add(new Layout.Pad(new Leaf.IndexList(before), target), this);
    }

    /** Rows of this table at the given positions. */
    public Node takeRows(Node positions) {
        return graph.add(new Indexing.TakeRows(), this, positions);
    }

    /** Elements at the given positions along an axis; see {@link Indexing.TakeAlong}. */
    public Node takeAlong(Node positions, int axis) {
        return graph.add(new Indexing.TakeAlong(shape.axis(axis)), this, positions);
    }

    /** Integers as rows of zeros with a single 1. */
    public Node oneHot(int classes) {
        return graph.add(new Indexing.OneHot(classes), this);
    }

    /** Integers of this table of integers at the given positions, such as the labels of a batch. */
    public Node takeIndices(Node positions) {
        return graph.add(new Indexing.TakeIndices(), this, positions);
    }

    /** 1 where two arrays of integers agree, else 0. */
    public Node sameIndex(Node other) {
        return graph.add(new Indexing.SameIndex(), this, other);
    }

    /** Stores this value in the named array of the state when the plan ends. */
    public void assignTo(String label) {
        graph.assign(label, this);
    }

    @Override
    public String toString() {
        return "%" + id + " = " + operation.name()
                + inputs.stream().map(i -> "%" + i.id).toList() + " " + shape;
    }

    private Node unary(UnaryFunction function) {
        return graph.add(new Elementwise.Unary(function), this);
    }

    private Node binary(BinaryFunction function, Node other) {
        Elementwise.Binary operation = new Elementwise.Binary(function);
        Shape target = broadcastShape(operation.name(), shape, other.shape);
        return graph.add(operation, spread(target), other.spread(target));
    }

    /** Scalars stay scalars: elementwise operations take them as they are. */
    private Node spread(Shape target) {
        return shape.isScalar() ? this : broadcast(target);
    }

    private static Shape broadcastShape(String name, Shape a, Shape b) {
        int rank = Math.max(a.rank(), b.rank());
        int[] sizes = new int[rank];
        for (int i = 1; i <= rank; i++) {
            int left = i > a.rank() ? 1 : a.size(-i);
            int right = i > b.rank() ? 1 : b.size(-i);
            if (left != right && left != 1 && right != 1) {
                throw new ShapeException(name + ": shapes " + a + " and " + b + " do not fit");
            }
            sizes[rank - i] = Math.max(left, right);
        }
        return Shape.of(sizes);
    }
}
