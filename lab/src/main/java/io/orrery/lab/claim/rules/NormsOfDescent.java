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
import io.orrery.lab.judge.criterion.Exactly;
import io.orrery.lab.judge.statistics.Plain;
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.math.Descriptive;
import io.orrery.lab.setup.SpecDocument;
import io.orrery.lab.spec.Serves;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Adam without its averages is steepest descent under the largest coordinate: whole runs are the same. */
@Serves("002-148")
public final class NormsOfDescent implements Claim {
    private static final String SIGN = "sign";
    private static final String BARE = "Adam without averages";
    private static final String AVERAGED = "Adam, second moment averaged";
    private static final String SPECTRAL = "spectral";
    private static final String SGD = "gradient descent";
    private static final String ADAM = "Adam";

    private static final String LOSS = "loss.loss@train";
    private static final String MOVED = "distance.relative";
    private static final double TOLERANCE = 1e-5;

    private static final String LOSSES = "the losses of a run of Adam without averages beside sign descent";
    private static final String DISTANCES =
            "the distances of its weights from their start beside those of sign descent";

    private static final String SOURCE =
            "Bernstein and Newhouse 2024, Old Optimizer, New Norm: An Anthology, arXiv 2409.20325, abstract";

    @Override
    public Card card() {
        return new CardDraft("norm-descent", Kind.IDENTITY)
                .states(
                        "Adam with its averages switched off is sign descent, steepest descent under the largest coordinate: a whole run of"
                                + " the one is a run of the other.")
                .source(SOURCE)
                .literature(
                        "\"After switching off exponential moving averages, each method [Adam, Shampoo, Prodigy] is equivalent to steepest"
                                + " descent under a particular norm.\"")
                .because(
                        "Without averages the first moment is g and the root of the second |g|: their ratio is the sign of g, which is where"
                                + " a step of largest coordinate 1 goes farthest down.")
                .control(
                        "Adam whose second moment is averaged at the rate 0.99, the first still not: the same protocol and tolerance must"
                                + " tell it from sign descent.")
                .cause("averages switched off", "optimizer.beta2=0.99")
                .limit(
                        LOSSES,
                        Threshold.atMost(TOLERANCE),
                        Provenance.argued(
                                "rounding of 1e-16 a step, which training multiplies: a thousandth of what the control must differ by, 1e-2"))
                .limit(DISTANCES, Threshold.atMost(TOLERANCE), Provenance.argued("the same"))
                .refutedBy(
                        "Losses or distances that differ by more than 1e-5 of themselves at any look: then Adam or sign descent errs.")
                .assuming(
                        "Adam's epsilon, which keeps 0 / 0 away, is 1e-30; tanh units, so that no gradient is exactly 0; double precision;"
                                + " 300 steps, over which rounding does not grow to what the tolerance would see.")
                .assuming(
                        "Of the three methods of the source only Adam is held against its norm in training. Steps of the spectral norm,"
                                + " U V^T of G = U S V^T, are tested against a singular value decomposition, and run beside the others in the"
                                + " figure; Shampoo and Prodigy are not built. The size of a step, in the source the dual norm of the"
                                + " gradient over the sharpness, is the learning rate.")
                .free("data", "model.widths")
                .reads("loss", "distance")
                .pilot(LOSSES, 8.2e-15, 0, "3001-3010")
                .seenRefuted(
                        "the control, seeds 3001-3010: with the second moment averaged losses differ by up to 11 times and distances by up"
                                + " to 0.25 of themselves")
                .quickSeconds(8);
    }

