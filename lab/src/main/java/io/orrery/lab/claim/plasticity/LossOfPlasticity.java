package io.orrery.lab.claim.plasticity;

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
import io.orrery.lab.claim.TaskEnds;
import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.Requirement;
import io.orrery.lab.judge.Ruling;
import io.orrery.lab.judge.criterion.Level;
import io.orrery.lab.judge.statistics.Range;
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.setup.SpecDocument;
import io.orrery.lab.spec.Serves;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Trained on one task after the other a network learns ever less of each; replacing its least useful units keeps it able to learn. */
@Serves("002-199")
public final class LossOfPlasticity implements Claim {
    private static final String USUAL = "backpropagation";
    private static final String CONTINUAL = "continual backpropagation";
    private static final String DECAYED = "L2 regularization";
    private static final String FRESH = "a fresh network for each task";

    private static final String ACCURACY = "loss.accuracy@train";
    private static final List<String> DEAD = List.of("units.dead/layers.0", "units.dead/layers.1");

    private static final String RANK = "rank.feature-effective-rank/layers.1@train";

    /** Tasks at either end of the sequence that are compared. */
    private static final int COMPARED = 10;

    private static final String LOST = "training accuracy at the end of the first ten tasks, less that of the last ten";
    private static final String KEPT = LOST + ", with continual backpropagation";
    private static final String KEPT_BY_DECAY = LOST + ", with L2 regularization";
    private static final String DEAD_AT_END = "dead units at the end";
    private static final String SILENT = DEAD_AT_END + ", with continual backpropagation";

    private static final Threshold LOSES = Threshold.atLeast(0.2);
    private static final Threshold KEEPS = Threshold.atMost(0.03);
    private static final Threshold LEARNED = Threshold.atLeast(0.9);
    private static final Threshold ALIVE = Threshold.atMost(0.1);

    private static final String SOURCE =
            "Dohare, Hernandez-Garcia, Rahman, Mahmood and Sutton 2023, arXiv 2306.13812, abstract";
    private static final String LATER =
            "Dohare, Hernandez-Garcia, Lan, Rahman, Mahmood and Sutton 2024, Nature 632, doi 10.1038/s41586-024-07711-7, caption of figure 1";
    private static final String PILOTS = "3001-3006";

