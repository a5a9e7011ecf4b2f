package io.orrery.lab.instrument;

import io.orrery.lab.model.Architecture;
import io.orrery.lab.model.ModelSpec;
import io.orrery.lab.setup.Spec;
import io.orrery.lab.train.loss.LossSpec;
import io.orrery.lab.train.update.DecaySpec;
import io.orrery.lab.train.update.OptimizerSpec;
import java.util.List;

/** Specs for observations: plain SGD, square loss on one-hot targets, and a decay on the squared norm. */
public final class Specs {
    private Specs() {}

    public static Spec of(ModelSpec.Normalization normalization, double lambda, LossSpec loss, double momentum) {
        return of(ModelSpec.defaults().architecture(), normalization, lambda, loss, momentum);
    }

    public static Spec of(
            Architecture architecture,
            ModelSpec.Normalization normalization,
            double lambda,
            LossSpec loss,
            double momentum) {
        Spec base = Spec.defaults();
        ModelSpec model = ModelSpec.defaults();
        return new Spec(
                "study",
                base.precision(),
                base.data(),
                new ModelSpec(
                        architecture,
                        model.activation(),
                        false,
                        model.outputBias(),
                        model.initialization(),
                        1,
                        model.initialScales(),
                        normalization,
                        1,
                        true,
                        0,
                        model.weights(),
                        model.initialWeights()),
                loss,
                base.rule(),
                new OptimizerSpec(OptimizerSpec.Kind.SGD, 0.1, momentum, false, 0.9, 0.999, 1e-8, List.of()),
                new DecaySpec(
                        lambda,
                        List.of(),
                        DecaySpec.Mode.COUPLED,
                        DecaySpec.Convention.SQUARED_NORM,
                        DecaySpec.Applies.WEIGHTS),
                base.schedule(),
                base.stop(),
                0,
                base.tasks(),
                base.measure());
    }

    public static Spec plain() {
        return of(ModelSpec.Normalization.NONE, 0, LossSpec.defaults(), 0);
    }
}
