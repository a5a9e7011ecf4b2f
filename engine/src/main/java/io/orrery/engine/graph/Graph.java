package io.orrery.engine.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A computation with known shapes and one precision, built node by node. Nothing is computed here; a
 * {@code Plan} is compiled from the outputs and assignments. Not safe for use by several threads while being built.
 */
public final class Graph {
    private final Precision precision;
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Node> outputs = new LinkedHashMap<>();
    private final Map<String, Node> assignments = new LinkedHashMap<>();

    /** An empty graph whose reals have the given precision. */
    public Graph(Precision precision) {
        this.precision = precision;
    }

    /** The precision of all reals. */
    public Precision precision() {
        return precision;
    }

    /** All nodes, inputs before their users. */
    public List<Node> nodes() {
        return Collections.unmodifiableList(nodes);
    }

    /** Results that can be read after a run, by name. */
    public Map<String, Node> outputs() {
        return Collections.unmodifiableMap(outputs);
    }

    /** Assignment nodes by the name of the array that they write. */
    public Map<String, Node> assignments() {
        return Collections.unmodifiableMap(assignments);
    }

    /** A real array given from outside. */
    public Node input(String label, Shape shape) {
        return add(new Leaf.Input(label, shape, ElementType.REAL));
    }

    /** A scalar given from outside, such as a learning rate. */
    public Node scalarInput(String label) {
        return input(label, Shape.SCALAR);
    }

    /** Integers given from outside, such as the rows of a batch. */
    public Node indexInput(String label, Shape shape) {
        return add(new Leaf.Input(label, shape, ElementType.INDEX));
    }

    /** The current value of a named array of the state. */
    public Node state(String label, Shape shape) {
        return add(new Leaf.StateValue(label, shape));
    }

    /** A fixed scalar. */
    public Node constant(double value) {
        return constant(Shape.SCALAR, value);
    }

    /** Fixed numbers, row-major. */
    public Node constant(Shape shape, double... values) {
        return add(new Leaf.Constant(java.util.Arrays.stream(values).boxed().toList(), shape));
    }

    /** An array filled with one number. */
    public Node filled(Shape shape, double value) {
        return constant(value).broadcast(shape);
    }

    /** Fixed integers, row-major. */
    public Node indexConstant(Shape shape, int... values) {
        if (values.length != shape.count()) {
            throw new ShapeException("index-constant: " + values.length + " values for shape " + shape);
        }
        return add(new Leaf.IndexConstant(new Leaf.IndexList(values), shape));
    }

    /** Random numbers keyed by the execution's seed, the stream's name, the step and the element. */
    public Node draw(Draw.Distribution distribution, String stream, Shape shape, Node step) {
        return add(new Draw(distribution, stream, shape), step);
    }

    /** Operands one after the other along an axis. */
    public Node concat(int axis, List<Node> parts) {
        return parts.size() == 1
                ? parts.getFirst()
                : add(new Layout.Concat(parts.getFirst().shape().axis(axis)), parts);
    }

    /** Names a result. */
    public void output(String label, Node node) {
        requireOwn(node);
        if (outputs.putIfAbsent(label, node) != null) {
            throw new IllegalArgumentException("the graph has an output named '" + label + "' already");
        }
    }

    /** Stores a value in a named array of the state when the plan ends. */
    public void assign(String label, Node value) {
        if (assignments.containsKey(label)) {
            throw new IllegalArgumentException("the graph assigns '" + label + "' already");
        }
        assignments.put(label, add(new Assign(label), value));
    }

    /** Adds an operation with its operands. */
    public Node add(Operation operation, Node... inputs) {
        return add(operation, List.of(inputs));
    }

    /**
     * Adds an operation with its operands.
     *
     * @throws ShapeException if the operands do not fit
     */
    public Node add(Operation operation, List<Node> inputs) {
        inputs.forEach(this::requireOwn);
        Node node = new Node(this, nodes.size(), operation, inputs);
        nodes.add(node);
        return node;
    }

    /** The whole graph as text, one node a line. */
    @Override
    public String toString() {
        return String.join(
                "\n",
                IntStream.range(0, nodes.size())
                        .mapToObj(i -> nodes.get(i).toString())
                        .toList());
    }

    private void requireOwn(Node node) {
        if (node.graph() != this) {
            throw new IllegalArgumentException("node " + node + " belongs to another graph");
        }
    }
}
