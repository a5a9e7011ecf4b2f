package io.orrery.app.report.claim;

import io.orrery.app.report.SyntheticStudy;
import io.orrery.engine.Numerics;
import io.orrery.lab.book.verdict.BookedSentence;
import io.orrery.lab.book.verdict.BookedVerdict;
import io.orrery.lab.claim.Arm;
import io.orrery.lab.claim.ArmRuns;
import io.orrery.lab.claim.Card;
import io.orrery.lab.claim.CardDraft;
import io.orrery.lab.claim.Claim;
import io.orrery.lab.claim.Evidence;
import io.orrery.lab.claim.Figure;
import io.orrery.lab.claim.Figure.Axis;
import io.orrery.lab.claim.Figure.Curve;
import io.orrery.lab.claim.Figure.Mark;
import io.orrery.lab.claim.JudgedSentence;
import io.orrery.lab.claim.Judgement;
import io.orrery.lab.claim.Protocol;
import io.orrery.lab.claim.Scale;
import io.orrery.lab.claim.Sentence;
import io.orrery.lab.claim.trial.Alterations;
import io.orrery.lab.claim.trial.ClaimResult;
import io.orrery.lab.claim.trial.Standing;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.Requirement;
import io.orrery.lab.judge.Ruling;
import io.orrery.lab.judge.Verdict;
import io.orrery.lab.judge.criterion.Comparison;
import io.orrery.lab.judge.criterion.Level;
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.judge.statistics.Values;
import java.util.List;
import java.util.Map;

/** A claim with figures of every sort: what pages are tried on without training anything. */
public final class SyntheticClaim implements Claim {
    private static final int SEEDS = 6;
    private static final String SPEC = """
            data: {source: two-cluster, train: 100, test: 50}
            model: {kind: mlp, widths: [16]}
            """;

    private final String id;
    private final Kind kind;
    private final List<String> literature;
    private final boolean quoting;

    /** A claim of that name. */
    public SyntheticClaim(String id, Kind kind, String... literature) {
        this(id, kind, List.of(literature), false);
    }

    private SyntheticClaim(String id, Kind kind, List<String> literature, boolean quoting) {
        this.id = id;
        this.kind = kind;
        this.literature = literature;
        this.quoting = quoting;
    }

    /** The same with a sentence of the source before ours. */
    public SyntheticClaim quoting() {
        return new SyntheticClaim(id, kind, literature, true);
    }

    @Override
    public Card card() {
        return new CardDraft(id, kind, "P22", "P3")
                .states("The effect is smaller with decay than without, by a factor that theory <fixes>.")
                .literature(literature.isEmpty() ? "The source saw 0.1." : literature.getFirst())
                .source("Somebody and Another 2020")
                .because("Because decay pulls.")
                .control("The same comparison without decay on either side.")
                .assuming("Balanced classes.")
                .free("data", "model.widths")
                .reads("neural-collapse", "loss")
                .pilot("ln of the ratio", -2.3, 0.4, "3001-3010")
                .quickSeconds(3);
    }

    @Override
    public Protocol protocol(Scale scale) {
        return Protocol.of(
                SEEDS,
                Arm.treatment("decay", Protocol.spec(SPEC).having("decay.lambda=1e-3")),
                Arm.treatment("no decay", Protocol.spec(SPEC).having("decay.lambda=0")),
                Arm.control("slight decay", Protocol.spec(SPEC).having("decay.lambda=1e-6")));
    }

    @Override
    public Judgement judge(Evidence evidence) {
        Ruling treatment = ruling(evidence.arm("decay"), evidence.arm("no decay"));
        Ruling control = ruling(evidence.arm("slight decay"), evidence.arm("no decay"));
        Sentence ours = Sentence.ours("", treatment, control);
        Sentence source =
                Sentence.ofSource("Decay collapses features.", "Somebody and Another 2020", treatment, control);
        return new Judgement(
                quoting ? List.of(source, ours) : List.of(ours),
                List.of(
                        Figure.course(
                                "Over training",
                                Axis.logarithmic("NC1"),
                                evidence.arms(),
                                "neural-collapse.nc1@train",
                                List.of(new Mark("predicted", 0.01)),
                                "Median and range over seeds."),
                        Figure.arms(
                                "At the end",
                                Axis.linear("training loss"),
                                evidence.arms(),
                                arm -> arm.last("loss.loss@train"),
                                List.of(new Mark("threshold", 0.02)),
                                "A dot per seed, the bar is their median."),
                        new Figure(
                                "Layer by layer",
                                Axis.of("layer", List.of("layers.0", "layers.1", "layers.2")),
                                Axis.logarithmic("NC1"),
                                List.of(
                                        layers("decay", Arm.Part.TREATMENT, true, 1),
                                        layers("slight decay", Arm.Part.CONTROL, true, 3)),
                                List.of(),
                                "Joined medians over named places."),
                        new Figure(
                                "Side by side",
                                Axis.of("", List.of("a local convolution", "locally connected layers", "dense")),
                                Axis.linear("test error"),
                                List.of(
                                        layers("local data", Arm.Part.TREATMENT, false, 1),
                                        layers("permuted data", Arm.Part.CONTROL, false, 1.2)),
                                List.of(),
                                "Dots of several curves at the same places."),
                        new Figure(
                                "Against batch size",
                                Axis.logarithmic("batch size"),
                                Axis.logarithmic("noise"),
                                List.of(
                                        new Curve(
                                                "measured",
                                                Arm.Part.TREATMENT,
                                                false,
                                                new double[] {4, 16, 64},
                                                new double[][] {{1, .24, .06}, {1.1, .26, .07}, {0.8, .25, .05}}),
                                        new Curve(
                                                "theory",
                                                Arm.Part.TREATMENT,
                                                true,
                                                new double[] {4, 16, 64},
                                                new double[][] {{1, .25, .0625}})),
                                List.of(),
                                "Dots against a line.")),
                List.of("A remark that depends on what was seen."));
    }

