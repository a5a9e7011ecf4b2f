package io.orrery.lab.train.update;

import io.orrery.lab.UserError;
import io.orrery.lab.model.ModelSpec.Normalization;
import io.orrery.lab.model.Network;
import io.orrery.lab.model.Parameter;
import io.orrery.lab.train.update.DecaySpec.Applies;
import io.orrery.lab.train.update.DecaySpec.Convention;
import io.orrery.lab.train.update.DecaySpec.Mode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Weight decay: which parameters decay and by what factor. Decay is lambda times the squared norm, so its gradient is
 * 2 lambda W; in the framework convention the gradient is lambda W. Each layer may have a lambda of its own. Under weight
 * normalization the norm of a weight is that of its magnitudes g, which decay in its place; under frobenius normalization
 * rho alone decays. Frozen parameters do not decay.
 */
public final class Decay {
    private final boolean decoupled;
    private final SequencedMap<Parameter, Double> factors;

    private Decay(boolean decoupled, SequencedMap<Parameter, Double> factors) {
        this.decoupled = decoupled;
        this.factors = factors;
    }

    /**
     * The decay of a spec. AdamW is always decoupled (Loshchilov and Hutter 2019).
     *
     * @throws UserError if {@code perLayer} has another length than the network has weight layers
     */
    public static Decay of(DecaySpec spec, OptimizerSpec optimizer, Network network) {
        double perLambda = spec.convention() == Convention.SQUARED_NORM ? 2 : 1;
        boolean decoupled =
                spec.mode() == Mode.DECOUPLED || Update.of(optimizer).decouplesDecay();
        boolean sphere = network.spec().normalization() == Normalization.FROBENIUS;
        Map<String, Double> lambdas = lambdas(spec, network);
        SequencedMap<Parameter, Double> factors = new LinkedHashMap<>();
        for (Parameter parameter : Trained.parameters(optimizer, network)) {
            boolean decays = switch (parameter.role()) {
                case SCALE -> true;
                case WEIGHT, TABLE -> !sphere;
                case MAGNITUDE -> true;
                case DIRECTION, BIAS, GAIN, SHIFT, COEFFICIENT -> spec.applies() == Applies.ALL;
            };
            double factor = perLambda * lambdas.getOrDefault(parameter.layer(), spec.lambda());
            if (decays && factor != 0) {
                factors.put(parameter, factor);
            }
        }
        return new Decay(decoupled, factors);
    }

    private static Map<String, Double> lambdas(DecaySpec spec, Network network) {
        int layers = network.layers().size();
        if (!spec.perLayer().isEmpty() && spec.perLayer().size() != layers) {
            throw new UserError("decay.perLayer: expected one lambda for each weight layer, " + layers + " of them ("
                    + network.layerNames() + "), found " + spec.perLayer().size());
        }
        Map<String, Double> lambdas = new LinkedHashMap<>();
        for (int k = 0; k < spec.perLayer().size(); k++) {
            lambdas.put(network.layers().get(k).name(), spec.perLayer().get(k));
        }
        return lambdas;
    }

    /** The factor d of a parameter's decay gradient d W, which frameworks call weight decay; 0 if it does not decay. */
    public double factor(Parameter parameter) {
        return factors.getOrDefault(parameter, 0.0);
    }

    /** The different factors above 0, in the order in which parameters first have them. */
    List<Double> distinct() {
        return factors.values().stream().distinct().toList();
    }

    /** Whether decay acts on the parameters directly rather than through the gradient. */
    public boolean decoupled() {
        return decoupled;
    }

    /** The parameters that decay; none if lambda is 0. */
    public List<Parameter> parameters() {
        return List.copyOf(factors.keySet());
    }

    /** Whether a parameter decays. */
    public boolean covers(Parameter parameter) {
        return factors.containsKey(parameter);
    }
}
