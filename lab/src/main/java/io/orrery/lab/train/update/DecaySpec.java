package io.orrery.lab.train.update;

import io.orrery.lab.spec.About;
import java.util.List;
import java.util.OptionalDouble;

/** Weight decay. */
public record DecaySpec(
        @About("lambda; under frobenius normalization it multiplies rho squared")
        double lambda,

        @About("one lambda for each weight layer, input side first, in place of lambda; empty: the same for all")
        List<Double> perLayer,

        @About("coupled (in the gradient) or decoupled (in the update, AdamW)")
        Mode mode,

        @About("squared-norm: lambda * ||W||^2 is added to the loss, gradient 2 lambda W; framework: gradient lambda W")
        Convention convention,

        @About("weights (no biases, no batch-norm scales) or all parameters")
        Applies applies) {
    /** Where decay acts. */
    public enum Mode {
        COUPLED,
        DECOUPLED
    }

    /** What lambda multiplies. */
    public enum Convention {
        SQUARED_NORM,
        FRAMEWORK
    }

    /** Which parameters decay. */
    public enum Applies {
        WEIGHTS,
        ALL
    }

    /** lambda = 5e-4 on the squared norm of the weights, coupled. */
    public static DecaySpec defaults() {
        return new DecaySpec(5e-4, List.of(), Mode.COUPLED, Convention.SQUARED_NORM, Applies.WEIGHTS);
    }

    /** The one lambda of all layers; empty if layers differ. */
    public OptionalDouble common() {
        if (perLayer.isEmpty()) {
            return OptionalDouble.of(lambda);
        }
        return perLayer.stream().distinct().count() == 1
                ? OptionalDouble.of(perLayer.getFirst())
                : OptionalDouble.empty();
    }
}
