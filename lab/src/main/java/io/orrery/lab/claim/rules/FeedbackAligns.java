package io.orrery.lab.claim.rules;

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
import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.Ruling;
import io.orrery.lab.judge.criterion.Comparison;
import io.orrery.lab.judge.criterion.Level;
import io.orrery.lab.judge.statistics.Range;
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.judge.statistics.Values;
import io.orrery.lab.setup.SpecDocument;
import io.orrery.lab.spec.Serves;
import java.util.List;
import java.util.stream.IntStream;

/** Fixed random feedback trains hidden layers, whose directions come to agree with the gradient; where not, they learn as well. */
@Serves("002-110")
public final class FeedbackAligns implements Claim {
    private static final String FIXED = "clusters, fixed feedback";
    private static final String REDRAWN = "clusters, redrawn feedback";
    private static final String SIGNS_BACK = "signs, back-propagation";
    private static final String SIGNS_FIXED = "signs, fixed feedback";
    private static final String SIGNS_REDRAWN = "signs, redrawn feedback";

    private static final List<String> HIDDEN = List.of("layers.0", "layers.1");
    private static final String COSINE = "rule-direction.cosine/";
    private static final String TEST = "loss.accuracy@test";

    private static final String RISE = "rise of the cosine in the hidden layer where it rises least";
    private static final String BEHIND = "test accuracy on the product of signs behind back-propagation";
    private static final String FIRST = "mean cosine of the first layer on the product of signs";

    private static final Threshold RISES = Threshold.atLeast(0.15);
    private static final Threshold NEAR = Threshold.atMost(0.04);
    private static final Threshold ALIGNED = Threshold.atLeast(0.15);

    private static final String SOURCE =
            "Refinetti, d'Ascoli, Ohana and Goldt 2021, Align, then memorise: the dynamics of learning with feedback alignment, arXiv"
                    + " 2011.12428, abstract";

    @Override
    public Card card() {
        return new CardDraft("direct-feedback-alignment", Kind.EFFECT)
                .states(
                        "Fixed random feedback trains hidden layers: on clusters their directions come to agree with the gradient, and a product of"
                                + " two signs, which needs features, is learned as well as by back-propagation.")
                .source(SOURCE)
                .literature(
                        "\"Learning in shallow networks proceeds in two steps: an alignment phase, where the model adapts its weights to"
                                + " align the approximate gradient with the true gradient of the loss function, is followed by a"
                                + " memorisation phase, where the model focuses on fitting the data.\" No sizes. The rule is Nokland's 2016"
                                + " (arXiv 1609.01596).")
                .because(
                        "Hidden units move along the feedback times the error; the weights above, which learn by the gradient, then find"
                                + " units that carry it, and grow towards the transposed feedback.")
                .control(
                        "Feedback of the same size drawn anew in each step: hidden layers are told of the error as much, but there is"
                                + " nothing to which the weights above could turn.")
                .cause("fixed feedback", "rule={kind: direct-feedback-alignment, redrawn: true}")
                .limit(
                        RISE,
                        RISES,
                        Provenance.argued(
                                "of a cosine that begins near 0 and that chance moves by less than 0.05 in layers of 6,000"
                                        + " and 10,000 weights"))
                .limit(BEHIND, NEAR, Provenance.arguedLate("four points, of the fifty between chance and all"))
                .limit(FIRST, ALIGNED, Provenance.arguedLate("the same as for the rise, held throughout"))
                .refutedBy(
                        "Directions that stay as far from the gradient as they began, or a product of signs that is learned no better than"
                                + " with feedback drawn anew.")
                .assuming(
                        "The direction of a layer's weights is that which the rule hands to the update, averaged over 16 batches, beside"
                                + " the gradient of the same batches.")
                .assuming(
                        "Two tasks: ten Gaussian clusters, where random features would do, so that learning says little of hidden layers;"
                                + " and the product of the first two of 16 signs, which no linear map of the inputs tells.")
                .assuming(
                        "The last sentence, that directions agree there too, was thought of on pilot seeds, on which the first layer's"
                                + " cosine was below 0 while all test examples were learned.")
                .free("data.train")
                .reads("loss", "rule-direction")
                .pilot(RISE, 0.416, 0.024, "3001-3010")
                .pilot(BEHIND, 0, 0, "3001-3010")
                .pilot(FIRST, 0.012, 0.092, "3001-3010")
                .seenRefuted(
                        "the controls, seeds 3001-3010: with redrawn feedback the cosine rises by -0.04, and test accuracy on signs is"
                                + " 0.50, 0.50 behind. The last sentence on the treatment itself: 0.01.")
                .quickSeconds(15);
    }

