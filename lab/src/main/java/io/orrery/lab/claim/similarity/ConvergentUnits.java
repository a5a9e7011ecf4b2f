package io.orrery.lab.claim.similarity;

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
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Networks that start apart learn many of the same units, and some that the other has not. */
@Serves("002-073")
public final class ConvergentUnits implements Claim {
    private static final String SERIES = UnitMatches.NAME + ".";
    private static final String MATCHED = "second hidden layers";
    private static final String FIRST = "first hidden layers";
    private static final String UNTRAINED = "second hidden layers, untrained";
    private static final String SHUFFLED = "examples shuffled";
    private static final String ITSELF = "a network and itself";
    private static final String PILOTS = "3001-3010";

    private static final Threshold BEATS = Threshold.atLeast(0.3);
    private static final Threshold SOME = Threshold.within(0.05, 0.95);
    private static final Threshold THIRD = Threshold.atLeast(0.3);
    private static final Threshold MIXED = Threshold.atLeast(0.2);
    private static final Threshold FITTED = Threshold.atLeast(0.9);

    private static final String CORRELATION = "mean matched correlation above that of shuffled examples";
    private static final String UNMATCHED = "share of units without a match above 0.5";
    private static final String SPARSE = "share of units of which four of the other network's explain half";
    private static final String BALANCE = "evenness of spectral clusters above that of shuffled examples";

    @Override
    public Card card() {
        return new CardDraft("convergent-units", Kind.EFFECT)
                .states(
                        "Of two networks trained apart on the same data some hidden units answer to the same: matched one to one they correlate by 0.3"
                                + " more than by chance on the mean, four units predict another in a third of the cases; yet some units have no match.")
                .source("Li, Yosinski, Clune, Lipson and Hopcroft 2016, Convergent Learning, arXiv 1511.07543")
                .literature(
                        "\"The insights described here include (1) that some features are learned reliably in multiple networks, yet other features"
                                + " are not consistently learned; (2) that units learn to span low-dimensional subspaces and, while these subspaces are"
                                + " common to multiple networks, the specific basis vectors learned are not\" (abstract)")
                .because(
                        "Both networks must tell the same classes apart from the same inputs, so that what they compute has to carry the same"
                                + " distinctions; which unit carries which, and in what mixture, is left to chance.")
                .control(
                        "The same networks before training: they share their inputs, and what they have in common for that is not learned. Chance is the"
                                + " second network's examples in a random order: its units keep what they have in common with each other and lose what they"
                                + " share with the first's.")
                .cause("training", "optimizer.learningRate=1e-12")
                .cause("both networks answer to the same examples", "shuffle=1")
                .limit(
                        CORRELATION,
                        BEATS,
                        Provenance.argued("between chance, 0, and a copy, 1: nearly a tenth of the variance"))
                .limit(
                        UNMATCHED,
                        SOME,
                        Provenance.argued("\"some ... yet other\": more than one in twenty are, and more are not"))
                .limit(SPARSE, THIRD, Provenance.argued("a third; by chance none would be"))
                .limit(
                        BALANCE,
                        MIXED,
                        Provenance.argued(
                                "a fifth more of all units have a partner from the other network in their cluster"))
                .refutedBy(
                        "Matches no better than those of networks that answer to different examples, or matches for all units.")
                .seenRefuted(
                        "Untrained networks match by 0.21 above shuffled examples and few units predict 0.016 of theirs (pilot seeds 3001-3010), a network and"
                                + " itself leaves 0.003 of the units unmatched, a unit that never changes. Clusters of untrained networks are nearly as even"
                                + " as those of trained ones, 0.62 above shuffled examples, and 0.95 of their units have no match.")
                .assuming(
                        "Sixteen classes that are leaves of a tree, 600 examples; hidden layers of 64 and 32; 25 epochs. Both networks have the same data,"
                                + " and their own initialization and order of examples. Units are compared after the activation, on 1000 test examples.")
                .assuming(
                        "A unit that never changes on these examples correlates with none and counts as unmatched. Matching is by the largest sum of"
                                + " correlations, signs kept.")
                .assuming(
                        "Few to one: least squares with an L1 penalty on the training examples, the penalty and thereby up to four predictors chosen on half"
                                + " of the test examples, their weights by least squares; the variance explained is that of the other half.")
                .assuming(
                        "Many to many: eight spectral clusters of all units of both networks by the size of their correlations. Evenness is the mean over"
                                + " units of 2 min(a, b) / (a + b), a and b the units of either network in the unit's cluster.")
                .assuming(
                        "The controls were other shuffles and a network with itself in the pilots, which nothing could fail, those of predictions and clusters in"
                                + " the first judged runs too; untrained networks are harder to beat. Thresholds were not touched.")
                .free("model.widths")
                .pilot(CORRELATION, 0.511, 0.025, PILOTS)
                .pilot(UNMATCHED, 0.294, 0.057, PILOTS)
                .pilot(SPARSE, 0.8, 0.062, PILOTS)
                .pilot(BALANCE, 0.781, 0.099, PILOTS)
                .quickSeconds(20);
    }

