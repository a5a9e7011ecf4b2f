package io.orrery.lab.claim.regression;

import io.orrery.engine.graph.Precision;
import io.orrery.engine.state.SharedArray;
import io.orrery.lab.claim.Arm;
import io.orrery.lab.claim.ArmRuns;
import io.orrery.lab.claim.Card;
import io.orrery.lab.claim.CardDraft;
import io.orrery.lab.claim.Claim;
import io.orrery.lab.claim.Evidence;
import io.orrery.lab.claim.Figure;
import io.orrery.lab.claim.Judgement;
import io.orrery.lab.claim.Protocol;
import io.orrery.lab.claim.Provenance;
import io.orrery.lab.claim.Scale;
import io.orrery.lab.data.set.Split;
import io.orrery.lab.data.set.Targets;
import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.Ruling;
import io.orrery.lab.judge.criterion.Level;
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.setup.SpecDocument;
import io.orrery.lab.spec.Serves;
import io.orrery.lab.theory.LinearSpline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Weight decay makes a ReLU network of one input the linear spline of least total variation of the slope. */
@Serves("002-015")
public final class LinearSplineOfDecay implements Claim {
    private static final List<String> LAMBDAS = List.of("0.1", "0.01");
    private static final String PLAIN = "no decay";
    private static final int POINTS = 10;
    private static final String INNER = "norms.frobenius/layers.0.layers.0";
    private static final String OUTER = "norms.frobenius/layers.1";
    private static final String OBJECTIVE = "loss.objective@train";
    private static final String PILOTS = "3001-3010";
    private static final Threshold SAME = Threshold.about(1, 0.01);

    private static final String NORM =
            "half the squared norm of the weights over the least total variation of the slope";
    private static final String LOWEST = "objective over that of the best spline";
    private static final String BALANCE = "norm of the outer weights over that of the inner ones";

    @Override
    public Card card() {
        return new CardDraft("linear-spline-weight-decay", Kind.EFFECT)
                .states(
                        "Weight decay makes a wide ReLU network of one input the linear spline with the least total variation of the"
                                + " slope: trained to the end, half the squared norm of its weights is that variation, and no spline has a"
                                + " lower objective, both within 1%.")
                .source(
                        "Savarese, Evron, Soudry and Srebro 2019, arXiv 1902.05040; Parhi and Nowak 2020, arXiv 1910.02333")
                .literature(
                        "\"For functions f: R -> R and a single hidden layer, we show that the minimal network norm for representing f"
                                + " is max(int |f''(x)| dx, |f'(-inf) + f'(+inf)|), and hence the minimal norm fit for a sample is given by a"
                                + " linear spline interpolation.\" (Savarese et al., abstract; proceedings.mlr.press/v99/savarese19a.html)")
                .because(
                        "A unit a relu(w x + b) bends the function by |a w| at one point. Decay pays (a^2 + w^2) / 2 for it, which is"
                                + " |a w| where |a| = |w| and more elsewhere: the sum of all bends is what is paid in the end.")
                .control(
                        "Of norm and balance, the same network without decay. Of the objective, the best spline for twice the lambda: a"
                                + " wrong law, which must miss the tolerance.")
                .cause("weight decay", "decay.perLayer=[0, 0, 0]")
                .limit(
                        NORM + ", " + BALANCE,
                        SAME,
                        Provenance.argued(
                                "equal within 1%, which is a tenth of what the norm lies above the variation without decay"
                                        + " if it is off by a tenth; an optimizer that came to rest is nearer than that"))
                .limit(
                        LOWEST,
                        SAME,
                        Provenance.argued(
                                "a network cannot be below the best spline, and 1% above it is a fit that no picture tells apart"))
                .refutedBy(
                        "A network at rest whose squared norm or objective lies more than 1% above what the best spline needs.")
                .seenRefuted(
                        "Without decay (pilot seeds 3001-3010) half the squared norm is 5.6 times the variation of the points joined by"
                                + " straight lines, and the outer weights have 0.14 of the norm of the inner ones.")
                .assuming(
                        "One hidden layer of 100 units, biases free; beside it a linear map of the input that does not decay, so that"
                                + " what is paid is the variation of the slope alone (Parhi and Nowak; without it the larger of two terms is paid).")
                .assuming(
                        "Ten evenly spaced points of sin(4 x) with noise 0.1, drawn anew in each seed; full batch; Adam, 20,000 steps, the"
                                + " rate falling from 0.01 to 1e-5 by a cosine. lambda is that of (1/2) sum of squares + (lambda/2) sum of (a^2 + w^2).")
                .assuming(
                        "The best spline is a lasso over knots at the points (Mammen and van de Geer 1997), solved by descent along one"
                                + " coefficient after the other. Where the network's own knots lie is not measured: its objective says that no other"
                                + " function does better.")
                .assuming("Whether the network is at rest is not asked apart: one that is not has a higher objective.")
                .needsItsOwnData("the best spline is that of one input")
                .reads("loss", "norms")
                .pilot(NORM + ", lambda 0.1", 1.000003, 9e-6, PILOTS)
                .pilot(NORM + ", lambda 0.01", 1.0000001, 1.4e-7, PILOTS)
                .pilot("the same without decay", 5.56, 1.01, PILOTS)
                .pilot(LOWEST + ", lambda 0.1", 1.0000001, 3e-7, PILOTS)
                .pilot(BALANCE + ", lambda 0.1", 0.999993, 2.3e-5, PILOTS)
                .quickSeconds(30);
    }

