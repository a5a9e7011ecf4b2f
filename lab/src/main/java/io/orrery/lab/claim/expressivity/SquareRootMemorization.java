package io.orrery.lab.claim.expressivity;

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
import io.orrery.lab.judge.criterion.Exactly;
import io.orrery.lab.judge.criterion.Level;
import io.orrery.lab.judge.criterion.Trend;
import io.orrery.lab.judge.statistics.Range;
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.spec.Serves;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** A ReLU network recalls N points with about the root of N weights, which must be long for it. */
@Serves("002-128")
public final class SquareRootMemorization implements Claim {
    private static final String SERIES = Memorization.NAME + ".";
    private static final List<Integer> QUICK = List.of(16, 64, 256, 1024);
    private static final List<Integer> FULL = List.of(16, 64, 256, 1024, 4096);
    private static final int FEW = 64;
    private static final int DOUBLES = 53;
    private static final List<Integer> BITS = List.of(DOUBLES, 100, 150, 175, 200);
    private static final String PILOTS = "3001-3010";

    private static final Threshold ROOT = Threshold.about(0.5, 0.05);
    private static final Threshold LOST = Threshold.atMost(0.5);
    private static final double SPREAD = 1.5;

    private static final String MISSING = "the share of points recalled";
    private static final String EXPONENT = "exponent of weights over bits of a point and its label, by points";
    private static final String FACTOR =
            "largest over smallest of weights / (sqrt(N) (bits of a point + bits of a label))";
    private static final String WIDEST = "the bits of the widest weight over those of a group";
    private static final String ROUNDED = "share of 64 points recalled with weights of 53 bits";

    private static final String SINGLE_ROUNDED = FEW + " points, groups of one, weights of " + DOUBLES + " bits";

    @Override
    public Card card() {
        return new CardDraft("sqrt-memorization", Kind.TREND)
                .states(
                        "A ReLU network that is written down recalls every one of N points exactly, with a number of weights that grows as the"
                                + " square root of N times the bits of a point and its label, if its weights may be as long as a whole group of points.")
                .source("Vardi, Yehudai and Shamir 2021, arXiv 2110.03187")
                .literature(
                        "\"We show that such networks can memorize any N points that satisfy a mild separability assumption using"
                                + " O~(sqrt(N)) parameters. [...] Our construction uses weights with large bit complexity. We prove that having such a"
                                + " large bit complexity is both necessary and sufficient for memorization with a sub-linear number of parameters.\""
                                + " (abstract)")
                .because(
                        "One long weight holds a group of points, another their labels. sqrt(N) weights find the group of a point, and a few for"
                                + " every bit of a group read it bit by bit: wide weights and many layers do what many weights do otherwise.")
                .control(
                        "Of the growth, the same network with one point to a group. Of exactness, weights rounded to 53 bits, as many as a double"
                                + " has; of what rounding destroys, the network of one point to a group, rounded likewise; of the bits, half of the bound.")
                .cause("groups of many points", "group=1")
                .cause("weights of as many bits as a group takes", "bits=" + DOUBLES)
                .limit(MISSING, Threshold.atMost(0), Provenance.theorem("the construction: docstring of Memorizer"))
                .limit(EXPONENT, ROOT, Provenance.argued("the root, and what constant terms may bend at 16 points"))
                .limit(
                        FACTOR,
                        Threshold.atMost(SPREAD),
                        Provenance.argued(
                                "a constant times the root would be 1; weights in step with points would make it 8"))
                .limit(
                        WIDEST,
                        Threshold.atMost(1),
                        Provenance.theorem(
                                "the construction: a weight is a difference of two groups, or a power of 2 below them"))
                .limit(ROUNDED, LOST, Provenance.argued("more are lost than are recalled"))
                .refutedBy(
                        "A point that is not recalled, weights that grow faster than the root, or weights of 53 bits that do.")
                .seenRefuted(
                        "With one point to a group (pilot seeds 3001-3010) the exponent is 0.563 and the factor 1.68; with weights of 53 bits no"
                                + " point of 64 is recalled.")
                .assuming(
                        "The abstract was read, the source's construction was not: this one is our own, and its constants are no better than they"
                                + " need be. It is three layers and a few units wide but for the layer that finds the group.")
                .assuming(
                        "Points are different, with four whole inputs from 0 to 255; labels are random, from 1 to 7. A random direction with whole"
                                + " weights below N^2 projects them to different numbers, of log2(4 * 255 * N^2) bits: the logarithm of the law.")
                .assuming(
                        "Weights and biases that are not 0 count. All are whole, and everything is computed without rounding. A stranger whose"
                                + " projection is no point's is answered with 0 (a test).")
                .assuming(
                        "Few weights are not few bits: all weights together have more bits than the labels, as they must, and a figure shows it.")
                .assuming(
                        "First piloted with 16 to 512 points (seeds 3001-3010), where the network of one point to a group had the exponent 0.514: it"
                                + " too reads one point bit by bit, which costs more than its steps do. Sizes were widened to 1024, thresholds were not touched.")
                .free("inputs", "label-bits")
                .pilot(EXPONENT, 0.493, 0, PILOTS)
                .pilot(FACTOR, 1.03, 0, PILOTS)
                .quickSeconds(10);
    }

