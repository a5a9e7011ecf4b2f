package io.orrery.lab.claim.rules;

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
import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.Ruling;
import io.orrery.lab.judge.criterion.Comparison;
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.judge.statistics.Values;
import io.orrery.lab.setup.SpecDocument;
import io.orrery.lab.spec.Serves;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Dropping half of the units in training narrows the gap between training and test by at least five points where examples are few and labels wrong. */
@Serves("004-10")
public final class DropoutNarrowsTheGap implements Claim {
    private static final List<Double> SHARES = List.of(0.0, 0.2, 0.5);
    private static final String TRAIN_LOSS = "loss.loss@train";
    private static final String TEST_LOSS = "loss.loss@test";
    private static final String FIT = "loss.accuracy@train";
    private static final String TEST = "loss.accuracy@test";

    private static final String GAP = "points by which dropout narrows the gap in accuracy";
    private static final String LOSS_GAP = "how much dropout narrows the gap in loss";
    private static final String GAIN = "test accuracy that dropout adds";

    private static final Threshold NARROWS = Threshold.atLeast(0.05);
    private static final Threshold SMALLER = Threshold.atLeast(0.1);
    private static final Threshold GAINS = Threshold.atLeast(0.02);

    private static final String SOURCE =
            "Srivastava, Hinton, Krizhevsky, Sutskever and Salakhutdinov 2014, Dropout: A Simple Way to Prevent Neural Networks from"
                    + " Overfitting, JMLR 15, abstract";

    /** How many examples there are, and whether some of their labels are wrong. */
    private enum Amount {
        FEW("300 examples", 300, 60, 0.2),
        CLEAN("300 examples, clean labels", 300, 60, 0),
        MANY("9000 examples", 9000, 2, 0.2),
        MANY_CLEAN("9000 examples, clean labels", 9000, 2, 0);

        private final String word;
        private final int train;
        private final int epochs;
        private final double labelNoise;

        Amount(String word, int train, int epochs, double labelNoise) {
            this.word = word;
            this.train = train;
            this.epochs = epochs;
            this.labelNoise = labelNoise;
        }

        Arm.Part part() {
            return train > 300 ? Arm.Part.CONTROL : Arm.Part.TREATMENT;
        }
    }

    @Override
    public Card card() {
        return new CardDraft("dropout", Kind.EFFECT)
                .states(
                        "With 300 examples, a fifth of their labels redrawn, dropping half of the hidden units in training makes the gap between"
                                + " training and test smaller, in accuracy and in loss, and raises the test accuracy.")
                .source(SOURCE)
                .literature(
                        "\"The key idea is to randomly drop units (along with their connections) from the neural network during training. This"
                                + " prevents units from co-adapting too much. ... This significantly reduces overfitting\". No sizes of it in the"
                                + " abstract.")
                .because(
                        "A unit that may find any other missing has to be of use by itself; what is trained is an average over many thinned"
                                + " networks, which fits single wrong labels less.")
                .control(
                        "The same number of updates on 9000 examples of the same labels, each seen twice, where there is hardly a gap that could be narrowed.")
                .cause("few examples", "data.train=9000")
                .cause("dropped units", "model.dropout=0")
                .limit(
                        GAP,
                        NARROWS,
                        Provenance.arguedLate("five points, a quarter of what a network that fits all labels loses"))
                .limit(
                        LOSS_GAP,
                        SMALLER,
                        Provenance.arguedLate("a tenth of a nat, a seventh of the gap without dropout"))
                .limit(GAIN, GAINS, Provenance.arguedLate("two points, 40 of 2000 test examples"))
                .refutedBy(
                        "A gap that dropout narrows by less, leaves as it is or widens, with few examples, or a test accuracy that it does not raise.")
                .assuming(
                        "Ten Gaussian classes in 60 dimensions, two hidden layers of 128 rectifiers, Adam at 0.001, 360 updates in batches of 50."
                                + " The gap is training less test accuracy, or test less training loss, both without dropping; training labels are"
                                + " the given ones, test labels clean.")
                .assuming(
                        "The protocol was first piloted with clean labels and 40 epochs, seeds 3001-3010: dropout changed the gap by 0.001 and"
                                + " the test accuracy by -0.002, since the classes are told apart by linear maps and there is little to"
                                + " overfit. Wrong labels were then put in; clean ones stand beside them as a sentence of their own.")
                .assuming(
                        "Units that are kept are multiplied by 1/(1 - p) in training and nothing is changed in evaluation, so that the mean over"
                                + " what is dropped enters the next layer: a test of the model holds it to that.")
                .assuming(
                        "First judged, seeds 2001-2010, the gain in test accuracy was a sentence of its own, and the control of clean labels had"
                                + " wrong ones. Clean labels were refuted then too: the gap narrowed, by 0.0097. Thresholds were not touched.")
                .free("model.widths")
                .reads("loss")
                .pilot(GAP, 0.191, 0.017, "3001-3010")
                .pilot(LOSS_GAP, 0.45, 0.045, "3001-3010")
                .pilot(GAIN, 0.083, 0.011, "3001-3010")
                .pilot(GAP + ", clean labels", 0.0065, 0.0031, "3001-3010")
                .seenRefuted(
                        "With clean labels on the treatment itself, seeds 3001-3010: the gap narrows by less than a point. In the control the"
                                + " gap in loss widens by 0.06 and the test accuracy changes by -0.005.")
                .quickSeconds(20);
    }

