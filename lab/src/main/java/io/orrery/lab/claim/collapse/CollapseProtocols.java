package io.orrery.lab.claim.collapse;

import io.orrery.lab.claim.ArmRuns;
import io.orrery.lab.claim.AtRest;
import io.orrery.lab.claim.Protocol;
import io.orrery.lab.claim.Scale;
import io.orrery.lab.judge.Requirement;
import io.orrery.lab.setup.SpecDocument;

/** The classifier that claims about neural collapse train far beyond zero training error (P22). */
final class CollapseProtocols {
    static final String NC1 = "neural-collapse.nc1@train";
    static final String TIME =
            "At scale full lambda is such that decay has as long to act as in the published runs on MNIST:"
                    + " 2 lambda t = 5.6, t being the sum of the rates over 1 - momentum.";
    static final String ACCURACY = "loss.accuracy@train";

    /** How far NC1 may still move over the last third of training: little beside the factors that claims compare. */
    private static final double SETTLED = 0.25;

    private CollapseProtocols() {}

    /** A dense network without biases on four clusters, or on MNIST for 100 epochs of 469 steps; decay is the arm's. */
    static SpecDocument classifier(Scale scale) {
        return switch (scale) {
            case QUICK -> Protocol.spec("""
                            precision: double
                            data: {source: clusters, clusters: 4, perCluster: 50, dimensions: 20, spread: 1.5, batchSize: 20}
                            model: {kind: mlp, widths: [64, 64]}
                            loss: {kind: square}
                            optimizer: {kind: sgd, learningRate: 0.05, momentum: 0.9}
                            schedule: {kind: step, milestones: [0.5, 0.8], factor: 0.1}
                            stop: {steps: 8000}
                            measure: {instruments: [loss, neural-collapse], at: [5300]}
                            """);
            case FULL -> Protocol.spec("""
                            data: {source: mnist, batchSize: 128}
                            model: {kind: mlp, widths: [512, 512]}
                            loss: {kind: square}
                            optimizer: {kind: sgd, learningRate: 0.05, momentum: 0.9}
                            schedule: {kind: cosine, warmup: 2000}
                            stop: {steps: 46900}
                            measure: {instruments: [loss, neural-collapse], at: [31000]}
                            """);
        };
    }

    /**
     * lambda with which the classifier collapses. What decay leaves of the initial weights is exp(-2 lambda t). On MNIST
     * the published runs (Han, Papyan and Donoho 2022: rate 0.0184 in three steps, momentum 0.9, weight decay 5e-4, 350
     * epochs) last 2 lambda t = 5.6; t is 11,700 here, the sum of the rates over 1 - momentum.
     */
    static String decay(Scale scale) {
        return scale == Scale.QUICK ? "5e-4" : "2.4e-4";
    }

    /** Whether NC1 has come to rest in every run of an arm: it moves by at most a quarter over the last third of training. */
    static Requirement atRest(ArmRuns arm) {
        return AtRest.settled(arm, NC1, "NC1", SETTLED);
    }
}
