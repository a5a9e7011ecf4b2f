package io.orrery.lab.train.update;

import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Node;
import io.orrery.lab.model.Parameter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Where the update of one parameter stands in the graph of a step: what is remembered of it, and scalars that all parameters share. */
public final class UpdateSlot {
    /** The scalar input that multiplies the direction of an update. */
    static final String MINUS_RATE = "minusRate";

    private final Graph graph;
    private final Parameter parameter;
    private final Scalars scalars;
    private final Optional<Node> kept;

    UpdateSlot(Graph graph, Parameter parameter, Scalars scalars, Optional<Node> kept) {
        this.graph = graph;
        this.parameter = parameter;
        this.scalars = scalars;
        this.kept = kept;
    }

    /** The name of an array of the state, such as optimizer.momentum_buffer.layers.0.weight. */
    static String name(String memory, Parameter parameter) {
        return "optimizer." + memory + "." + parameter.name();
    }

    /** A fixed number. */
    Node constant(double value) {
        return graph.constant(value);
    }

    /** What is remembered of the parameter from earlier steps. */
    Node remembered(String memory) {
        Node all = graph.state(name(memory, parameter), parameter.shape());
        return kept.map(all::multiply).orElse(all);
    }

    /** Remembers an array for the next step. */
    void remember(String memory, Node value) {
        graph.assign(name(memory, parameter), value);
    }

    /** A scalar input, to be set before a step. */
    Node scalar(String name) {
        return scalars.get(name);
    }

    /** Scalar inputs, made when first asked for, so that a plan has only those that it uses. */
    public static final class Scalars {
        private final Graph graph;
        private final Map<String, Node> nodes = new HashMap<>();

        /** Scalars of a graph, none so far. */
        public Scalars(Graph graph) {
            this.graph = graph;
        }

        Node get(String name) {
            return nodes.computeIfAbsent(name, graph::scalarInput);
        }
    }
}