    private static Curve layers(String name, Arm.Part part, boolean line, double factor) {
        double[][] values = new double[SEEDS][];
        for (int seed = 0; seed < SEEDS; seed++) {
            values[seed] = new double[] {
                factor * (1 + 0.05 * seed), factor * (0.4 + 0.02 * seed), seed == 2 ? Double.NaN : factor * 0.1
            };
        }
        return new Curve(name, part, line, new double[] {0, 1, 2}, values);
    }

    private static Ruling ruling(ArmRuns decayed, ArmRuns plain) {
        return Ruling.of(
                List.of(
                        Comparison.ratio(
                                "NC1 with decay over NC1 without",
                                "decay lowers NC1 at the end",
                                new Values("NC1 with decay", decayed.last("neural-collapse.nc1@train")),
                                new Values("that without", plain.last("neural-collapse.nc1@train")),
                                Threshold.atMost(0.5)),
                        Level.of(
                                "training loss",
                                "the loss ends low",
                                decayed.last("loss.loss@train"),
                                Threshold.within(-0.1, 0.001))),
                List.of(Requirement.all(
                        "fitted", "training accuracy", decayed.last("loss.accuracy@train"), Threshold.atLeast(0.9))));
    }

    /** The claim judged on synthetic runs; times are the only thing that depends on their argument. */
    public ClaimResult result(double seconds, Alterations alterations) {
        Evidence evidence = new Evidence(
                Scale.QUICK,
                protocol(Scale.QUICK).arms().stream()
                        .map(arm -> new ArmRuns(
                                arm,
                                arm.spec().spec(),
                                new SyntheticStudy()
                                        .runs(
                                                SEEDS,
                                                Map.of(
                                                        "decay.lambda",
                                                        switch (arm.name()) {
                                                            case "decay" -> "1e-6";
                                                            case "no decay" -> "1e-3";
                                                            default -> "9e-4";
                                                        }))
                                        .list()))
                        .toList());
        Judgement judgement = judge(evidence);
        Verdict verdict = judgement.verdict();
        List<String> beyond = alterations.assignments().stream()
                .filter(assignment -> !assignment.startsWith("data"))
                .toList();
        return new ClaimResult(
                card(),
                Scale.QUICK,
                judgement,
                judgement.sentences().stream()
                        .map(sentence -> new JudgedSentence(sentence, sentence.verdict()))
                        .toList(),
                verdict,
                Standing.RECORD,
                alterations,
                beyond,
                List.of(),
                evidence,
                seconds,
                0,
                booked(verdict, alterations, beyond, seconds));
    }

    private BookedVerdict booked(Verdict verdict, Alterations alterations, List<String> beyond, double seconds) {
        return new BookedVerdict(
                id,
                "quick",
                kind.name().toLowerCase(java.util.Locale.ROOT),
                verdict.outcome().word(),
                verdict.control().outcome().word(),
                verdict.effect(),
                verdict.interval().low(),
                verdict.interval().high(),
                0.5,
                Double.NEGATIVE_INFINITY,
                0.5,
                verdict.main().prediction(),
                verdict.main().explanation(),
                verdict.reason(),
                List.of(new BookedSentence(
                        "ours", card().statement(), verdict.outcome().word(), verdict.reason(), List.of(), List.of())),
                SEEDS,
                alterations.arguments(),
                beyond,
                Numerics.VERSION,
                seconds,
                "./orrery claim " + id + " --scale quick");
    }
}
