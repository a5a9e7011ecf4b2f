package io.orrery.lab.claim.signal;

import io.orrery.lab.claim.Arm;
import io.orrery.lab.claim.ArmRuns;
import io.orrery.lab.claim.Card;
import io.orrery.lab.claim.CardDraft;
import io.orrery.lab.claim.Claim;
import io.orrery.lab.claim.ComputedCurves;
import io.orrery.lab.claim.Evidence;
import io.orrery.lab.claim.Figure;
import io.orrery.lab.claim.Judgement;
import io.orrery.lab.claim.Protocol;
import io.orrery.lab.claim.Provenance;
import io.orrery.lab.claim.Scale;
import io.orrery.lab.claim.Sentence;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.Ruling;
import io.orrery.lab.judge.criterion.Comparison;
import io.orrery.lab.judge.criterion.Level;
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.judge.statistics.Values;
import io.orrery.lab.spec.Serves;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Attention that is centred on the identity and tempered by the width keeps tokens apart, as a stochastic equation in depth / width says. */
@Serves("002-190")
public final class ShapedAttention implements Claim {
    private static final String SERIES = AttentionCovariance.NAME + ".";
    private static final String SHAPED = "shaped attention";
    private static final String PLAIN = "plain softmax";
    private static final List<String> SPREADS = List.of("log-square-deviation", "correlation-deviation");
    private static final List<String> WORDS = List.of(
            "the deviation of the logarithm of a token's mean square",
            "the deviation of the correlation of two tokens");
    private static final String PILOTS = "3001-3010";

    private static final double SAME = 0.1;
    private static final Threshold APART = Threshold.atMost(0.5);
    private static final String ALIKE = "mean correlation of two tokens at the top";

    @Override
    public Card card() {
        return new CardDraft("shaped-attention", Kind.EFFECT)
                .states(
                        "In deep networks of shaped attention the covariance between tokens spreads as a stochastic differential equation in"
                                + " depth / width says, within 10%, and tokens stay apart; with plain softmax and no skip connection they become one.")
                .source("Noci, Li, Li, He, Hofmann, Maddison and Roy 2023, arXiv 2306.17759")
                .literature(
                        "\"We show that at initialization the limiting distribution can be described by a stochastic differential equation (SDE)"
                                + " indexed by the depth-to-width ratio. [...] The existence of a stable SDE implies that the covariance structure is"
                                + " well-behaved, even for very large depth and width, thus preventing the notorious issues of rank degeneracy in"
                                + " deep attention models. Finally, we show, through simulations, that the SDE provides a surprisingly good"
                                + " description of the corresponding finite-size model.\" (abstract)")
                .because(
                        "With logits of the order 1 / sqrt(width) a layer mixes tokens by little more than chance, so that changes add up like a random"
                                + " walk. A plain softmax averages over tokens in every layer.")
                .control(
                        "Of the equation, the same at half of the depth. Of tokens that stay apart, plain softmax without skip connection.")
                .cause("shaped attention", "shaped=0")
                .limit(
                        "spread in networks over that along the equation",
                        Threshold.about(1, SAME),
                        Provenance.argued(
                                "the equation leaves out terms of the order 1 / sqrt(width); at half of the depth the spread is"
                                        + " smaller by about sqrt 2"))
                .limit(
                        ALIKE,
                        APART,
                        Provenance.argued(
                                "tokens begin at 0.2; halfway to being one is a loss that anyone would notice"))
                .refutedBy("Spreads that miss the equation's by more than a tenth, or tokens that become alike.")
                .seenRefuted(
                        "Held against the equation at half of the depth (pilot seeds 3001-3010) spreads are 1.35 to 1.41 times what it"
                                + " says; with plain softmax the mean correlation is 1 to four digits.")
                .assuming(
                        "4 tokens with mean square 1 and correlation 0.2, width and depth 64, one head as wide, temperature 1, squared weight of the"
                                + " attention branch 0.1; 400 networks and 800 paths of the equation, in steps of one layer.")
                .assuming(
                        "The equation is derived, not read. Its drift is of the third power in the covariance: single paths explode. With a branch"
                                + " weight of 0.15, as first piloted, some did before depth = width in 3 of the seeds 3001-3010, so it was taken smaller."
                                + " The covariance itself has no mean to be compared where that can happen. Logarithms and correlations are, which no rare path decides.")
                .assuming(
                        "Weights are not drawn: given a layer's input, values, queries and keys are normal vectors of known covariance.")
                .free("tokens", "width", "networks", "paths")
                .pilot(
                        "logarithm of the spread of log mean squares over the equation's, depth 1/2",
                        -0.006,
                        0.025,
                        PILOTS)
                .pilot("the same at depth 1", -0.017, 0.022, PILOTS)
                .pilot("logarithm of the spread of correlations over the equation's, depth 1/2", -0.001, 0.015, PILOTS)
                .pilot("the same at depth 1", -0.002, 0.022, PILOTS)
                .pilot(ALIKE, 0.183, 0.0077, PILOTS)
                .quickSeconds(10);
    }