    @Override
    public Protocol protocol(Scale scale) {
        boolean quick = scale == Scale.QUICK;
        SpecDocument plain = Protocol.spec("""
                data: {source: hierarchy, train: %d, test: 1000, batchSize: 50}
                model: {kind: mlp, widths: [64, 32], bias: true}
                loss: {kind: cross-entropy}
                optimizer: {kind: adam, learningRate: 0.002}
                decay: {lambda: 0}
                stop: {steps: %d}
                measure: {instruments: [loss], perDecade: 2}
                """.formatted(quick ? 600 : 2400, quick ? 300 : 1200));
        UnitMatches matches = new UnitMatches();
        return Protocol.of(
                quick ? 12 : 20,
                Arm.treatment("one", plain),
                Arm.treatment("other", plain.having("draw=1")),
                Arm.treatment(MATCHED, matches, UnitMatches.setting(1, 0), At.end("one"), At.end("other")),
                Arm.treatment(FIRST, matches, UnitMatches.setting(0, 0), At.end("one"), At.end("other")),
                Arm.control(UNTRAINED, matches, UnitMatches.setting(1, 0), At.step("one", 0), At.step("other", 0)),
                Arm.control(SHUFFLED, matches, UnitMatches.setting(1, 1), At.end("one"), At.end("other")),
                Arm.control(ITSELF, matches, UnitMatches.setting(1, 0), At.end("one"), At.end("one")));
    }

    @Override
    public Judgement judge(Evidence evidence) {
        ArmRuns matched = evidence.arm(MATCHED);
        ArmRuns shuffled = evidence.arm(SHUFFLED);
        ArmRuns untrained = evidence.arm(UNTRAINED);
        List<Requirement> fitted = List.of(Requirement.all(
                "fitted",
                "training accuracy of both networks",
                DoubleStream.concat(
                                Arrays.stream(evidence.arm("one").last("loss.accuracy@train")),
                                Arrays.stream(evidence.arm("other").last("loss.accuracy@train")))
                        .toArray(),
                FITTED));
        return new Judgement(
                List.of(
                        Sentence.ofSource(
                                "Some features are learned reliably in multiple networks, yet other features are not consistently learned.",
                                "Li et al. 2016, abstract, arxiv.org/abs/1511.07543",
                                Ruling.of(List.of(beats(matched, shuffled), unmatched(matched)), fitted),
                                Ruling.of(beats(untrained, shuffled), unmatched(untrained))),
                        Sentence.ours(
                                "Of a third of the units four of the other network's explain half of the variance.",
                                Ruling.of(List.of(sparse(matched)), fitted),
                                Ruling.of(sparse(untrained))),
                        Sentence.ours(
                                "Spectral clusters hold units of both networks, more than by chance and for what they learned.",
                                Ruling.of(List.of(mixed(matched, shuffled)), fitted),
                                Ruling.of(mixed(untrained, shuffled)))),
                List.of(
                        ranked(
                                "Correlations of matched units",
                                "correlation with the match",
                                "correlations",
                                List.of(matched, untrained, shuffled),
                                List.of(new Figure.Mark("a match", UnitMatches.MATCH)),
                                "Units from the best matched to the worst; median and range over seeds. What is below the line counts as unmatched."
                                        + " Untrained networks share their inputs, and thereby more than nothing."),
                        ranked(
                                "What four units of the other network explain",
                                "share of variance",
                                "explained",
                                List.of(matched, untrained, shuffled),
                                List.of(new Figure.Mark("predicted", UnitMatches.PREDICTED)),
                                "Units from the best predicted to the worst, on test examples that chose nothing."),
                        share(
                                evidence,
                                "Units without a match",
                                "unmatched",
                                "share of units whose matched correlation is at most 0.5"),
                        share(evidence, "Evenness of spectral clusters", "balance", "evenness"),
                        share(evidence, "Mean correlation of matched units", "correlation", "correlation")),
                List.of());
    }

    private static Finding beats(ArmRuns arm, ArmRuns base) {
        return difference(CORRELATION, "matched units are alike", "correlation", arm, base, BEATS);
    }

    private static Finding mixed(ArmRuns arm, ArmRuns base) {
        return difference(BALANCE, "clusters hold units of both networks", "balance", arm, base, MIXED);
    }

    private static Finding difference(
            String name, String prediction, String series, ArmRuns arm, ArmRuns base, Threshold threshold) {
        return Comparison.difference(
                        name,
                        prediction,
                        new Values(
                                (series.equals("balance")
                                                ? "the evenness of clusters, "
                                                : "the mean matched correlation, ")
                                        + arm.name(),
                                arm.last(SERIES + series)),
                        new Values("that of " + base.name(), base.last(SERIES + series)),
                        threshold)
                .named(name);
    }

    private static Finding unmatched(ArmRuns arm) {
        return Level.of(UNMATCHED, "some units have a match and some have none", arm.last(SERIES + "unmatched"), SOME)
                .in(Range.SHARE);
    }

    private static Finding sparse(ArmRuns arm) {
        return Level.of(SPARSE, "few units predict another", arm.last(SERIES + "predicted"), THIRD)
                .in(Range.SHARE);
    }

    private static Figure ranked(
            String title, String axis, String series, List<ArmRuns> arms, List<Figure.Mark> marks, String caption) {
        List<Figure.Curve> curves = arms.stream()
                .map(arm -> {
                    int units = Arrays.stream(arm.lastVectors(SERIES + series))
                            .mapToInt(values -> values.length)
                            .max()
                            .orElse(0);
                    double[] ranks = IntStream.rangeClosed(1, units)
                            .mapToDouble(rank -> rank)
                            .toArray();
                    return ComputedCurves.of(arm.name(), arm.part(), arm, SERIES + series, ranks);
                })
                .toList();
        return new Figure(
                title, Figure.Axis.linear("rank of the unit"), Figure.Axis.linear(axis), curves, marks, caption);
    }

    private static Figure share(Evidence evidence, String title, String series, String axis) {
        return Figure.arms(
                title,
                Figure.Axis.linear(axis),
                List.of(
                        evidence.arm(MATCHED),
                        evidence.arm(FIRST),
                        evidence.arm(UNTRAINED),
                        evidence.arm(SHUFFLED),
                        evidence.arm(ITSELF)),
                arm -> arm.last(SERIES + series),
                List.of(),
                "One point a seed.");
    }
}
