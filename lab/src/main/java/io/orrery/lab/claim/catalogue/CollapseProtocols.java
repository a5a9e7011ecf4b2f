package io.orrery.lab.claim.catalogue;

import io.orrery.lab.claim.Protocol;
import io.orrery.lab.claim.Scale;
import io.orrery.lab.spec.SpecDocument;

/** The classifier that claims about neural collapse train far beyond zero training error (P22). */
final class CollapseProtocols {
    static final String NC1 = "neural-collapse.nc1@train";
    static final String ACCURACY = "loss.accuracy@train";

    private CollapseProtocols() {}

    /** A dense network without biases on four clusters, or on MNIST; decay is the arm's. */
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
                            measure: {instruments: [loss, neural-collapse]}
                            """);
            case FULL -> Protocol.spec("""
                            data: {source: mnist, batchSize: 128}
                            model: {kind: mlp, widths: [512, 512]}
                            loss: {kind: square}
                            optimizer: {kind: sgd, learningRate: 0.05, momentum: 0.9}
                            schedule: {kind: cosine, warmup: 2000}
                            stop: {epochs: 100}
                            measure: {instruments: [loss, neural-collapse]}
                            """);
        };
    }

    /** lambda with which the classifier collapses. */
    static String decay(Scale scale) {
        return scale == Scale.QUICK ? "5e-4" : "6e-5";
    }
}