    @Override
    public Protocol protocol(Scale scale) {
        SpecDocument base = Protocol.spec("""
                precision: double
                data: %s
                model: {kind: mlp, widths: %s, activation: tanh, bias: true}
                loss: {kind: cross-entropy}
                decay: {lambda: 0}
                stop: {steps: 300}
                measure: {instruments: [loss, distance], perDecade: 6}
                """.formatted(
                        scale == Scale.QUICK
                                ? "{source: gaussian-mixture, train: 500, test: 1000, batchSize: 50}"
                                : "{source: mnist, perClass: 100, unitNorm: true, batchSize: 50}",
                        scale == Scale.QUICK ? "[32, 32]" : "[128, 128]"));
        String sizes = "optimizer={kind: %s, learningRate: %s}";
        String adam = "optimizer={kind: adam, learningRate: 0.002, beta1: %s, beta2: %s, epsilon: 1e-30}";
        return Protocol.of(
                10,
                Arm.treatment(SIGN, base.having(sizes.formatted("sign", "0.002"))),
                Arm.treatment(BARE, base.having(adam.formatted("0", "0"))),
                Arm.control(AVERAGED, base.having(adam.formatted("0", "0.99"))),
                Arm.treatment(SPECTRAL, base.having(sizes.formatted("spectral", "0.05"))),
                Arm.treatment(SGD, base.having("optimizer={kind: sgd, learningRate: 0.2, momentum: 0}")),
                Arm.treatment(ADAM, base.having(sizes.formatted("adam", "0.005"))));
    }

    @Override
    public Judgement judge(Evidence evidence) {
        ArmRuns sign = evidence.arm(SIGN);
        List<ArmRuns> race = List.of(sign, evidence.arm(SPECTRAL), evidence.arm(SGD), evidence.arm(ADAM));
        return new Judgement(
                List.of(Sentence.ofSource(
                        "After switching off exponential moving averages, each method is equivalent to steepest descent under a particular"
                                + " norm (asked of Adam).",
                        SOURCE,
                        same(evidence.arm(BARE), sign),
                        same(evidence.arm(AVERAGED), sign))),
                List.of(
                        Figure.course(
                                "Adam without averages and sign descent",
                                Figure.Axis.logarithmic("training loss"),
                                List.of(sign, evidence.arm(BARE), evidence.arm(AVERAGED)),
                                LOSS,
                                List.of(),
                                "Median and range over seeds: the first two lie on each other."),
                        Figure.course(
                                "Steps of other norms",
                                Figure.Axis.logarithmic("training loss"),
                                race,
                                LOSS,
                                List.of(),
                                "Each at one learning rate that was not tuned; a look at them, not a contest.")),
                List.of("Training loss at the end, geometric mean over seeds: "
                        + race.stream()
                                .map(arm -> arm.name() + " " + Plain.number(geometricMean(arm.last(LOSS))))
                                .collect(Collectors.joining(", "))
                        + "."));
    }

    private static Ruling same(ArmRuns arm, ArmRuns sign) {
        return Ruling.of(finding(LOSSES, arm, sign, LOSS), finding(DISTANCES, arm, sign, MOVED));
    }

    private static Finding finding(String quantity, ArmRuns arm, ArmRuns sign, String series) {
        return Exactly.identity(
                quantity, "Adam without averages runs as sign descent does", differences(arm, sign, series), TOLERANCE);
    }

    /** The largest over looks of |a - b| / |b|, seed by seed; NaN where a look is missing in one of them or not finite. */
    private static double[] differences(ArmRuns arm, ArmRuns sign, String series) {
        double[][] left = arm.course(series).values();
        double[][] right = sign.course(series).values();
        return IntStream.range(0, sign.count())
                .mapToDouble(seed -> left[seed].length == 0 || left[seed].length != right[seed].length
                        ? Double.NaN
                        : IntStream.range(0, right[seed].length)
                                .mapToDouble(look -> left[seed][look] == right[seed][look]
                                        ? 0
                                        : Math.abs(left[seed][look] - right[seed][look]) / Math.abs(right[seed][look]))
                                .reduce(0, Math::max))
                .toArray();
    }

    private static double geometricMean(double[] values) {
        double[] logarithms = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            logarithms[i] = StrictMath.log(values[i]);
        }
        return StrictMath.exp(Descriptive.mean(logarithms));
    }
}
