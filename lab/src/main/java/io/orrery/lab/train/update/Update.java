package io.orrery.lab.train.update;

import io.orrery.engine.graph.Node;
import io.orrery.engine.plan.Execution;
import java.util.List;

/**
 * What becomes of a parameter, given a gradient: its memory, the nodes of one update, and the numbers that change from step to
 * step. An update is a record of its settings; adding one means one file, its test, its name in the permits clause and in
 * {@link OptimizerSpec.Kind}, and the case of {@link #of} that the compiler asks for.
 */
public sealed interface Update permits Sgd, Adam, AdamW, NormDescent {
    /** The update of a spec. */
    static Update of(OptimizerSpec spec) {
        return switch (spec.kind()) {
            case SGD -> new Sgd(spec.momentum(), spec.nesterov());
            case ADAM -> new Adam(spec.beta1(), spec.beta2(), spec.epsilon());
            case ADAMW -> new AdamW(new Adam(spec.beta1(), spec.beta2(), spec.epsilon()));
            case SIGN -> new NormDescent(NormDescent.Norm.LARGEST);
            case SPECTRAL -> new NormDescent(NormDescent.Norm.SPECTRAL);
        };
    }

    /** What is remembered of each parameter, in arrays of its shape that begin at 0, by PyTorch's names. */
    List<String> memories();

    /**
     * Adds the update of one parameter and of what is remembered of it.
     *
     * @param start the parameter, after decoupled decay
     * @param gradient of the loss, coupled decay included
     * @return the parameter after the update
     */
    Node updated(UpdateSlot slot, Node start, Node gradient);

    /** Sets the scalar inputs of the update that follows a step at a learning rate. */
    void set(Execution execution, long step, double rate);

    /** Whether what {@link #set} sets changes from step to step even at a constant rate. */
    boolean dependsOnStep();

    /**
     * Whether parameters move along the gradient, momentum m counted as 1 / (1 - m) times the rate, rather than each coordinate at
     * a rate of its own.
     */
    boolean followsGradient();

    /** Whether decay always acts on the parameters rather than through the gradient. */
    boolean decouplesDecay();
}
