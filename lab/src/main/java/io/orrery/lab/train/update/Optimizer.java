package io.orrery.lab.train.update;

import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.plan.Execution;
import io.orrery.lab.model.ModelSpec.Normalization;
import io.orrery.lab.model.Network;
import io.orrery.lab.model.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BiFunction;

/**
 * How parameters are updated from gradients: by an {@link Update}, with decay as PyTorch defines it: coupled decay enters the
 * gradient, decoupled decay multiplies w by 1 - rate d before the update.
 *
 * <p>Under frobenius normalization the gradient of each V_k first loses its part along V_k, and V_k returns to the unit
 * sphere after the update (core theory, 2.5) unless the spec does without; memory holds tangent directions and is not projected again.
 */
public final class Optimizer {
    private static final String DECAY = "decay/";
    private static final String KEEP = "keep/";

    private final Update update;
    private final Decay decay;
    private final Network network;
    private final List<Parameter> trained;

    /** The optimizer of a spec for a network. */
    public Optimizer(OptimizerSpec spec, Decay decay, Network network) {
        this.update = Update.of(spec);
        this.decay = decay;
        this.network = network;
        this.trained = Trained.parameters(spec, network);
    }

    /** The parameters that updates change, in the order of the network. */
    public List<Parameter> trained() {
        return trained;
    }

    /** What decays, and how much. */
    public Decay decay() {
        return decay;
    }

    /** Names and shapes of what the optimizer remembers, such as optimizer.momentum_buffer.layers.0.weight. */
    public SequencedMap<String, Shape> memory() {
        SequencedMap<String, Shape> memory = new LinkedHashMap<>();
        for (Parameter parameter : trained) {
            update.memories().forEach(kind -> memory.put(UpdateSlot.name(kind, parameter), parameter.shape()));
        }
        return memory;
    }

    /**
     * Adds the assignments of one update.
     *
     * @param values nodes of the parameters by name
     * @param gradients of the data loss, one per trained parameter, in their order
     * @param kept share of what is remembered of a parameter that is left, by name; all of it where nothing is named
     * @param last what is done to each parameter's new value before it is assigned
     * @param inputs scalar inputs that all networks of a step share: they have one update and one rate, but each its own decay
     */
    public void update(
            Graph graph,
            SequencedMap<String, Node> values,
            List<Node> gradients,
            SequencedMap<String, Node> kept,
            BiFunction<Parameter, Node, Node> last,
            UpdateSlot.Scalars inputs) {
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
                    start = value.multiply(inputs.get(decayInput(KEEP, which)));
                } else {
                    gradient = value.multiplyAdd(inputs.get(decayInput(DECAY, which)), gradient);
                }
            }
            Node updated = update.updated(
                    new UpdateSlot(graph, parameter, inputs, Optional.ofNullable(kept.get(parameter.name()))),
                    start,
                    gradient);
            if (sphere && network.spec().projection()) {
                updated = updated.divide(updated.square().sum().squareRoot());
            }
            graph.assign(parameter.name(), last.apply(parameter, updated));
        }
    }

    /** Sets what the update that follows a step needs from outside. */
    public void set(Execution execution, long step, double rate) {
        update.set(execution, step, rate);
        List<Double> factors = decay.distinct();
        for (int which = 0; which < factors.size(); which++) {
            if (decay.decoupled()) {
                execution.setScalar(decayInput(KEEP, which), 1 - rate * factors.get(which));
            } else {
                execution.setScalar(decayInput(DECAY, which), factors.get(which));
            }
        }
    }

    /** Whether what {@link #set} sets changes from step to step even at a constant rate. */
    public boolean dependsOnStep() {
        return update.dependsOnStep();
    }

    private String decayInput(String kind, int which) {
        return Network.named(network.role(), kind + which);
    }

    private boolean onSphere(Parameter parameter) {
        return network.spec().normalization() == Normalization.FROBENIUS && parameter.role() == Parameter.Role.WEIGHT;
    }
}
