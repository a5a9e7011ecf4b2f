package io.orrery.lab.claim.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.worker.Workers;
import io.orrery.lab.claim.Scale;
import io.orrery.lab.claim.SimulatedEvidence;
import io.orrery.lab.data.set.Split;
import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.data.set.Targets;
import io.orrery.lab.data.source.Function;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.judge.Verdict;
import io.orrery.lab.run.RunMonitor;
import io.orrery.lab.run.TestRecorder;
import io.orrery.lab.run.Trainer;
import io.orrery.lab.setup.Spec;
import io.orrery.lab.theory.LinearSpline;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LinearSplineOfDecayTest {
    private static final String INNER = "norms.frobenius/layers.0.layers.0";
    private static final String OUTER = "norms.frobenius/layers.1";
    private static final String OBJECTIVE = "loss.objective@train";
    private static final long END = 20_000;

    private final LinearSplineOfDecay claim = new LinearSplineOfDecay();

    @Test
    void networksAtTheBestSplinesAreSupported() {
        Verdict verdict = verdict(1, 1, 5);

        assertThat(verdict.outcome()).as(verdict.reason()).isEqualTo(Outcome.SUPPORTED);
        assertThat(verdict.control().outcome()).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void aNormAboveTheVariationIsRefuted() {
        assertThat(verdict(1.03, 1, 5).outcome()).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void anObjectiveAboveTheBestIsRefuted() {
        assertThat(verdict(1, 1.03, 5).outcome()).isEqualTo(Outcome.REFUTED);
    }

    /** Had the network without decay the least norm too, decay would not be what makes it so. */
    @Test
    void theSameWithoutDecayLeavesItOpen() {
        assertThat(verdict(1, 1, 1).outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void nothingMeasuredDecidesNothing() {
        assertThat(claim.judge(SimulatedEvidence.of(claim).evidence()).verdict().outcome())
                .isEqualTo(Outcome.INCONCLUSIVE);
    }

    /** A tenth of the protocol's steps, one seed, against the lasso. */
    @Test
    void trainingReachesTheBestSpline() {
        Spec spec = claim.protocol(Scale.QUICK)
                .arms()
                .getFirst()
                .spec()
                .having("stop.steps=2000")
                .spec();
        Trainer trainer = new Trainer(spec, 7, spec.data().load(7), List.of(), Workers.single());
        trainer.run(new TestRecorder(), RunMonitor.NONE);
        double objective =
                trainer.observer().evaluate(SplitName.TRAIN, true).orElseThrow().objective();

        assertThat(10 * objective / spline(7, 0.1).objective()).isCloseTo(1, within(0.01));
    }

    /** Ends at so many times the best spline's norm and objective; without decay at another multiple of the joined points' norm. */
    private Verdict verdict(double norm, double objective, double plain) {
        SimulatedEvidence evidence = SimulatedEvidence.of(claim);
        for (double lambda : new double[] {0.1, 0.01}) {
            String arm = "lambda " + lambda;
            evidence.put(
                            arm,
                            INNER,
                            END,
                            seeds(seed -> Math.sqrt(norm * spline(seed, lambda).totalVariation())))
                    .put(
                            arm,
                            OUTER,
                            END,
                            seeds(seed -> Math.sqrt(norm * spline(seed, lambda).totalVariation())))
                    .put(
                            arm,
                            OBJECTIVE,
                            END,
                            seeds(seed -> objective * spline(seed, lambda).objective() / 10));
        }
        // Unequal layers, unless the norm is the least there is.
        double shift = plain == 1 ? 0 : 0.5;
        evidence.put(
                        "no decay",
                        INNER,
                        END,
                        seeds(seed ->
                                Math.sqrt((1 + shift) * plain * spline(seed, 0).totalVariation())))
                .put(
                        "no decay",
                        OUTER,
                        END,
                        seeds(seed ->
                                Math.sqrt((1 - shift) * plain * spline(seed, 0).totalVariation())))
                .same("no decay", OBJECTIVE, END, 0);
        return claim.judge(evidence.evidence()).verdict();
    }

    private static double[] seeds(java.util.function.LongToDoubleFunction number) {
        return LongStream.rangeClosed(1, 10).mapToDouble(number).toArray();
    }

    private static LinearSpline spline(long seed, double lambda) {
        Split train = new Function(10, 0, Function.Curve.SINE, 4, 0.1, Function.Spacing.EVEN)
                .load(seed)
                .train();
        return LinearSpline.fit(
                train.inputs().doubles(),
                ((Targets.Real) train.targets()).values().doubles(),
                lambda);
    }
}
