package io.orrery.lab.claim.rho;

import io.orrery.lab.claim.ArmRuns;
import io.orrery.lab.claim.Protocol;
import io.orrery.lab.judge.Requirement;
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.setup.SpecDocument;
import io.orrery.lab.theory.collapse.RhoDynamics;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** What the claims about rho share: normalized networks under gradient descent on two classes, and what is read of them. */
public final class RhoProtocols {
    public static final String RHO = "norms.rho";
    static final String EQUILIBRIUM = "norms.rho-equilibrium";
    public static final String MEAN_MARGIN = "margins.normalized-mean@train";
    static final String SECOND_MOMENT = "margins.normalized-second-moment@train";
    public static final String LOSS = "loss.loss@train";
    static final String OBJECTIVE = "loss.objective@train";
    public static final String ACCURACY = "loss.accuracy@train";
    static final String TEST_ACCURACY = "loss.accuracy@test";

    private RhoProtocols() {}

    /** G1 of the core theory, 64 points in 20 dimensions, and three layers of width 64, full batch. */
    static SpecDocument twoCluster() {
        return Protocol.spec("""
                precision: double
                data: {source: two-cluster, train: 64, dimensions: 20, separation: 1.5, unitNorm: true, order: full}
                model: {kind: mlp, widths: [64, 64], normalization: frobenius}
                loss: {kind: square, targets: single}
                optimizer: {kind: sgd, learningRate: 0.05, momentum: 0}
                measure: {instruments: [loss, margins, norms], thorough: all}
                """);
    }

    /** G2 of the core theory, 80 points in 16 dimensions, and two layers of width 100, full batch. */
    public static SpecDocument xor() {
        return Protocol.spec("""
                precision: double
                data: {source: xor, train: 80, dimensions: 16, test: 1000, unitNorm: true, order: full}
                model: {kind: mlp, widths: [100], normalization: frobenius}
                loss: {kind: square, targets: single}
                optimizer: {kind: sgd, learningRate: 0.05, momentum: 0}
                measure: {instruments: [loss, margins, norms], thorough: all, perDecade: 5}
                """);
    }

    /**
     * Real data at scale full: 200 images of two digits that are easily confused, full batch. Their margins are small, M is
     * about 0.005, so that rho relaxes in some 100 units of time: pixels are centred, since what all images share would slow
     * training down tenfold, and momentum makes a step worth ten. Mini-batches at such steps would stop short of interpolation.
     */
    static SpecDocument digits() {
        return Protocol.spec("""
                precision: double
                data: {source: mnist, classes: [4, 9], perClass: 100, standardize: per-feature, unitNorm: true, order: full}
                model: {kind: mlp, widths: [128], normalization: frobenius}
                loss: {kind: square, targets: single}
                optimizer: {kind: sgd, learningRate: 0.05, momentum: 0.9}
                measure: {instruments: [loss, margins, norms], perDecade: 5}
                """);
    }

    /**
     * The digits with 25 images of each: what they need of rho, 10, is then what the xor task needs, so that starts at 2, 20,
     * 40 and 80 lie about it as they do there. 200 images need 17, and a start at 20 leaves no trace on them.
     */
    public static SpecDocument fewDigits() {
        return digits().having("data.perClass=25");
    }

    /** A protocol that starts at a rho, with steps short enough for the curvature there, which grows as its square. */
    public static SpecDocument from(double rho, SpecDocument base) {
        return base.having("model.initialRho=" + rho).having("optimizer.learningRate=" + Math.min(0.05, 1 / rho));
    }

    /** Whether rho has had the time to forget its start: so many relaxation times 2 (M + lambda) t have passed. */
    static Requirement equilibrated(ArmRuns arm, Threshold times) {
        return Requirement.all(
                "equilibrated", "2 (M + lambda) t of " + arm.name(), arm.last("norms.relaxation"), times);
    }

    /** The share of test examples that are decided wrongly at the end of each run. */
    public static double[] testError(ArmRuns arm) {
        return Arrays.stream(arm.last(TEST_ACCURACY))
                .map(accuracy -> 1 - accuracy)
                .toArray();
    }

    /** The largest less the smallest of several arms over their mean, seed by seed. */
    public static double[] spread(List<double[]> arms) {
        return IntStream.range(0, arms.getFirst().length)
                .mapToDouble(seed -> {
                    double[] values =
                            arms.stream().mapToDouble(arm -> arm[seed]).toArray();
                    double mean = Arrays.stream(values).average().orElse(Double.NaN);
                    double[] sorted = values.clone();
                    Arrays.sort(sorted);
                    return (sorted[sorted.length - 1] - sorted[0]) / mean;
                })
                .toArray();
    }

    /** |rho - rho_eq| / |rho_eq| at the end of each run, rho_eq = mu / (M + lambda) with lambda multiplied; by 1 it is right. */
    static double[] offEquilibrium(ArmRuns arm, double lambdaFactor) {
        double lambda = arm.spec().decay().lambda() * lambdaFactor;
        double[] mu = arm.last(MEAN_MARGIN);
        double[] moment = arm.last(SECOND_MOMENT);
        return relativeErrors(
                arm.last(RHO), perSeed(arm.count(), seed -> RhoDynamics.equilibrium(mu[seed], moment[seed], lambda)));
    }

    /** |left - right| / |right|, seed by seed. */
    static double[] relativeErrors(double[] left, double[] right) {
        return IntStream.range(0, left.length)
                .mapToDouble(seed -> Math.abs(left[seed] - right[seed]) / Math.abs(right[seed]))
                .toArray();
    }

    /** A number per seed from the seed's place. */
    public static double[] perSeed(int seeds, java.util.function.IntToDoubleFunction number) {
        return IntStream.range(0, seeds).mapToDouble(number).toArray();
    }
}
