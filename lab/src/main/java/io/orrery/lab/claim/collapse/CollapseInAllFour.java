package io.orrery.lab.claim.collapse;

import static io.orrery.lab.claim.collapse.CollapseProtocols.ACCURACY;
import static io.orrery.lab.claim.collapse.CollapseProtocols.NC1;

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
import io.orrery.lab.claim.Sentence;
import io.orrery.lab.claim.rho.RhoProtocols;
import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.Requirement;
import io.orrery.lab.judge.Ruling;
import io.orrery.lab.judge.criterion.Comparison;
import io.orrery.lab.judge.criterion.Level;
import io.orrery.lab.judge.statistics.Range;
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.judge.statistics.Values;
import io.orrery.lab.setup.SpecDocument;
import io.orrery.lab.spec.Serves;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** All four properties of collapse on ordinary networks under the square loss, with each ingredient and without decay (P22). */
@Serves({"001-02", "001-03", "001-07"})
public final class CollapseInAllFour implements Claim {
    private static final String ALL_THREE = "mini-batches, weight-normalized";
    private static final String PLAIN = "mini-batches, plain";
    private static final String FULL = "full batch, plain";
    private static final String SPHERE = "mini-batches, on the sphere";
    private static final String DECAY = ", decay";
    private static final String NONE = ", no decay";

    private static final String NC2 = "neural-collapse.maximal-angle-means@train";
    private static final String NC3 = "neural-collapse.self-duality-centred@train";
    private static final String RHO = "norms.rho";
    private static final String NC4 = "neural-collapse.nc4@train";

    private static final Threshold FALLS = Threshold.atMost(0.1);
    private static final Threshold SIMPLEX = Threshold.atMost(0.05);
    /** 2 - 2 cos: a cosine of 0.99. */
    private static final Threshold DUAL = Threshold.atMost(0.02);

    private static final Threshold NEAREST = Threshold.atMost(0.01);
    private static final Threshold FIFTH = Threshold.atMost(0.2);
    private static final Threshold VANISHED = Threshold.atLeast(0.999);

    @Override
    public Card card() {
        return new CardDraft("collapse-in-all-four", Kind.EFFECT, "C6", "P22")
                .states(
                        "Dense networks trained far beyond zero training error with the square loss and decay, with mini-batches or"
                                + " the full batch, show all four properties of collapse. On the sphere, where layers keep a Frobenius"
                                + " norm of 1, NC1 falls tenfold without decay too, at a norm rho far below that of a plain network without decay.")
                .source(
                        "Press text on Xu, Rangamani, Banburski, Liao, Galanti and Poggio 2023, Dynamics in Deep Classifiers trained"
                                + " with the Square Loss; definitions of Papyan, Han and Donoho 2020, arXiv 2008.08186")
                .literature(
                        "The press text has it that networks with SGD, weight decay and weight normalization \"will display neural"
                                + " collapse if they are trained to fit their training data\". It states no sizes.")
                .because(
                        "Decay charges for the norm that a fit needs: least norm is largest margin, which for classes that are alike is a"
                                + " simplex, one point for each class and classifiers along the means. What does the same on the sphere"
                                + " without decay is not established. One reading: the gradient of the scale, 2 mu - 2 rho M, vanishes with"
                                + " the residual, so a small start leaves a small norm within which all is fitted. The start was not varied"
                                + " in judged runs, and pilots do not bear the reading out: begun at rho 100, one seed collapsed (NC1 2e-9)"
                                + " and one did not fit; begun at 300 none trained.")
                .control(
                        "For NC1 and NC3 of the source the network that has none of the three ingredients, of ours the same networks"
                                + " without decay; for NC2 and NC4, to which fitting alone comes near, the network before training. For NC1"
                                + " on the sphere without decay the plain network without decay, for its norm the full batch over"
                                + " mini-batches. So NC2 and NC4 say nothing about decay: a plain network without it ends at an NC2 of"
                                + " 0.059 (0.043 to 0.075, pilots), not told from the limit. The sphere without decay was a control of NC1"
                                + " at first, whose effect it does not exclude (0.126, 0.097 to 0.165, pilots).")
                .limit(
                        "NC1 at the end over NC1 when the training error first vanished",
                        FALLS,
                        Provenance.argued("tenfold, as in neural-collapse and collapse-needs-its-ingredients"))
                .limit(
                        "NC2: mean distance of cosines of centred class means from -1 / (K - 1)",
                        SIMPLEX,
                        Provenance.arguedLate("5% of the range of a cosine's upper half"))
                .limit(
                        "NC3: squared distance of normalized classifiers and centred means, the mean classifier taken away",
                        DUAL,
                        Provenance.arguedLate("2 - 2 cos at a cosine of 0.99"))
                .limit(
                        "NC4: share of examples not decided as by the nearest class mean",
                        NEAREST,
                        Provenance.arguedLate("one in a hundred"))
                .limit(
                        "norm rho on the sphere over that of the plain network, both without decay",
                        FIFTH,
                        Provenance.arguedLate("no more than a fifth; pilots had a fourteenth"))
                .cause("weight decay", "decay.lambda=0")
                .refutedBy(
                        "An ingredient list with which one of the four stays away; or NC1 on the sphere that does not fall without decay.")
                .assuming(
                        "Four clusters in 100 dimensions, so that their means are nearly alike: in 20 dimensions (pilots 3001-3004, P22's"
                                + " data) the angles of the data stay in the features, NC2 at 0.03 to 0.07 and the cosine of duality at"
                                + " 0.87 to 0.99, whatever the decay tried (5e-4 to 5e-3). Dimensions, spread and decay were chosen on pilots,"
                                + " the spread partly so that the control is told apart, before the judged runs.")
                .assuming(
                        "Without a bias in the last layer classifiers of free features are an orthogonal frame, so NC3 is read with their"
                                + " mean taken away (core theory 3); NC2 is that of the class means.")
                .assuming(
                        "Normalization in the source's list is Salimans and Kingma's, in which decay acts on the weights' scales; the"
                                + " sphere is the paper's theory, in which it acts on rho alone.")
                .free("model.widths")
                .reads("neural-collapse", "loss", "norms")
                .seenRefuted(
                        "Pilot seeds 3001-3010, plain and without decay: NC1 ends at 0.14 of what it was when the error vanished (0.115 to"
                                + " 0.171) and NC3 at 0.505 (0.472 to 0.538). NC2 is 0.059 there (0.043 to 0.075), which ten seeds do not"
                                + " tell from 0.05: that the simplex takes decay is not claimed. That decay halves NC3 on the sphere was asked"
                                + " first: 0.73 (0.36 to 1.5), undecided, and left out.")
                .quickSeconds(45);
    }