    @Override
    public Protocol protocol(Scale scale) {
        boolean quick = scale == Scale.QUICK;
        SpecDocument clusters = Protocol.spec("""
                data: %s
                model: {kind: mlp, widths: %s, activation: tanh, bias: true}
                loss: {kind: cross-entropy}
                optimizer: {kind: sgd, learningRate: 0.1, momentum: 0}
                decay: {lambda: 0}
                stop: {steps: %d}
                measure: {instruments: [loss, rule-direction], perDecade: 4}
                """.formatted(
                        quick
                                ? "{source: gaussian-mixture, train: 1000, test: 1000, batchSize: 50}"
                                : "{source: mnist, perClass: 500, unitNorm: true, batchSize: 50}",
                        quick ? "[100, 100]" : "[256, 256]",
                        quick ? 600 : 6000));
        SpecDocument signs = Protocol.spec("""
                data: {source: xor, train: %d, test: 1000, dimensions: %d, unitNorm: true, batchSize: 50}
                model: {kind: mlp, widths: %s, activation: tanh, bias: true}
                loss: {kind: cross-entropy}
                optimizer: {kind: sgd, learningRate: 0.05, momentum: 0.9}
                decay: {lambda: 0}
                stop: {steps: %d}
                measure: {instruments: [loss, rule-direction], perDecade: 4}
                """.formatted(
                        quick ? 1000 : 4000, quick ? 16 : 30, quick ? "[100, 100]" : "[256, 256]", quick ? 600 : 6000));
        String fixed = "rule={kind: direct-feedback-alignment}";
        String redrawn = "rule={kind: direct-feedback-alignment, redrawn: true}";
        return Protocol.of(
                10,
                Arm.treatment(FIXED, clusters.having(fixed)),
                Arm.control(REDRAWN, clusters.having(redrawn)),
                Arm.treatment(SIGNS_BACK, signs),
                Arm.treatment(SIGNS_FIXED, signs.having(fixed)),
                Arm.control(SIGNS_REDRAWN, signs.having(redrawn)));
    }

    @Override
    public Judgement judge(Evidence evidence) {
        ArmRuns fixed = evidence.arm(FIXED);
        ArmRuns redrawn = evidence.arm(REDRAWN);
        ArmRuns back = evidence.arm(SIGNS_BACK);
        ArmRuns signs = evidence.arm(SIGNS_FIXED);
        ArmRuns signsRedrawn = evidence.arm(SIGNS_REDRAWN);
        return new Judgement(
                List.of(
                        Sentence.ofSource(
                                "The model adapts its weights to align the approximate gradient with the true gradient of the loss"
                                        + " function (the first of the source's two steps in shallow networks; asked of two hidden layers,"
                                        + " and not which step comes first).",
                                SOURCE,
                                Ruling.of(rise(fixed)),
                                Ruling.of(rise(redrawn))),
                        Sentence.ours(
                                card().statement(),
                                Ruling.of(rise(fixed), behind(back, signs)),
                                Ruling.of(rise(redrawn), behind(back, signsRedrawn))),
                        Sentence.ours(
                                        "Where features must be learned, directions of the first layer agree with the gradient too.",
                                        Ruling.of(first(signs)),
                                        Ruling.of(first(signsRedrawn)))
                                .exploratory(
                                        "the question came from the pilot seeds 3001-3003; it is judged on fresh ones")),
                List.of(
                        cosines(
                                "Clusters: the first layer's direction and the gradient",
                                List.of(fixed, redrawn),
                                "layers.0"),
                        cosines(
                                "Clusters: the second layer's direction and the gradient",
                                List.of(fixed, redrawn),
                                "layers.1"),
                        Figure.course(
                                "A product of two signs: test accuracy",
                                Figure.Axis.linear("test accuracy"),
                                List.of(back, signs, signsRedrawn),
                                TEST,
                                List.of(),
                                "Median and range over seeds; 0.5 is chance."),
                        cosines(
                                "Signs: the first layer's direction and the gradient",
                                List.of(signs, signsRedrawn),
                                "layers.0"),
                        cosines(
                                "Signs: the second layer's direction and the gradient",
                                List.of(signs, signsRedrawn),
                                "layers.1")),
                List.of());
    }

    private static Figure cosines(String title, List<ArmRuns> arms, String layer) {
        return Figure.course(
                title,
                Figure.Axis.linear("cosine"),
                arms,
                COSINE + layer,
                List.of(new Figure.Mark("no agreement", 0)),
                "Median and range over seeds; at 0 the rule moves across the gradient, below it against.");
    }

    private static Finding rise(ArmRuns arm) {
        return Level.of(
                "the " + RISE + ", " + arm.name() + ",",
                "directions of all hidden layers come to agree with the gradient",
                rises(arm),
                RISES);
    }

    /** The least over hidden layers, seed by seed. */
    private static double[] rises(ArmRuns arm) {
        List<double[]> layers = HIDDEN.stream()
                .map(layer -> {
                    double[] first = arm.first(COSINE + layer);
                    double[] last = arm.last(COSINE + layer);
                    return IntStream.range(0, last.length)
                            .mapToDouble(seed -> last[seed] - first[seed])
                            .toArray();
                })
                .toList();
        return IntStream.range(0, arm.count())
                .mapToDouble(seed -> Math.min(layers.getFirst()[seed], layers.getLast()[seed]))
                .toArray();
    }

    private static Finding behind(ArmRuns back, ArmRuns arm) {
        return Comparison.difference(
                BEHIND,
                "a product of two signs is learned as well as by back-propagation",
                new Values("the test accuracy of " + back.name(), back.last(TEST)),
                new Values("that of " + arm.name(), arm.last(TEST)),
                NEAR);
    }

    private static Finding first(ArmRuns arm) {
        return Level.of(
                        "the mean over looks of the first layer's cosine, " + arm.name() + ",",
                        "the first layer's direction agrees with the gradient",
                        arm.meanFrom(COSINE + HIDDEN.getFirst(), 1),
                        ALIGNED)
                .in(Range.COSINE);
    }
}
