package io.orrery.lab.train.step;

import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Shape;
import io.orrery.lab.model.Forward;
import io.orrery.lab.model.Parameter;
import io.orrery.lab.train.update.UpdateSlot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** The graph of one step while a {@link StepRule} adds to it: the examples, the present values, and what most rules do with them. */
public final class StepGraph {
    /** The index input of the step's number, for random draws. */
    public static final String STEP = "step";

    private final Graph graph;
    private final Learner learner;
    private final Batch batch;
    private final int count;
    private final Node step;
    private final boolean moves;
    private final StepNetwork main;
    private final Map<String, StepNetwork> others = new LinkedHashMap<>();

    /** A step that moves, on so many examples. */
    public StepGraph(Graph graph, Learner learner, Batch batch, int count) {
        this(graph, learner, batch, count, true);
    }

    /**
     * A step that moves or one that is only looked at.
     *
     * @param moves whether what it does is assigned
     */
    public StepGraph(Graph graph, Learner learner, Batch batch, int count, boolean moves) {
        this.graph = graph;
        this.learner = learner;
        this.batch = batch;
        this.count = count;
        this.step = graph.indexInput(STEP, Shape.SCALAR);
        this.moves = moves;
        UpdateSlot.Scalars scalars = new UpdateSlot.Scalars(graph);
        this.main = new StepNetwork(
                graph,
                learner.network(),
                Optional.of(learner.optimizer()),
                NetworkRole.Change.BY_DIRECTIONS,
                batch.inputs(),
                step,
                scalars,
                moves);
        for (RoleNetwork other : learner.others()) {
            others.put(
                    other.role().role(),
                    new StepNetwork(
                            graph,
                            other.network(),
                            other.optimizer(),
                            other.role().change(),
                            batch.inputs(),
                            step,
                            scalars,
                            moves));
        }
    }

    /** The graph, for nodes of the rule's own. */
    public Graph graph() {
        return graph;
    }

    /** What learns. */
    public Learner learner() {
        return learner;
    }

    /** The examples of the step. */
    public Batch batch() {
        return batch;
    }

    /** How many examples there are in the step. */
    public int count() {
        return count;
    }

    /** The main network: what the methods below that name no network are about. */
    public StepNetwork main() {
        return main;
    }

    /**
     * A network of another role.
     *
     * @throws IllegalStateException if the rule did not ask for one by {@link StepRule#networks}
     */
    public StepNetwork network(String role) {
        return Optional.ofNullable(others.get(role))
                .orElseThrow(() -> new IllegalStateException("the rule asked for no network of the role " + role));
    }

    /** Parameters and statistics before the step, by name. */
    public SequencedMap<String, Node> values() {
        return main.values();
    }

    /** The number of steps done before, a scalar index that keys random draws; only for rules that {@link StepRule#drawsAtRandom}. */
    public Node step() {
        return step;
    }

    /** The trained parameters before the step, in the order of {@link Learner#trained}. */
    public List<Node> trained() {
        return main.trained();
    }

    /** A parameter before the step. */
    public Node value(Parameter parameter) {
        return main.value(parameter);
    }

    /** The network in training mode on the examples. */
    public Forward forward() {
        return main.forward();
    }

    /** The same with other parameters than those before the step. */
    public Forward forward(SequencedMap<String, Node> others) {
        return main.forward(others);
    }

    /** The mean of the spec's loss over the examples, a scalar. */
    public Node meanLoss(Forward forward) {
        return learner.loss()
                .perExample(forward.outputs(), batch.targets())
                .sum()
                .divide(count);
    }

    /** Gradients of a scalar in the trained parameters, in their order. */
    public List<Node> gradients(Node scalar) {
        return main.gradients(scalar);
    }

    /** The same in other parameters than those before the step. */
    public List<Node> gradients(Node scalar, SequencedMap<String, Node> others) {
        return main.gradients(scalar, others);
    }

    /** Adds the update of all trained parameters, decay included, once in a step. */
    public void update(List<Node> gradients) {
        main.update(gradients);
    }

    /**
     * The same from other parameters than those before the step.
     *
     * @param kept share of what the update remembers of a parameter that is left, by name; all of it where nothing is named
     */
    public void update(SequencedMap<String, Node> others, List<Node> gradients, SequencedMap<String, Node> kept) {
        main.update(others, gradients, kept);
    }

    /** Adds the assignment of the statistics that a forward pass observed, once in a step. */
    public void track(Forward forward) {
        main.track(forward);
    }

    /** Adds the assignment of an array of the rule's own memory, once in a step. */
    public void remember(String array, Node value) {
        if (moves) {
            graph.assign(array, value);
        }
    }

    /** What {@link #update} was given: in place of gradients, one direction for each trained parameter. */
    public List<Node> directions() {
        return main.directions();
    }
}