    @Override
    public Protocol protocol(Scale scale) {
        SpecDocument base = Protocol.spec("""
                precision: double
                data: {source: function, train: 10, test: 0, order: full}
                model: {kind: layers, layers: [{kind: residual, layers: [{kind: dense, units: 100}]}], bias: true, outputBias: true}
                loss: {kind: square, half: true}
                optimizer: {kind: adam, learningRate: 0.01}
                schedule: {kind: cosine, finalFactor: 1e-3}
                measure: {instruments: [loss, norms]}
                """).having("stop.steps=" + (scale == Scale.QUICK ? 20_000 : 100_000));
        List<Arm> arms = new ArrayList<>();
        for (String lambda : LAMBDAS) {
            // The spec's loss is a mean over the points, and its decay lambda ||W||^2.
            double decay = Double.parseDouble(lambda) / (2 * POINTS);
            arms.add(Arm.treatment(name(lambda), base.having("decay.perLayer=[" + decay + ", 0, " + decay + "]")));
        }
        arms.add(Arm.control(PLAIN, base.having("decay.perLayer=[0, 0, 0]")));
        return new Protocol(scale == Scale.QUICK ? 10 : 20, arms);
    }

    @Override
    public Judgement judge(Evidence evidence) {
        ArmRuns plain = evidence.arm(PLAIN);
        List<Finding> findings = new ArrayList<>();
        List<Finding> controls = new ArrayList<>();
        for (String lambda : LAMBDAS) {
            ArmRuns arm = evidence.arm(name(lambda));
            add(findings, controls, norm(arm, lambda), norm(plain, lambda));
            add(findings, controls, lowest(arm, lambda, 1), lowest(arm, lambda, 2));
            add(findings, controls, balance(arm, lambda), balance(plain, lambda));
        }
        ArmRuns decayed = evidence.arm(name(LAMBDAS.getFirst()));
        return new Judgement(
                Ruling.of(findings, List.of()),
                Ruling.of(controls, List.of()),
                List.of(normCourse(evidence), splines(decayed)),
                List.of());
    }

    private static void add(List<Finding> findings, List<Finding> controls, Finding finding, Finding control) {
        findings.add(finding);
        controls.add(control.controlling(finding.name()));
    }

    private static Finding norm(ArmRuns arm, String lambda) {
        List<LinearSpline> splines = splines(arm, 1);
        double[] inner = arm.last(INNER);
        double[] outer = arm.last(OUTER);
        return Level.of(
                NORM + ", lambda " + lambda,
                "what decay pays for is the total variation of the slope",
                perSeed(
                        arm,
                        seed -> halfSquares(inner[seed], outer[seed])
                                / splines.get(seed).totalVariation()),
                SAME);
    }

    /** Against the best spline for lambda times a factor; with 1 it is right. */
    private static Finding lowest(ArmRuns arm, String lambda, double factor) {
        List<LinearSpline> splines = splines(arm, factor);
        double[] objective = arm.last(OBJECTIVE);
        return Level.of(
                LOWEST + ", lambda " + lambda,
                "no spline does better than the network",
                perSeed(
                        arm,
                        seed -> POINTS * objective[seed] / splines.get(seed).objective()),
                SAME);
    }