    @Override
    public Card card() {
        return new CardDraft("loss-of-plasticity", Kind.EFFECT)
                .states(
                        "A network that is trained on one task after the other comes to learn less of each, and more than a tenth of its"
                                + " units die; one whose least useful units are replaced now and then, or whose weights decay a little, goes on learning as"
                                + " at first.")
                .source(SOURCE)
                .literature(
                        "\"More fundamental, but less well known, is that they may also lose their ability to learn on new examples, a"
                                + " phenomenon called loss of plasticity. [...] we introduce a new algorithm -- continual backpropagation --"
                                + " which slightly modifies conventional backpropagation to reinitialize a small fraction of less-used units"
                                + " after each example and appears to maintain plasticity indefinitely.\" Of 2024, on pairs of classes of ImageNet: \"the"
                                + " conventional backpropagation algorithm loses plasticity at all step sizes (b), whereas the continual"
                                + " backpropagation, L2 regularization and Shrink and Perturb algorithms maintain plasticity, apparently"
                                + " indefinitely\".")
                .because(
                        "Units that are pushed below 0 on every example have no gradient and never return. Each task costs some more of them;"
                                + " a replaced unit begins where an untrained one does. Decay draws weights and biases of a dead unit to 0 until"
                                + " examples reach it again.")
                .control(
                        "For what is lost, the same tasks with a fresh network each: if the tasks grew harder it would lose as much. For"
                                + " what is kept, plain backpropagation, which differs in the replacement or the decay alone.")
                .cause("training on earlier tasks", "tasks.reset=[all]")
                .cause("replacement of units", "rule={kind: descent}")
                .cause("decay of weights and biases", "decay.lambda=0")
                .limit(
                        LOST,
                        LOSES,
                        Provenance.argued(
                                "a quarter of what lies between chance, 0.2, and all examples, 1; the source's networks lost 0.12 over 2,000"
                                        + " tasks of two classes"))
                .limit(
                        KEPT,
                        KEEPS,
                        Provenance.argued(
                                "six of two hundred examples: \"maintain plasticity\" within what single tasks vary by"))
                .limit(
                        KEPT_BY_DECAY,
                        KEEPS,
                        Provenance.argued("the same, fixed for replaced units before decay was tried"))
                .limit(
                        "training accuracy at the end of the first ten tasks, with L2 regularization",
                        LEARNED,
                        Provenance.argued(
                                "a requirement: decay that keeps the network from learning from the first on would lose nothing"))
                .limit(SILENT, ALIVE, Provenance.argued("nine of ten units must still be of use on some example"))
                .refutedBy(
                        "A loss below 0.2 by plain backpropagation, or one above 0.03 by continual backpropagation or with L2, or more than a tenth of its"
                                + " units dead.")
                .assuming(
                        "Each task is 200 new examples of 40 normal inputs with random labels of five classes: nothing of one task helps with"
                                + " another, so the accuracy that is reached says how well a network learns. 60 tasks of 300 steps.")
                .assuming(
                        "At this rate plasticity is lost by units that die. Scale full takes a fifth of it, where the decline is slower, and 200"
                                + " tasks.")
                .assuming(
                        "A unit is replaced with the batch after the one that makes it due, not at the end of the same step.")
                .assuming(
                        "L2 adds 0.003 times the parameter, biases included, to the gradient: chosen on seed 3001, on which 0.001 and 0.01 keep"
                                + " the accuracy as well and 0.03 does not: it keeps the network from learning.")
                .free("data", "model.widths")
                .reads("loss", "units", "rank")
                .pilot(LOST, 0.757, 0.009, PILOTS)
                .pilot(KEPT, 0, 0, PILOTS)
                .pilot(KEPT_BY_DECAY, 0, 0, PILOTS)
                .pilot(SILENT, 0.0039, 0.0043, PILOTS)
                .seenRefuted(
                        "the controls, seeds 3001-3006: fresh networks lose 0 of their accuracy; plain backpropagation loses 0.757 where"
                                + " 0.03 are allowed, and half of its units, nearly all of the last hidden layer, are dead at the end.")
                .quickSeconds(20);
    }

    @Override
    public Protocol protocol(Scale scale) {
        SpecDocument usual =
                Protocol.spec("""
                data: {source: gaussian-mixture, components: 5, dimensions: 40, train: 200, test: 0, randomLabels: true, batchSize: 32}
                tasks: {kind: redrawn, count: %d}
                model: {kind: mlp, widths: [64, 64], bias: true, outputBias: true, initialization: he}
                loss: {kind: cross-entropy}
                optimizer: {kind: sgd, learningRate: %s, momentum: 0.9}
                decay: {lambda: 0}
                stop: {steps: 300}
                measure: {instruments: [loss, units, rank], perDecade: 1}
                """.formatted(scale == Scale.QUICK ? 60 : 200, scale == Scale.QUICK ? "0.05" : "0.01"));
        return Protocol.of(
                scale == Scale.QUICK ? 6 : 10,
                Arm.treatment(USUAL, usual),
                Arm.treatment(
                        CONTINUAL,
                        usual.having("rule={kind: continual-backpropagation, replacementRate: 1e-3, maturity: 100}")),
                Arm.treatment(
                        DECAYED,
                        usual.having("decay={lambda: 0.003, convention: framework, mode: coupled, applies: all}")),
                Arm.control(FRESH, usual.having("tasks.reset=[all]")));
    }

    @Override
    public Judgement judge(Evidence evidence) {
        ArmRuns usual = evidence.arm(USUAL);
        ArmRuns continual = evidence.arm(CONTINUAL);
        ArmRuns decayed = evidence.arm(DECAYED);
        ArmRuns fresh = evidence.arm(FRESH);
        return new Judgement(
                List.of(
                        Sentence.ofSource(
                                "More fundamental, but less well known, is that they may also lose their ability to learn on new examples",
                                SOURCE,
                                Ruling.of(lost(usual)),
                                Ruling.of(lost(fresh))),
                        Sentence.ofSource(
                                "continual backpropagation [...] appears to maintain plasticity indefinitely",
                                SOURCE,
                                Ruling.of(kept(KEPT, continual)),
                                Ruling.of(kept(with(LOST, usual), usual).controlling(KEPT))),
                        Sentence.ofSource(
                                "the [...] L2 regularization [...] algorithms maintain plasticity, apparently indefinitely",
                                LATER,
                                Ruling.of(List.of(kept(KEPT_BY_DECAY, decayed)), List.of(learned(decayed))),
                                Ruling.of(
                                        List.of(kept(with(LOST, usual), usual).controlling(KEPT_BY_DECAY)),
                                        List.of(learned(usual)))),
                        Sentence.ours(
                                "Units that are replaced keep the network alive.",
                                Ruling.of(silent(SILENT, continual)),
                                Ruling.of(
                                        silent(with(DEAD_AT_END, usual), usual).controlling(SILENT)))),
                List.of(accuracies(evidence), dead(evidence), ranks(evidence)),
                List.of());
    }

