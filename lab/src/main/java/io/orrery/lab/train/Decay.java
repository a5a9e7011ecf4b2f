package io.orrery.lab.train;

import io.orrery.lab.model.ModelSpec.Normalization;
import io.orrery.lab.model.Network;
import io.orrery.lab.model.Parameter;
import io.orrery.lab.train.DecaySpec.Applies;
import io.orrery.lab.train.DecaySpec.Convention;
import io.orrery.lab.train.DecaySpec.Mode;
import java.util.List;

/**
 * Weight decay: which parameters decay and by what factor. Decay is lambda times the squared norm, so its gradient is
 * 2 lambda W; in the framework convention the gradient is lambda W. Under weight normalization the norm of a weight is
 * that of its magnitudes g, which decay in its place; under frobenius normalization rho alone decays.
 */
public final class Decay {
    private final double factor;
    private final boolean decoupled;
    private final List<Parameter> parameters;

    private Decay(double factor, boolean decoupled, List<Parameter> parameters) {
        this.factor = factor;
        this.decoupled = decoupled;
        this.parameters = parameters;
    }

    /** The decay of a spec. AdamW is always decoupled (Loshchilov and Hutter 2019). */
    public static Decay of(DecaySpec spec, OptimizerSpec optimizer, Network network) {
        double factor = spec.convention() == Convention.SQUARED_NORM ? 2 * spec.lambda() : spec.lambda();
        boolean decoupled = spec.mode() == Mode.DECOUPLED || optimizer.kind() == OptimizerSpec.Kind.ADAMW;
        boolean sphere = network.spec().normalization() == Normalization.FROBENIUS;
        List<Parameter> decaying = network.parameters().stream()
                .filter(parameter -> switch (parameter.role()) {
                    case SCALE -> true;
                    case WEIGHT -> !sphere;
                    case MAGNITUDE -> true;
                    case DIRECTION, BIAS, GAIN, SHIFT -> spec.applies() == Applies.ALL;
                })
                .toList();
        return new Decay(factor, decoupled, factor == 0 ? List.of() : decaying);
    }

    /** The factor d of the decay gradient d W: what frameworks call weight decay. */
    public double factor() {
        return factor;
    }

    /** Whether decay acts on the parameters directly rather than through the gradient. */
    public boolean decoupled() {
        return decoupled;
    }

    /** The parameters that decay; none if lambda is 0. */
    public List<Parameter> parameters() {
        return parameters;
    }

    /** Whether a parameter decays. */
    public boolean covers(Parameter parameter) {
        return parameters.contains(parameter);
    }
}