    @Override
    public Protocol protocol(Scale scale) {
        boolean quick = scale == Scale.QUICK;
        AttentionCovariance attention = new AttentionCovariance();
        Setting shaped = Setting.empty()
                .with("tokens", 4)
                .with("width", quick ? 64 : 128)
                .with("mix", 0.1)
                .with("temperature", 1)
                .with("shaped", 1)
                .with("correlation", 0.2)
                .with("networks", 400)
                .with("paths", 800);
        return Protocol.of(
                quick ? 10 : 20,
                Arm.treatment(SHAPED, attention, shaped),
                Arm.control(
                        PLAIN,
                        attention,
                        shaped.with("shaped", 0).with("networks", 20).with("paths", 2)));
    }

    @Override
    public Judgement judge(Evidence evidence) {
        ArmRuns shaped = evidence.arm(SHAPED);
        List<Finding> findings = new ArrayList<>();
        List<Finding> wrong = new ArrayList<>();
        for (int kind = 0; kind < SPREADS.size(); kind++) {
            for (int place = 1; place < AttentionCovariance.QUARTERS.length; place++) {
                findings.add(spread(shaped, kind, place, place));
                wrong.add(spread(shaped, kind, place, place - 1));
            }
        }
        return new Judgement(
                List.of(
                        Sentence.ofSource(
                                "Through simulations, the SDE provides a surprisingly good description of the corresponding finite-size model.",
                                "Noci et al. 2023, abstract, arxiv.org/abs/2306.17759",
                                Ruling.of(findings, List.of()),
                                Ruling.of(wrong, List.of())),
                        Sentence.ours(
                                "Shaped attention keeps tokens apart at a depth equal to the width; plain softmax without a skip connection makes"
                                        + " them one.",
                                Ruling.of(alike(shaped)),
                                Ruling.of(alike(evidence.arm(PLAIN))))),
                List.of(
                        courses(List.of(shaped, evidence.arm(PLAIN))),
                        spreads(
                                shaped,
                                "log-square-deviation",
                                "The spread of a token's size",
                                "deviation of the logarithm of its mean square"),
                        spreads(shaped, "correlation-deviation", "The spread of correlations", "deviation")),
                List.of());
    }

    private static Finding spread(ArmRuns arm, int kind, int place, int equationPlace) {
        String depth = AttentionCovariance.QUARTERS[place] + "/4 of the width";
        return Comparison.equal(
                WORDS.get(kind) + " at depth " + depth,
                "networks spread as the equation says",
                new Values(WORDS.get(kind) + " in networks", at(arm, SPREADS.get(kind), place)),
                new Values("that along the equation", at(arm, "sde-" + SPREADS.get(kind), equationPlace)),
                SAME);
    }

    private static Finding alike(ArmRuns arm) {
        return Level.of(
                ALIKE, "tokens stay apart", at(arm, "correlation", AttentionCovariance.QUARTERS.length - 1), APART);
    }

    private static double[] at(ArmRuns arm, String series, int place) {
        return Arrays.stream(arm.lastVectors(SERIES + series))
                .mapToDouble(seed -> place < seed.length ? seed[place] : Double.NaN)
                .toArray();
    }

    private static Figure courses(List<ArmRuns> arms) {
        ArmRuns shaped = arms.getFirst();
        double[] shares = IntStream.rangeClosed(0, shaped.setting().whole("width"))
                .mapToDouble(layer -> layer / shaped.setting().get("width"))
                .toArray();
        List<Figure.Curve> curves = new ArrayList<>();
        arms.forEach(arm -> curves.add(ComputedCurves.of(arm.name(), arm.part(), arm, SERIES + "course", shares)));
        curves.add(ComputedCurves.of("the equation", Arm.Part.TREATMENT, shaped, SERIES + "sde-course", shares));
        return new Figure(
                "How alike tokens are",
                Figure.Axis.linear("depth / width"),
                Figure.Axis.linear("mean correlation of two tokens"),
                curves,
                List.of(),
                "With plain softmax all tokens are one after a few layers. Median and range over seeds.");
    }

    private static Figure spreads(ArmRuns arm, String series, String title, String axis) {
        double[] places = Arrays.stream(AttentionCovariance.QUARTERS)
                .mapToDouble(quarter -> quarter / 4.0)
                .toArray();
        return new Figure(
                title,
                Figure.Axis.linear("depth / width"),
                Figure.Axis.linear(axis),
                List.of(
                        ComputedCurves.of("networks", Arm.Part.TREATMENT, arm, SERIES + series, places),
                        ComputedCurves.of("the equation", Arm.Part.CONTROL, arm, SERIES + "sde-" + series, places)),
                List.of(),
                "Over networks, and over paths of the equation. Nothing is fitted.");
    }
}