    private static Finding lost(ArmRuns arm) {
        return Level.of(LOST, "the network comes to learn less", loss(arm), LOSES);
    }

    private static Finding kept(String quantity, ArmRuns arm) {
        return Level.of(quantity, "the network goes on learning as at first", loss(arm), KEEPS);
    }

    private static Requirement learned(ArmRuns arm) {
        return Requirement.all(
                "the first tasks are learned",
                "training accuracy at the end of the first ten tasks, " + arm.name(),
                Arrays.stream(TaskEnds.of(arm, ACCURACY))
                        .mapToDouble(tasks -> tasks.length < COMPARED ? Double.NaN : mean(tasks, 0))
                        .toArray(),
                LEARNED);
    }

    private static String with(String quantity, ArmRuns arm) {
        return quantity + ", " + arm.name();
    }

    private static Finding silent(String quantity, ArmRuns arm) {
        double[] first = arm.last(DEAD.getFirst());
        double[] second = arm.last(DEAD.getLast());
        return Level.of(
                        quantity,
                        "units stay alive",
                        IntStream.range(0, first.length)
                                .mapToDouble(seed -> (first[seed] + second[seed]) / 2)
                                .toArray(),
                        ALIVE)
                .in(Range.SHARE);
    }

    /** Mean accuracy at the ends of the first tasks less that of the last ones, of each seed. */
    private static double[] loss(ArmRuns arm) {
        return Arrays.stream(TaskEnds.of(arm, ACCURACY))
                .mapToDouble(tasks -> tasks.length < 2 * COMPARED
                        ? Double.NaN
                        : mean(tasks, 0) - mean(tasks, tasks.length - COMPARED))
                .toArray();
    }

    private static double mean(double[] values, int from) {
        return Arrays.stream(values, from, from + COMPARED).average().orElse(Double.NaN);
    }

    private static Figure accuracies(Evidence evidence) {
        return new Figure(
                "Accuracy at the end of each task",
                Figure.Axis.linear("task"),
                Figure.Axis.linear("training accuracy"),
                curves(evidence, ACCURACY),
                List.of(new Figure.Mark("chance", 0.2)),
                "On the task just trained, never on earlier ones. Median and range over seeds.");
    }

    private static Figure dead(Evidence evidence) {
        return new Figure(
                "Dead units of the last hidden layer",
                Figure.Axis.linear("task"),
                Figure.Axis.linear("share of units that are 0 on every example"),
                curves(evidence, DEAD.getLast()),
                List.of(new Figure.Mark("a tenth", 0.1)),
                "At the end of each task, on its training examples. Median and range over seeds.");
    }

    private static Figure ranks(Evidence evidence) {
        return new Figure(
                "Effective rank of the last hidden layer",
                Figure.Axis.linear("task"),
                Figure.Axis.linear("effective rank of the activations"),
                curves(evidence, RANK),
                List.of(),
                "At the end of each task, on its training examples: the exponential of the entropy of the singular values. Median and"
                        + " range over seeds.");
    }

    private static List<Figure.Curve> curves(Evidence evidence, String series) {
        return evidence.arms().stream()
                .map(arm -> {
                    double[][] values = TaskEnds.of(arm, series);
                    double[] tasks = IntStream.rangeClosed(1, values.length == 0 ? 0 : values[0].length)
                            .asDoubleStream()
                            .toArray();
                    return new Figure.Curve(arm.name(), arm.part(), true, tasks, values);
                })
                .toList();
    }
}
