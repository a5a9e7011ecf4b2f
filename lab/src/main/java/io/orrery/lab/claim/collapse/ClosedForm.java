package io.orrery.lab.claim.collapse;

import io.orrery.lab.claim.ArmRuns;
import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.criterion.Exactly;
import java.util.List;

/**
 * The global minimum of free features where theory has it in closed form: one number per class.
 *
 * @param outputs on the true class
 * @param classifiers squared norms of the last layer's rows
 * @param features squared norms of what enters the last layer
 * @param objective loss and decay together
 */
record ClosedForm(double[] outputs, double[] classifiers, double[] features, double objective) {
    /**
     * What theory says of a minimum, in words.
     *
     * @param outputs the law of the outputs
     * @param compared what of the layers is compared
     * @param layers the law of the layers
     */
    record Words(String outputs, String compared, String layers) {}

    /** The ends of an arm held to the minimum. */
    List<Finding> findings(ArmRuns arm, Words words) {
        return List.of(
                Exactly.identity(
                        "outputs on the true class, " + arm.name(),
                        words.outputs,
                        FreeFeatureProtocols.errors(arm, FreeFeatureProtocols.OUTPUT, outputs),
                        FreeFeatureProtocols.TOLERANCE),
                Exactly.identity(
                        words.compared + ", " + arm.name(),
                        words.layers,
                        FreeFeatureProtocols.worst(
                                FreeFeatureProtocols.errors(arm, FreeFeatureProtocols.CLASSIFIER, classifiers),
                                FreeFeatureProtocols.errors(arm, FreeFeatureProtocols.FEATURE, features)),
                        FreeFeatureProtocols.TOLERANCE),
                Exactly.identity(
                        "the objective, " + arm.name(),
                        "the objective is that of the global minimum",
                        FreeFeatureProtocols.errors(arm.last(FreeFeatureProtocols.OBJECTIVE), objective),
                        FreeFeatureProtocols.TOLERANCE),
                FreeFeatureProtocols.vanishing(
                        "outputs on wrong classes and spread within classes, " + arm.name(),
                        "outputs on wrong classes are 0 and features of a class coincide",
                        FreeFeatureProtocols.worst(
                                arm.last(FreeFeatureProtocols.WRONG_OUTPUT), arm.last(FreeFeatureProtocols.SPREAD))));
    }
}