    @Override
    public Protocol protocol(Scale scale) {
        Memorization memorization = new Memorization();
        Setting base = Setting.empty()
                .with("inputs", 4)
                .with("label-bits", 3)
                .with("group", 0)
                .with("bits", 0);
        List<Arm> arms = new ArrayList<>();
        for (int points : sizes(scale)) {
            Setting sized = base.with("points", points);
            arms.add(Arm.treatment(grouped(points), memorization, sized));
            arms.add(Arm.control(single(points), memorization, sized.with("group", 1)));
        }
        Setting few = base.with("points", FEW);
        for (int bits : BITS) {
            arms.add(Arm.treatment(rounded(bits), memorization, few.with("bits", bits)));
        }
        arms.add(Arm.control(SINGLE_ROUNDED, memorization, few.with("group", 1).with("bits", DOUBLES)));
        return new Protocol(8, arms);
    }

    private static List<Integer> sizes(Scale scale) {
        return scale == Scale.QUICK ? QUICK : FULL;
    }

    private static String grouped(int points) {
        return points + " points";
    }

    private static String single(int points) {
        return points + " points, groups of one";
    }

    private static String rounded(int bits) {
        return FEW + " points, weights of " + bits + " bits";
    }

    @Override
    public Judgement judge(Evidence evidence) {
        List<Integer> sizes = sizes(evidence.scale());
        List<ArmRuns> arms =
                sizes.stream().map(points -> evidence.arm(grouped(points))).toList();
        List<ArmRuns> singles =
                sizes.stream().map(points -> evidence.arm(single(points))).toList();
        ArmRuns doubles = evidence.arm(rounded(DOUBLES));
        return new Judgement(
                List.of(
                        Sentence.ofSource(
                                "ReLU networks can memorize any N points that satisfy a mild separability assumption using O~(sqrt(N))"
                                        + " parameters.",
                                "Vardi, Yehudai and Shamir 2021, abstract, arxiv.org/abs/2110.03187",
                                Ruling.of(missing(arms), exponent(arms), factor(arms)),
                                Ruling.of(
                                        missing(List.of(doubles)).controlling(MISSING),
                                        exponent(singles).controlling(EXPONENT),
                                        factor(singles).controlling(FACTOR))),
                        Sentence.ours(
                                "No weight needs more bits than a group of points with their labels, and with weights of 53 bits most points are"
                                        + " lost.",
                                Ruling.of(widest(arms, 1), lost(doubles)),
                                Ruling.of(
                                        widest(arms, 0.5).controlling(WIDEST),
                                        lost(evidence.arm(SINGLE_ROUNDED)).controlling(ROUNDED)))),
                List.of(growth(arms, singles), recall(evidence), bits(arms)),
                List.of());
    }

    private static Finding missing(List<ArmRuns> arms) {
        return Exactly.identity(
                        MISSING,
                        "every point is recalled",
                        worst(arms, arm -> minus(1, arm.last(SERIES + "recalled"))),
                        0)
                .named(MISSING);
    }

    private static Finding exponent(List<ArmRuns> arms) {
        return Trend.of("weights over bits of a point and its label", "points", points(arms), each(arms, arm -> {
                    double bits = bitsOfAPoint(arm);
                    return Arrays.stream(arm.last(SERIES + "parameters"))
                            .map(count -> count / bits)
                            .toArray();
                }))
                .powerLaw("weights grow as the root of the points", ROOT)
                .named(EXPONENT);
    }

    private static Finding factor(List<ArmRuns> arms) {
        double[][] ratios = each(arms, arm -> {
            double law = law(arm);
            return Arrays.stream(arm.last(SERIES + "parameters"))
                    .map(count -> count / law)
                    .toArray();
        });
        double[] spread = IntStream.range(0, ratios[0].length)
                .mapToDouble(seed -> column(ratios, seed, true) / column(ratios, seed, false))
                .toArray();
        double[] limit = new double[spread.length];
        Arrays.fill(limit, SPREAD);
        return Exactly.bound(FACTOR, "weights over their law are nearly constant", spread, limit)
                .named(FACTOR);
    }

    private static Finding widest(List<ArmRuns> arms, double share) {
        double[] ratios = worst(arms, arm -> {
            double limit = share * Memorization.group(arm.setting()) * bitsOfAPoint(arm);
            return Arrays.stream(arm.last(SERIES + "widest-bits"))
                    .map(bits -> bits / limit)
                    .toArray();
        });
        double[] ones = new double[ratios.length];
        Arrays.fill(ones, 1);
        return Exactly.bound(WIDEST, "weights are no longer than a group", ratios, ones)
                .named(WIDEST);
    }

