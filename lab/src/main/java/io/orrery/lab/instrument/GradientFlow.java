package io.orrery.lab.instrument;

import io.orrery.lab.model.ModelSpec.Normalization;
import io.orrery.lab.observe.Observation;
import io.orrery.lab.setup.Spec;
import io.orrery.lab.train.loss.LossSpec;
import io.orrery.lab.train.update.DecaySpec;
import io.orrery.lab.train.update.OptimizerSpec;
import io.orrery.lab.train.update.Update;
import java.util.OptionalDouble;

/** A spec's loss, decay and optimizer in the units of the theory: gradient 2 lambda W, time the sum of learning rates. */
public final class GradientFlow {
    private GradientFlow() {}

    /**
     * The lambda whose decay gradient is 2 lambda W; empty if layers have different ones, frozen layers having none. Under
     * frobenius normalization that of rho, which is never frozen.
     */
    public static OptionalDouble lambda(Spec spec) {
        double share = spec.decay().convention() == DecaySpec.Convention.FRAMEWORK ? 0.5 : 1;
        boolean someFrozen =
                !spec.optimizer().frozen().isEmpty() && spec.model().normalization() != Normalization.FROBENIUS;
        return spec.decay().common().stream()
                .filter(lambda -> lambda == 0 || !someFrozen)
                .map(lambda -> share * lambda)
                .findFirst();
    }

    /**
     * The last layer's lambda whose decay gradient is 2 lambda W, of a frozen one what it would decay with; that of rho under
     * frobenius normalization.
     */
    public static double lambdaOfLastLayer(Spec spec) {
        DecaySpec decay = spec.decay();
        double lambda =
                decay.perLayer().isEmpty() ? decay.lambda() : decay.perLayer().getLast();
        return decay.convention() == DecaySpec.Convention.FRAMEWORK ? lambda / 2 : lambda;
    }

    /** Factor of the data term against the mean over examples of the sum over outputs of squared errors. */
    public static double dataFactor(LossSpec loss, int outputs) {
        return (loss.half() ? 0.5 : 1) * (loss.reduction() == LossSpec.Reduction.MEAN ? 1.0 / outputs : 1);
    }

    /**
     * Time of the flow of the data term since the initial weights, momentum m counted as 1 / (1 - m); empty for adaptive
     * optimizers, for rules that do not descend the loss, and for weights from a file: how long those were trained is not known.
     */
    public static OptionalDouble time(Observation observation) {
        OptimizerSpec optimizer = observation.spec().optimizer();
        if (trainedElsewhere(observation) || !observation.spec().rule().descendsLoss()) {
            return OptionalDouble.empty();
        }
        return Update.of(optimizer).followsGradient()
                ? OptionalDouble.of(observation.time() / (1 - optimizer.momentum()))
                : OptionalDouble.empty();
    }

    private static boolean trainedElsewhere(Observation observation) {
        return observation.spec().model().weights().isPresent();
    }

    /** Whether decay acts on the weights themselves rather than through the gradient; AdamW always does. */
    public static boolean decoupled(Spec spec) {
        return spec.decay().mode() == DecaySpec.Mode.DECOUPLED
                || Update.of(spec.optimizer()).decouplesDecay();
    }

    /**
     * E = 2 lambda times the sum of learning rates: decay alone shrinks the initial weights by exp(-E). Coupled decay passes
     * through momentum, decoupled decay does not. Empty for coupled decay under adaptive optimizers, where layers decay
     * differently, for weights from a file, and where decay acts on scales, not on the weight matrices (frobenius and weight
     * normalization).
     */
    public static OptionalDouble decayExponent(Observation observation) {
        OptionalDouble common = lambda(observation.spec());
        if (common.isEmpty() || trainedElsewhere(observation)) {
            return OptionalDouble.empty();
        }
        double lambda = common.getAsDouble();
        switch (observation.spec().model().normalization()) {
            case FROBENIUS, WEIGHT -> {
                return OptionalDouble.empty();
            }
            case NONE, BATCH -> {}
        }
        if (decoupled(observation.spec())) {
            return OptionalDouble.of(2 * lambda * observation.time());
        }
        return time(observation).stream().map(time -> 2 * lambda * time).findFirst();
    }
}