    @Override
    public Protocol protocol(Scale scale) {
        boolean quick = scale == Scale.QUICK;
        SpecDocument base = CollapseProtocols.classifier(Scale.QUICK)
                .having("data.dimensions=100")
                .having("data.spread=2.2")
                .having("stop.steps=" + (quick ? 5000 : 20000))
                .having("measure.at=" + (quick ? "[3300]" : "[13000]"))
                .having("measure.instruments=[loss, neural-collapse, norms]")
                .having("measure.perDecade=5");
        base = quick ? base : base.having("model.widths=[256, 256]").having("data.perCluster=100");
        SpecDocument normalized = base.having("model.normalization=weight");
        SpecDocument full = base.having("data.order=full");
        SpecDocument sphere = base.having("model.normalization=frobenius").having("model.initialRho=30");
        List<Arm> arms = new ArrayList<>();
        arms.add(Arm.treatment(ALL_THREE + DECAY, normalized.having("decay.lambda=3e-3")));
        arms.add(Arm.treatment(PLAIN + DECAY, base.having("decay.lambda=2e-3")));
        arms.add(Arm.treatment(PLAIN + NONE, base.having("decay.lambda=0")));
        arms.add(Arm.treatment(FULL + DECAY, full.having("decay.lambda=2e-3")));
        arms.add(Arm.control(FULL + NONE, full.having("decay.lambda=0")));
        arms.add(Arm.treatment(SPHERE + DECAY, sphere.having("decay.lambda=1e-4")));
        arms.add(Arm.treatment(SPHERE + NONE, sphere.having("decay.lambda=0")));
        return new Protocol(quick ? 10 : 5, arms);
    }

    @Override
    public Judgement judge(Evidence evidence) {
        ArmRuns all = evidence.arm(ALL_THREE + DECAY);
        List<ArmRuns> arms = evidence.arms();
        return new Judgement(
                List.of(
                        Sentence.ofSource(
                                "Deep networks which have the three ingredients of stochastic gradient descent (SGD), weight decay"
                                        + " regularization (WD), and weight normalization (WN) will display neural collapse if they are"
                                        + " trained to fit their training data.",
                                "press text \"Latest insights into training dynamics of deep classifiers\" (reworded), on Xu,"
                                        + " Rangamani, Banburski, Liao, Galanti and Poggio 2023, paragraph 5",
                                Ruling.of(four(all, false), conditions(all)),
                                Ruling.of(four(evidence.arm(FULL + NONE), true), List.of())),
                        ours(evidence)),
                List.of(
                        course(
                                "NC1",
                                "Within-class variability over training",
                                NC1,
                                arms,
                                List.of(),
                                "Low values are collapse."),
                        course(
                                "mean distance of a cosine from -1 / (K - 1)",
                                "NC2: class means and the simplex",
                                NC2,
                                arms,
                                List.of(new Figure.Mark("threshold", 0.05)),
                                "Without decay angles stay where fitting left them."),
                        course(
                                "squared distance of classifiers and means",
                                "NC3: duality of classifiers and class means",
                                NC3,
                                arms,
                                List.of(new Figure.Mark("cosine 0.99", 0.02)),
                                "Without decay classifiers stay away from the means, on the sphere less than elsewhere."),
                        course(
                                "share of examples",
                                "NC4: decisions that are not those of the nearest class mean",
                                NC4,
                                arms,
                                List.of(),
                                "Decisions become those of the nearest class mean with fitting, decay or not.")),
                List.of());
    }

