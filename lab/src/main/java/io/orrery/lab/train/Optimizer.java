package io.orrery.lab.train;

import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.plan.Execution;
import io.orrery.lab.model.ModelSpec.Normalization;
import io.orrery.lab.model.Network;
import io.orrery.lab.model.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * How parameters are updated from gradients, as PyTorch defines it: momentum v = m v + g, w = w - rate v; Nesterov
 * w = w - rate (g + m v); Adam (Kingma and Ba 2015) with bias correction; coupled decay enters g, decoupled decay
 * multiplies w by 1 - rate d before the update.
 *
 * <p>Under frobenius normalization the gradient of each V_k first loses its part along V_k, and V_k returns to the unit
 * sphere after the update (core theory, 2.5) unless the spec does without; memory holds tangent directions and is not projected again.
 */
public final class Optimizer {
    private static final String MINUS_RATE = "minusRate";
    private static final String ROOT_CORRECTION = "rootCorrection";
    private static final String DECAY = "decay/";
    private static final String KEEP = "keep/";

    private final OptimizerSpec spec;
    private final Decay decay;
    private final Network network;
    private final List<Parameter> trained;

    /** The optimizer of a spec for a network. */
    public Optimizer(OptimizerSpec spec, Decay decay, Network network) {
        this.spec = spec;
        this.decay = decay;
        this.network = network;
        this.trained = Trained.parameters(spec, network);
    }

    /** The parameters that updates change, in the order of the network. */
    List<Parameter> trained() {
        return trained;
    }

    /** Names and shapes of what the optimizer remembers, such as optimizer.momentum_buffer.layers.0.weight. */
    public SequencedMap<String, Shape> memory() {
        SequencedMap<String, Shape> memory = new LinkedHashMap<>();
        for (Parameter parameter : trained) {
            memories().forEach(kind -> memory.put(name(kind, parameter), parameter.shape()));
        }
        return memory;
    }

    /**
     * Adds the assignments of one update.
     *
     * @param values nodes of the parameters by name
     * @param gradients of the data loss, one per trained parameter, in their order
     */
    void update(Graph graph, SequencedMap<String, Node> values, List<Node> gradients) {
        Inputs inputs = new Inputs(graph);
        for (int i = 0; i < gradients.size(); i++) {
            Parameter parameter = trained.get(i);
            Node value = values.get(parameter.name());
            if (value == null) {
                throw new IllegalStateException("no node for " + parameter.name());
            }
            boolean sphere = onSphere(parameter);
            Node gradient = gradients.get(i);
            if (sphere) {
                gradient = gradient.subtract(gradient.multiply(value).sum().multiply(value));
            }
            Node start = value;
            if (decay.covers(parameter)) {
                int which = decay.distinct().indexOf(decay.factor(parameter));
                if (decay.decoupled()) {
                    start = value.multiply(inputs.get(KEEP + which));
                } else {
                    gradient = value.multiplyAdd(inputs.get(DECAY + which), gradient);
                }
            }
            Node updated = spec.kind() == OptimizerSpec.Kind.SGD
                    ? descended(graph, parameter, start, gradient, inputs)
                    : adapted(graph, parameter, start, gradient, inputs);
            if (sphere && network.spec().projection()) {
                updated = updated.divide(updated.square().sum().squareRoot());
            }
            graph.assign(parameter.name(), updated);
        }
    }

    /** Sets what the update that follows a step needs from outside. */
    public void set(Execution execution, long step, double rate) {
        if (spec.kind() == OptimizerSpec.Kind.SGD) {
            execution.setScalar(MINUS_RATE, -rate);
        } else {
            double count = step + 1.0;
            execution.setScalar(MINUS_RATE, -rate / (1 - StrictMath.pow(spec.beta1(), count)));
            execution.setScalar(ROOT_CORRECTION, Math.sqrt(1 - StrictMath.pow(spec.beta2(), count)));
        }
        List<Double> factors = decay.distinct();
        for (int which = 0; which < factors.size(); which++) {
            if (decay.decoupled()) {
                execution.setScalar(KEEP + which, 1 - rate * factors.get(which));
            } else {
                execution.setScalar(DECAY + which, factors.get(which));
            }
        }
    }

    /** Whether what {@link #set} sets changes from step to step even at a constant rate. */
    public boolean dependsOnStep() {
        return spec.kind() != OptimizerSpec.Kind.SGD;
    }

    private Node descended(Graph graph, Parameter parameter, Node start, Node gradient, Inputs inputs) {
        Node direction = gradient;
        if (spec.momentum() != 0) {
            String name = name("momentum_buffer", parameter);
            Node momentum = graph.constant(spec.momentum());
            Node velocity = graph.state(name, parameter.shape()).multiplyAdd(momentum, gradient);
            graph.assign(name, velocity);
            direction = spec.nesterov() ? velocity.multiplyAdd(momentum, gradient) : velocity;
        }
        return direction.multiplyAdd(inputs.get(MINUS_RATE), start);
    }

    private Node adapted(Graph graph, Parameter parameter, Node start, Node gradient, Inputs inputs) {
        String firstName = name("exp_avg", parameter);
        String secondName = name("exp_avg_sq", parameter);
        Node oldFirst = graph.state(firstName, parameter.shape());
        Node oldSecond = graph.state(secondName, parameter.shape());
        Node first = gradient.subtract(oldFirst).multiplyAdd(graph.constant(1 - spec.beta1()), oldFirst);
        Node second = oldSecond.multiply(spec.beta2()).add(gradient.square().multiply(1 - spec.beta2()));
        graph.assign(firstName, first);
        graph.assign(secondName, second);
        Node root = second.squareRoot().divide(inputs.get(ROOT_CORRECTION)).add(spec.epsilon());
        return first.divide(root).multiplyAdd(inputs.get(MINUS_RATE), start);
    }

    private boolean onSphere(Parameter parameter) {
        return network.spec().normalization() == Normalization.FROBENIUS && parameter.role() == Parameter.Role.WEIGHT;
    }

    private List<String> memories() {
        if (spec.kind() != OptimizerSpec.Kind.SGD) {
            return List.of("exp_avg", "exp_avg_sq");
        }
        return spec.momentum() == 0 ? List.of() : List.of("momentum_buffer");
    }

    private static String name(String kind, Parameter parameter) {
        return "optimizer." + kind + "." + parameter.name();
    }

    /** Scalar inputs, made when first asked for, so that a plan has only those that it uses. */
    private static final class Inputs {
        private final Graph graph;
        private final List<String> names = new ArrayList<>();
        private final List<Node> nodes = new ArrayList<>();

        Inputs(Graph graph) {
            this.graph = graph;
        }

        Node get(String name) {
            int index = names.indexOf(name);
            if (index < 0) {
                names.add(name);
                nodes.add(graph.scalarInput(name));
                index = names.size() - 1;
            }
            return nodes.get(index);
        }
    }
}