    private static Finding lost(ArmRuns arm) {
        return Level.of(ROUNDED, "short weights do not hold a group", arm.last(SERIES + "recalled"), LOST)
                .in(Range.SHARE);
    }

    /** The bits of a point's projection and of its label. */
    private static double bitsOfAPoint(ArmRuns arm) {
        return Memorization.pointBits(arm.setting()) + arm.setting().get("label-bits");
    }

    private static double law(ArmRuns arm) {
        return Math.sqrt(arm.setting().get("points")) * bitsOfAPoint(arm);
    }

    private static double[] points(List<ArmRuns> arms) {
        return arms.stream().mapToDouble(arm -> arm.setting().get("points")).toArray();
    }

    /** [arm][seed]. */
    private static double[][] each(List<ArmRuns> arms, Function<ArmRuns, double[]> values) {
        return arms.stream().map(values).toArray(double[][]::new);
    }

    /** The largest over arms in each seed; NaN if one has none. */
    private static double[] worst(List<ArmRuns> arms, Function<ArmRuns, double[]> values) {
        double[][] all = each(arms, values);
        return IntStream.range(0, all[0].length)
                .mapToDouble(seed -> column(all, seed, true))
                .toArray();
    }

    /** The largest or smallest of a seed; NaN if one is. */
    private static double column(double[][] rows, int seed, boolean largest) {
        double found = rows[0][seed];
        for (double[] row : rows) {
            found = largest ? Math.max(found, row[seed]) : Math.min(found, row[seed]);
        }
        return found;
    }

    private static double[] minus(double from, double[] values) {
        return Arrays.stream(values).map(value -> from - value).toArray();
    }

    private static Figure growth(List<ArmRuns> arms, List<ArmRuns> singles) {
        return new Figure(
                "Weights",
                Figure.Axis.logarithmic("points"),
                Figure.Axis.logarithmic("weights that are not 0"),
                List.of(
                        joined("groups of sqrt(N)", Arm.Part.TREATMENT, arms, "parameters"),
                        joined("groups of one", Arm.Part.CONTROL, singles, "parameters"),
                        byArm("20 sqrt(N) (bits of a point and its label)", arms, arm -> 20 * law(arm)),
                        byArm(
                                "one weight for each point",
                                arms,
                                arm -> arm.setting().get("points"))),
                List.of(),
                "Grouped points cost as the root of their number, times the bits that tell one from another, which grow as its logarithm. For few"
                        + " points the other network is smaller.");
    }

    private static Figure recall(Evidence evidence) {
        List<ArmRuns> arms =
                BITS.stream().map(bits -> evidence.arm(rounded(bits))).toList();
        double[] bits = BITS.stream().mapToDouble(kept -> kept).toArray();
        return new Figure(
                "What rounded weights recall, " + FEW + " points",
                Figure.Axis.linear("significant bits of a weight"),
                Figure.Axis.linear("share of points recalled"),
                List.of(line(
                        "groups of 8", Arm.Part.TREATMENT, bits, each(arms, arm -> arm.last(SERIES + "recalled")))),
                List.of(),
                "Median and range over seeds. A group of eight points takes "
                        + 8 * Memorization.pointBits(arms.getFirst().setting())
                        + " bits; weights that have fewer answer next to nothing, since the first bit that is read wrong spoils all that follow.");
    }

    private static Figure bits(List<ArmRuns> arms) {
        return new Figure(
                "Bits",
                Figure.Axis.logarithmic("points"),
                Figure.Axis.logarithmic("bits"),
                List.of(
                        joined("of all weights", Arm.Part.TREATMENT, arms, "all-bits"),
                        joined("of the widest weight", Arm.Part.TREATMENT, arms, "widest-bits"),
                        byArm(
                                "of the labels",
                                arms,
                                arm -> arm.setting().get("points")
                                        * arm.setting().get("label-bits"))),
                List.of(new Figure.Mark("a double's", DOUBLES)),
                "Few weights are not few bits: together they hold all labels and more, without signs and without zeros at the lower end. The widest"
                        + " has as many bits as a group, more than a double has from the smallest network on.");
    }

    private static Figure.Curve joined(String name, Arm.Part part, List<ArmRuns> arms, String series) {
        return line(name, part, points(arms), each(arms, arm -> arm.last(SERIES + series)));
    }

    private static Figure.Curve line(String name, Arm.Part part, double[] x, double[][] values) {
        Figure.Curve found = ComputedCurves.points(name, part, x, values);
        return new Figure.Curve(name, part, true, found.x(), found.values());
    }

    private static Figure.Curve byArm(String name, List<ArmRuns> arms, ToDoubleFunction<ArmRuns> law) {
        return new Figure.Curve(name, Arm.Part.CONTROL, true, points(arms), new double[][] {
            arms.stream().mapToDouble(law).toArray()
        });
    }
}