    private static Figure course(
            String axis, String title, String series, List<ArmRuns> arms, List<Figure.Mark> marks, String caption) {
        return Figure.course(
                title, Figure.Axis.logarithmic(axis), arms, series, marks, caption + " Median and range over seeds.");
    }

    private Sentence ours(Evidence evidence) {
        ArmRuns plain = evidence.arm(PLAIN + DECAY);
        ArmRuns full = evidence.arm(FULL + DECAY);
        ArmRuns sphere = evidence.arm(SPHERE + DECAY);
        ArmRuns free = evidence.arm(SPHERE + NONE);
        ArmRuns none = evidence.arm(PLAIN + NONE);
        return Sentence.ours(
                card().statement(),
                Ruling.of(
                        Stream.of(
                                        four(plain, false),
                                        four(full, false),
                                        List.of(falls(sphere), falls(free), norm(free, none)))
                                .flatMap(List::stream)
                                .toList(),
                        conditions(plain, full, sphere, free, none)),
                Ruling.of(
                        Stream.of(
                                        four(none, true),
                                        four(evidence.arm(FULL + NONE), true),
                                        List.of(falls(none), falls(none), norm(evidence.arm(FULL + NONE), none)))
                                .flatMap(List::stream)
                                .toList(),
                        List.of()));
    }

    /** NC1 to NC4 at the end; asked of a control, NC2 and NC4 are those before training. */
    private static List<Finding> four(ArmRuns arm, boolean untrained) {
        return List.of(
                falls(arm),
                level(
                        untrained ? "NC2 before training" : "NC2",
                        "class means become a simplex",
                        arm,
                        untrained ? arm.first(NC2) : arm.last(NC2),
                        SIMPLEX),
                level("NC3", "classifiers have a cosine of 0.99 with the class means", arm, arm.last(NC3), DUAL),
                level(
                        untrained ? "NC4 before training" : "NC4",
                        "decisions are those of the nearest class mean",
                        arm,
                        untrained ? arm.first(NC4) : arm.last(NC4),
                        NEAREST));
    }

    private static Finding level(String name, String statement, ArmRuns arm, double[] values, Threshold threshold) {
        return Level.of(name + ", " + arm.name() + ",", statement, values, threshold)
                .in(Range.POSITIVE);
    }

    private static Finding falls(ArmRuns arm) {
        return Comparison.ratio(
                "NC1 at the end over NC1 when the training error first vanished, " + arm.name(),
                "once the training error has vanished, NC1 falls to a tenth or less",
                new Values("NC1 at the end, " + arm.name() + ",", arm.last(NC1)),
                new Values("that when the training error first vanished", whenItVanished(arm)),
                FALLS);
    }

    private static Finding norm(ArmRuns arm, ArmRuns plain) {
        return Comparison.ratio(
                "rho at the end, " + arm.name() + " over " + plain.name(),
                "the sphere fits with a fifth of the plain network's norm",
                new Values("rho of " + arm.name(), arm.last(RHO)),
                new Values("that of " + plain.name(), plain.last(RHO)),
                FIFTH);
    }

    /** NC1 at the first look at which the training error has vanished; NaN in a seed in which it never does. */
    private static double[] whenItVanished(ArmRuns arm) {
        ArmRuns.Course accuracy = arm.course(ACCURACY);
        return RhoProtocols.perSeed(
                arm.count(),
                seed -> IntStream.range(0, accuracy.steps().length)
                        .filter(look -> VANISHED.holds(accuracy.values()[seed][look]))
                        .mapToLong(look -> accuracy.steps()[look])
                        .mapToDouble(step -> arm.at(NC1, step)[seed])
                        .findFirst()
                        .orElse(Double.NaN));
    }

    private static List<Requirement> conditions(ArmRuns... arms) {
        return Stream.of(arms)
                .map(arm -> Requirement.all(
                        "fitted, " + arm.name(), "training accuracy of " + arm.name(), arm.last(ACCURACY), VANISHED))
                .toList();
    }
}
