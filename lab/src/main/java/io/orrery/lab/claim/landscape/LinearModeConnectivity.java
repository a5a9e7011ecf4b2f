package io.orrery.lab.claim.landscape;

import io.orrery.lab.claim.Arm;
import io.orrery.lab.claim.ArmRuns;
import io.orrery.lab.claim.At;
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
import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.Requirement;
import io.orrery.lab.judge.Ruling;
import io.orrery.lab.judge.criterion.Comparison;
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.judge.statistics.Values;
import io.orrery.lab.setup.SpecDocument;
import io.orrery.lab.spec.Serves;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** The loss on the straight line between two networks: high as they were trained, low once their hidden units are matched. */
@Serves("002-052")
public final class LinearModeConnectivity implements Claim {
    private static final String SERIES = LinearPath.NAME + ".";
    private static final int POINTS = 25;

    private static final String AS_TRAINED = "as trained";
    private static final String MATCHED = "matched";
    private static final String SHUFFLED = "shuffled";
    private static final String LATE = "parted late";
    private static final String EARLY = "parted at the start";
    private static final String AS_LONG = "parted at the start, for as long";

    private static final Threshold HALF = Threshold.atMost(0.5);
    private static final Threshold FITTED = Threshold.atLeast(0.99);
    private static final String PILOTS = "3001-3005";

    @Override
    public Card card() {
        return new CardDraft("linear-mode-connectivity", Kind.EFFECT)
                .states(
                        "Between two networks that were trained on the same data from different starts the loss has a barrier, and putting"
                                + " the hidden units of one in the order that best matches the other's weights at least halves it.")
                .source("Ainsworth, Hayase and Srinivasa 2023, arXiv 2209.04836; Frankle et al. 2020, arXiv 1912.05671")
                .literature(
                        "Abstracts read, not quoted: the first says that landscapes often have nearly a single basin once all"
                                + " permutations of hidden units are accounted for, and gives algorithms that align one network with"
                                + " another; the second, that standard networks become stable to the noise of SGD early in training, so"
                                + " that copies from then on end in one linearly connected region.")
                .because(
                        "Hidden units have no names: any order of them is the same network. Two runs find much the same units in"
                                + " different orders, and a straight line between them mixes units that have nothing in common.")
                .control(
                        "Of matching, the same network with its units in a random order: as many move, the function is the same, and the"
                                + " barrier must not be halved. Of sharing the first steps, copies that part at the start, examined when they"
                                + " have been apart for as many steps as those that part late.")
                .cause("the order that matches the weights", "units=0")
                .limit(
                        "matched barrier over that as trained, training and test loss",
                        HALF,
                        Provenance.argued(
                                "the sources say that the barrier all but vanishes for wide networks; half of it is the least that"
                                        + " could be called that in narrow ones"))
                .limit(
                        "barrier of copies that part late over that of copies that part at the start",
                        HALF,
                        Provenance.argued(
                                "stable early means that sharing a fifth of training takes away most of what is left"))
                .refutedBy(
                        "A matched barrier more than half as high as that of the networks as they were trained, or copies that part"
                                + " after a fifth of training with a barrier more than half as high as those that part at the start.")
                .seenRefuted("In the control (pilot seeds " + PILOTS
                        + "): shuffled units leave 0.78 to 1.6 of the barrier; copies apart for"
                        + " as long from the start have 1.03 to 1.15 times the barrier of those that train to the end.")
                .assuming(
                        "The barrier is the largest loss at 25 equally spaced points less the mean of both ends, in evaluation mode and"
                                + " the precision of training, on all examples of a split.")
                .assuming(
                        "Each seed draws its own data; within a seed the networks differ in draw, that is in initialization and the"
                                + " order of examples, and have the same data.")
                .assuming(
                        "Matching takes no account of rescaling a unit's weights, which a ReLU network is free to do too.")
                .free("data", "model.widths")
                .pilot("logarithm of the matched barrier over that as trained, training loss", -2.452, 0.398, PILOTS)
                .quickSeconds(60);
    }

    @Override
    public Protocol protocol(Scale scale) {
        boolean quick = scale == Scale.QUICK;
        int steps = quick ? 1000 : 5000;
        int shared = steps / 5;
        SpecDocument base = Protocol.spec("""
                data: {source: scribbles, train: %d, test: 1000, batchSize: 50}
                model: {kind: mlp, widths: [%d, %2$d], bias: true}
                loss: {kind: cross-entropy}
                optimizer: {kind: sgd, learningRate: 0.05, momentum: 0.9}
                decay: {lambda: 0}
                measure: {instruments: [loss]}
                """.formatted(quick ? 1000 : 5000, quick ? 128 : 512));
        SpecDocument whole = base.having("stop.steps=" + steps);
        SpecDocument rest = base.having("stop.steps=" + (steps - shared));
        return Protocol.of(
                10,
                Arm.treatment("one", whole),
                Arm.treatment("other", whole.having("draw=1")),
                Arm.treatment("late a", rest.having("draw=2")).after("one", shared),
                Arm.treatment("late b", rest.having("draw=3")).after("one", shared),
                Arm.control("early a", whole.having("draw=2")).after("one", 0),
                Arm.control("early b", whole.having("draw=3")).after("one", 0),
                Arm.control(AS_TRAINED, path(), units(LinearPath.AS_TRAINED), At.end("one"), At.end("other")),
                Arm.treatment(MATCHED, path(), units(LinearPath.MATCHED), At.end("one"), At.end("other")),
                Arm.control(SHUFFLED, path(), units(LinearPath.SHUFFLED), At.end("one"), At.end("other")),
                Arm.treatment(LATE, path(), units(LinearPath.AS_TRAINED), At.end("late a"), At.end("late b")),
                Arm.control(EARLY, path(), units(LinearPath.AS_TRAINED), At.end("early a"), At.end("early b")),
                Arm.control(
                        AS_LONG,
                        path(),
                        units(LinearPath.AS_TRAINED),
                        At.step("early a", steps - shared),
                        At.step("early b", steps - shared)));
    }

