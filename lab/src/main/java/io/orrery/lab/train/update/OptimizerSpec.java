package io.orrery.lab.train.update;

import io.orrery.lab.spec.About;
import java.util.List;
import java.util.stream.Stream;

/** How parameters are updated from gradients. */
public record OptimizerSpec(
        @About(
                "sgd, adam, adamw, sign (steepest descent under the largest coordinate: the gradient's signs) or spectral (under the spectral norm: of each weight matrix G = U S V^T the step U V^T)")
        Kind kind,

        @About("step size before the schedule") double learningRate,

        @About("momentum m of v = m v + g, w = w - rate * v (sgd)")
        double momentum,

        @About("look ahead: w = w - rate * (g + m v) (sgd)") boolean nesterov,
        @About("decay of the first moment (adam, adamw)") double beta1,
        @About("decay of the second moment (adam, adamw)") double beta2,

        @About("added to the root of the second moment (adam, adamw)")
        double epsilon,

        @About(
                "layers whose parameters stay as they were initialized, by name, such as layers.0; they do not decay either")
        List<String> frozen) {
    /** Which update. */
    public enum Kind {
        SGD,
        ADAM,
        ADAMW,
        SIGN,
        SPECTRAL
    }

    /** The same with more layers frozen. */
    public OptimizerSpec freezing(List<String> layers) {
        List<String> all =
                Stream.concat(frozen.stream(), layers.stream()).distinct().toList();
        return new OptimizerSpec(kind, learningRate, momentum, nesterov, beta1, beta2, epsilon, all);
    }

    /** The same with no layer frozen. */
    public OptimizerSpec withoutFrozen() {
        return new OptimizerSpec(kind, learningRate, momentum, nesterov, beta1, beta2, epsilon, List.of());
    }

    /** SGD at rate 0.01 with momentum 0.9. */
    public static OptimizerSpec defaults() {
        return new OptimizerSpec(Kind.SGD, 0.01, 0.9, false, 0.9, 0.999, 1e-8, List.of());
    }
}