    @Override
    public Protocol protocol(Scale scale) {
        boolean quick = scale == Scale.QUICK;
        List<Arm> arms = new ArrayList<>();
        for (Amount amount : Amount.values()) {
            SpecDocument base = Protocol.spec("""
                    data: {source: gaussian-mixture, train: %d, test: 2000, labelNoise: %s, batchSize: 50}
                    model: {kind: mlp, widths: [128, 128], bias: true}
                    loss: {kind: cross-entropy}
                    optimizer: {kind: adam, learningRate: 0.001}
                    decay: {lambda: 0}
                    stop: {epochs: %d}
                    measure: {instruments: [loss], perDecade: 4}
                    """.formatted(amount.train, amount.labelNoise, amount.epochs));
            for (double share : SHARES) {
                SpecDocument spec = base.having("model.dropout=" + share);
                arms.add(
                        amount.part() == Arm.Part.CONTROL
                                ? Arm.control(name(amount, share), spec)
                                : Arm.treatment(name(amount, share), spec));
            }
        }
        return new Protocol(quick ? 10 : 50, arms);
    }

    @Override
    public Judgement judge(Evidence evidence) {
        return new Judgement(
                List.of(
                        Sentence.ofSource(
                                "This significantly reduces overfitting (asked of 300 examples, a fifth of their labels redrawn: the gap"
                                        + " between training and test, in accuracy and in loss, and the test accuracy).",
                                SOURCE,
                                Ruling.of(
                                        gap(evidence, Amount.FEW),
                                        lossGap(evidence, Amount.FEW),
                                        gain(evidence, Amount.FEW)),
                                Ruling.of(
                                        gap(evidence, Amount.MANY),
                                        lossGap(evidence, Amount.MANY),
                                        gain(evidence, Amount.MANY))),
                        Sentence.ours(
                                "It narrows the gap in accuracy by at least five points with clean labels too.",
                                Ruling.of(gap(evidence, Amount.CLEAN)),
                                Ruling.of(gap(evidence, Amount.MANY_CLEAN)))),
                List.of(
                        course("Test accuracy", "accuracy", evidence, TEST),
                        course("Training accuracy", "accuracy", evidence, FIT),
                        course("Test loss", "loss", evidence, TEST_LOSS),
                        over(evidence)),
                List.of());
    }

    private static Figure course(String title, String axis, Evidence evidence, String series) {
        return Figure.course(
                title + ", 300 examples",
                Figure.Axis.linear(axis),
                SHARES.stream()
                        .map(share -> evidence.arm(name(Amount.FEW, share)))
                        .toList(),
                series,
                List.of(),
                "Median and range over seeds; taken without dropping.");
    }

    private static Figure over(Evidence evidence) {
        return new Figure(
                "The gap over the share that is dropped",
                Figure.Axis.linear("share of units dropped"),
                Figure.Axis.linear("training less test accuracy"),
                Arrays.stream(Amount.values())
                        .map(amount -> ComputedCurves.points(
                                amount.word,
                                amount.part(),
                                SHARES.stream().mapToDouble(share -> share).toArray(),
                                SHARES.stream()
                                        .map(share -> gap(evidence.arm(name(amount, share))))
                                        .toArray(double[][]::new)))
                        .toList(),
                List.of(),
                "At the end of training, median and range over seeds.");
    }

    private static Finding lossGap(Evidence evidence, Amount amount) {
        ArmRuns plain = evidence.arm(name(amount, 0));
        ArmRuns dropped = evidence.arm(name(amount, 0.5));
        return Comparison.difference(
                LOSS_GAP,
                "dropout makes the gap in loss smaller",
                new Values("the gap in loss, " + plain.name() + ",", difference(plain, TEST_LOSS, TRAIN_LOSS)),
                new Values("that with half of the units dropped", difference(dropped, TEST_LOSS, TRAIN_LOSS)),
                SMALLER);
    }

    private static Finding gap(Evidence evidence, Amount amount) {
        ArmRuns plain = evidence.arm(name(amount, 0));
        ArmRuns dropped = evidence.arm(name(amount, 0.5));
        return Comparison.difference(
                GAP,
                "dropout makes the gap in accuracy smaller",
                new Values("the gap in accuracy, " + plain.name() + ",", gap(plain)),
                new Values("that with half of the units dropped", gap(dropped)),
                NARROWS);
    }

    private static Finding gain(Evidence evidence, Amount amount) {
        ArmRuns plain = evidence.arm(name(amount, 0));
        ArmRuns dropped = evidence.arm(name(amount, 0.5));
        return Comparison.difference(
                GAIN,
                "dropout raises the test accuracy",
                new Values("the test accuracy, " + dropped.name() + ",", dropped.last(TEST)),
                new Values("that with all units", plain.last(TEST)),
                GAINS);
    }

    private static double[] gap(ArmRuns arm) {
        return difference(arm, FIT, TEST);
    }

    private static double[] difference(ArmRuns arm, String series, String other) {
        double[] first = arm.last(series);
        double[] second = arm.last(other);
        return IntStream.range(0, first.length)
                .mapToDouble(seed -> first[seed] - second[seed])
                .toArray();
    }

    private static String name(Amount amount, double share) {
        return amount.word + ", " + (share == 0 ? "all units" : share == 0.5 ? "half dropped" : "a fifth dropped");
    }
}