    private static LinearPath path() {
        return new LinearPath();
    }

    private static Setting units(int what) {
        return LinearPath.setting(POINTS, what);
    }

    @Override
    public Judgement judge(Evidence evidence) {
        ArmRuns trained = evidence.arm(AS_TRAINED);
        ArmRuns early = evidence.arm(EARLY);
        return new Judgement(
                List.of(
                        Sentence.ours(
                                "",
                                ruling("matching halves the barrier", evidence.arm(MATCHED), trained),
                                ruling("matching halves the barrier", evidence.arm(SHUFFLED), trained)),
                        Sentence.ours(
                                "Copies of a network that train on in different orders of the examples after a fifth of training have"
                                        + " at most half of the barrier of copies that part at the start.",
                                ruling("what was shared brings them together", evidence.arm(LATE), early),
                                ruling("what was shared brings them together", evidence.arm(AS_LONG), early))),
                List.of(
                        line(
                                "The loss between two networks",
                                Figure.Axis.linear("training loss"),
                                "train-loss",
                                List.of(trained, evidence.arm(MATCHED), evidence.arm(SHUFFLED)),
                                "From the first network (0) to the second (1). As they were trained, and with the second's units"
                                        + " shuffled, the networks between them are bad; with its units matched they are nearly as good"
                                        + " as both ends. Bands are the range over seeds."),
                        line(
                                "The accuracy between two networks",
                                Figure.Axis.linear("test accuracy"),
                                "test-accuracy",
                                List.of(trained, evidence.arm(MATCHED), evidence.arm(SHUFFLED)),
                                "The same networks on the test set."),
                        line(
                                "The loss between copies that part",
                                Figure.Axis.logarithmic("training loss"),
                                "train-loss",
                                List.of(evidence.arm(LATE), early, evidence.arm(AS_LONG)),
                                "Copies of one network that see the examples in different orders from the start, or after a fifth of"
                                        + " training: the latter end in one basin."),
                        Figure.arms(
                                "All barriers",
                                Figure.Axis.logarithmic("barrier of the training loss"),
                                List.of(
                                        trained,
                                        evidence.arm(MATCHED),
                                        evidence.arm(SHUFFLED),
                                        early,
                                        evidence.arm(LATE)),
                                arm -> arm.last(SERIES + "train-barrier"),
                                List.of(),
                                "One point a seed. Copies that part at the start are far closer than networks from different"
                                        + " starts: most of the barrier between the latter is the order of the units.")),
                List.of());
    }

    /** The barrier of an arm over that of another, on both splits, where all ends fit their training set. */
    private static Ruling ruling(String prediction, ArmRuns arm, ArmRuns base) {
        return Ruling.of(
                List.of(ratio(prediction, arm, base, SplitName.TRAIN), ratio(prediction, arm, base, SplitName.TEST)),
                List.of(Requirement.all(
                        "fitted, " + arm.name(),
                        "training accuracy at both ends of " + arm.name(),
                        DoubleStream.concat(ends(arm), ends(base)).toArray(),
                        FITTED)));
    }

    private static Finding ratio(String prediction, ArmRuns arm, ArmRuns base, SplitName split) {
        String series = SERIES + split.text() + "-barrier";
        return Comparison.ratio(
                "barrier of the " + (split == SplitName.TRAIN ? "training" : "test") + " loss",
                prediction,
                new Values("barrier, " + arm.name(), arm.last(series)),
                new Values("that " + base.name(), base.last(series)),
                HALF);
    }

    private static DoubleStream ends(ArmRuns arm) {
        return Arrays.stream(arm.lastVectors(SERIES + "train-accuracy"))
                .flatMapToDouble(seed -> seed.length == 0
                        ? DoubleStream.of(Double.NaN)
                        : DoubleStream.of(seed[0], seed[seed.length - 1]));
    }

    private static Figure line(String title, Figure.Axis y, String series, List<ArmRuns> arms, String caption) {
        List<Figure.Curve> curves = arms.stream()
                .map(arm -> {
                    int points = arm.setting().whole(LinearPath.POINTS);
                    double[] places = IntStream.range(0, points)
                            .mapToDouble(i -> (double) i / (points - 1))
                            .toArray();
                    return ComputedCurves.of(arm.name(), arm.part(), arm, SERIES + series, places);
                })
                .toList();
        return new Figure(title, Figure.Axis.linear("share of the way"), y, curves, List.of(), caption);
    }
}
