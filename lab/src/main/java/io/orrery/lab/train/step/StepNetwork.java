package io.orrery.lab.train.step;

import io.orrery.engine.gradient.Gradient;
import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Node;
import io.orrery.lab.model.Forward;
import io.orrery.lab.model.Network;
import io.orrery.lab.model.Parameter;
import io.orrery.lab.train.update.Optimizer;
import io.orrery.lab.train.update.UpdateSlot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BiFunction;

/** One network within the graph of a step: its values before the step, what it makes of examples, and how it changes. */
public final class StepNetwork {
    private final Graph graph;
    private final Network network;
    private final Optional<Optimizer> optimizer;
    private final NetworkRole.Change change;
    private final Node inputs;
    private final Node step;
    private final UpdateSlot.Scalars scalars;
    private final boolean moves;
    private final SequencedMap<String, Node> values;
    private List<Node> directions = List.of();

    /**
     * A network in a graph.
     *
     * @param optimizer what updates it, if directions do
     * @param change whether and how the step changes it
     * @param inputs the examples of the step
     * @param step the number of steps done before, which keys random draws
     * @param scalars numbers that all networks of a step share
     * @param moves whether what the step does is assigned
     */
    StepNetwork(
            Graph graph,
            Network network,
            Optional<Optimizer> optimizer,
            NetworkRole.Change change,
            Node inputs,
            Node step,
            UpdateSlot.Scalars scalars,
            boolean moves) {
        this.graph = graph;
        this.network = network;
        this.optimizer = optimizer;
        this.change = change;
        this.inputs = inputs;
        this.step = step;
        this.scalars = scalars;
        this.moves = moves;
        this.values = network.read(graph);
    }

    /** The network itself. */
    public Network network() {
        return network;
    }

    /** Parameters and statistics before the step, by name. */
    public SequencedMap<String, Node> values() {
        return values;
    }

    /** A parameter before the step. */
    public Node value(Parameter parameter) {
        return Objects.requireNonNull(values.get(parameter.name()), parameter.name());
    }

    /** The parameters that {@link #update} changes, before the step and in their order. */
    public List<Node> trained() {
        return parameters().stream().map(this::value).toList();
    }

    /** The network in training mode on the examples of the step. */
    public Forward forward() {
        return forward(values, inputs);
    }

    /** The same with other parameters than those before the step. */
    public Forward forward(SequencedMap<String, Node> others) {
        return forward(others, inputs);
    }

    /** The same on other examples [batch, ...example], such as what another network gives. */
    public Forward forward(SequencedMap<String, Node> others, Node examples) {
        return network.train(graph, others, examples, step);
    }

    /** The network in evaluation mode on the examples of the step: dropout off, batch normalization by its running statistics. */
    public Forward evaluate() {
        return evaluate(inputs);
    }

    /** The same on other examples [batch, ...example]. */
    public Forward evaluate(Node examples) {
        return network.evaluate(graph, values, examples);
    }

    /** Gradients of a scalar in the trained parameters, in their order. */
    public List<Node> gradients(Node scalar) {
        return gradients(scalar, values);
    }

    /** The same in other parameters than those before the step. */
    public List<Node> gradients(Node scalar, SequencedMap<String, Node> others) {
        return Gradient.of(
                scalar,
                parameters().stream()
                        .map(parameter -> Objects.requireNonNull(others.get(parameter.name()), parameter.name()))
                        .toList());
    }

    /** Adds the update of all trained parameters, decay included, once in a step. */
    public void update(List<Node> gradients) {
        update(values, gradients, new LinkedHashMap<>());
    }

    /**
     * The same with a last word on each parameter.
     *
     * @param last what is done to its new value before it is assigned
     */
    public void update(List<Node> gradients, BiFunction<Parameter, Node, Node> last) {
        update(values, gradients, new LinkedHashMap<>(), last);
    }

    /**
     * The same from other parameters than those before the step.
     *
     * @param kept share of what the update remembers of a parameter that is left, by name; all of it where nothing is named
     * @throws IllegalStateException if the network does not change by directions
     */
    public void update(SequencedMap<String, Node> others, List<Node> gradients, SequencedMap<String, Node> kept) {
        update(others, gradients, kept, (_, updated) -> updated);
    }

    private void update(
            SequencedMap<String, Node> others,
            List<Node> gradients,
            SequencedMap<String, Node> kept,
            BiFunction<Parameter, Node, Node> last) {
        directions = List.copyOf(gradients);
        if (moves) {
            required().update(graph, others, gradients, kept, last, scalars);
        }
    }

    /**
     * Adds the assignment of a parameter, once in a step, for a network whose rule says what its parameters become.
     *
     * @throws IllegalStateException if it is another network
     */
    public void become(Parameter parameter, Node value) {
        require(change == NetworkRole.Change.BY_VALUES, "whose parameters a rule may set");
        if (moves) {
            graph.assign(parameter.name(), value);
        }
    }

    /** Adds the assignment of the statistics that a forward pass of this network observed, once in a step. */
    public void track(Forward forward) {
        require(change != NetworkRole.Change.NONE, "that a step may change");
        if (moves) {
            forward.statistics().forEach(graph::assign);
        }
    }

    /** What {@link #update} was given: in place of gradients, one direction for each trained parameter. */
    List<Node> directions() {
        return directions;
    }

    private List<Parameter> parameters() {
        return required().trained();
    }

    private Optimizer required() {
        require(optimizer.isPresent(), "that directions change");
        return optimizer.orElseThrow();
    }

    private void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException("the network of the role '" + network.role() + "' is not one " + what);
        }
    }
}
