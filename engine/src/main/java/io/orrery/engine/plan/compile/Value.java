package io.orrery.engine.plan.compile;

import io.orrery.engine.graph.ElementType;
import io.orrery.engine.graph.Operation;
import io.orrery.engine.graph.Shape;
import java.util.List;

/** A node as the compiler sees it: live, merged with its equals, possibly split. Compares by identity. */
final class Value {
    private final int id;
    private final Operation operation;
    private final Shape shape;
    private final ElementType type;
    private final List<Value> inputs;

    Value(int id, Operation operation, Shape shape, ElementType type, List<Value> inputs) {
        this.id = id;
        this.operation = operation;
        this.shape = shape;
        this.type = type;
        this.inputs = List.copyOf(inputs);
    }

    /** Position in the order of the graph; inputs have lower ones. */
    int id() {
        return id;
    }

    Operation operation() {
        return operation;
    }

    Shape shape() {
        return shape;
    }

    int count() {
        return shape.count();
    }

    ElementType type() {
        return type;
    }

    List<Value> inputs() {
        return inputs;
    }

    Value input(int position) {
        return inputs.get(position);
    }

    @Override
    public String toString() {
        return "%" + id + " " + operation.name() + " " + shape;
    }
}