    private static Finding balance(ArmRuns arm, String lambda) {
        double[] inner = arm.last(INNER);
        double[] outer = arm.last(OUTER);
        return Level.of(
                BALANCE + ", lambda " + lambda,
                "at the optimum both layers pay alike",
                perSeed(arm, seed -> outer[seed] / inner[seed]),
                SAME);
    }

    /** The best spline of each seed's points, for the arm's lambda times a factor. */
    private static List<LinearSpline> splines(ArmRuns arm, double factor) {
        double lambda = factor * 2 * POINTS * arm.spec().decay().perLayer().getFirst();
        return arm.runs().stream()
                .map(run -> points(arm, run.seed()))
                .map(points -> LinearSpline.fit(points.x, points.y, lambda))
                .toList();
    }

    private record Points(double[] x, double[] y) {}

    private static Points points(ArmRuns arm, long seed) {
        Split train = arm.spec().data().load(seed, Precision.DOUBLE).train();
        if (!(train.targets() instanceof Targets.Real(SharedArray y))) {
            throw new IllegalStateException("the protocol's targets are real numbers");
        }
        return new Points(train.inputs().doubles(), y.doubles());
    }

    private static double halfSquares(double inner, double outer) {
        return (inner * inner + outer * outer) / 2;
    }

    private static double[] perSeed(ArmRuns arm, IntToDoubleFunction number) {
        return IntStream.range(0, arm.count()).mapToDouble(number).toArray();
    }

    private static Figure normCourse(Evidence evidence) {
        List<Figure.Curve> curves = evidence.arms().stream()
                .map(arm -> {
                    List<LinearSpline> splines = splines(arm, 1);
                    ArmRuns.Course inner = arm.course(INNER);
                    ArmRuns.Course outer = arm.course(OUTER);
                    double[][] values = new double[arm.count()][inner.steps().length];
                    for (int seed = 0; seed < values.length; seed++) {
                        for (int look = 0; look < values[seed].length; look++) {
                            values[seed][look] = halfSquares(inner.values()[seed][look], outer.values()[seed][look])
                                    / splines.get(seed).totalVariation();
                        }
                    }
                    double[] steps =
                            LongStream.of(inner.steps()).asDoubleStream().toArray();
                    return new Figure.Curve(arm.name(), arm.part(), true, steps, values);
                })
                .toList();
        return new Figure(
                "What decay pays, over the least that it could",
                Figure.Axis.logarithmic("step"),
                Figure.Axis.logarithmic("half the squared norm over the total variation"),
                curves,
                List.of(new Figure.Mark("the best spline", 1)),
                "Median and range over seeds. With decay the norm falls to the total variation of the best spline's slope for the"
                        + " same lambda; without, it stays above that of the points joined by straight lines.");
    }

    /** The first seed's points with the best splines for both lambdas. */
    private static Figure splines(ArmRuns arm) {
        if (arm.count() == 0) {
            return new Figure(
                    "The best splines",
                    Figure.Axis.linear("x"),
                    Figure.Axis.linear("y"),
                    List.of(),
                    List.of(),
                    "No runs.");
        }
        Points points = points(arm, arm.runs().getFirst().seed());
        double[] grid =
                IntStream.rangeClosed(0, 200).mapToDouble(i -> i / 100.0 - 1).toArray();
        List<Figure.Curve> curves = new ArrayList<>();
        for (String lambda : LAMBDAS) {
            LinearSpline spline = LinearSpline.fit(points.x, points.y, Double.parseDouble(lambda));
            curves.add(
                    new Figure.Curve("best spline, lambda " + lambda, Arm.Part.TREATMENT, true, grid, new double[][] {
                        Arrays.stream(grid).map(spline::at).toArray()
                    }));
        }
        curves.add(new Figure.Curve("points", Arm.Part.CONTROL, false, points.x, new double[][] {points.y}));
        return new Figure(
                "The best splines of one seed's points",
                Figure.Axis.linear("x"),
                Figure.Axis.linear("y"),
                curves,
                List.of(),
                "What the networks are held against: straight pieces that meet at points of the sample, fewer of them the larger"
                        + " lambda. The networks' objectives equal theirs.");
    }

    private static String name(String lambda) {
        return "lambda " + lambda;
    }
}
