package io.orrery.lab.claim.bounds;

import io.orrery.lab.claim.Arm;
import io.orrery.lab.claim.ArmRuns;
import io.orrery.lab.claim.Card;
import io.orrery.lab.claim.CardDraft;
import io.orrery.lab.claim.Claim;
import io.orrery.lab.claim.DriverFigure;
import io.orrery.lab.claim.Evidence;
import io.orrery.lab.claim.Figure;
import io.orrery.lab.claim.Judgement;
import io.orrery.lab.claim.Protocol;
import io.orrery.lab.claim.Provenance;
import io.orrery.lab.claim.Scale;
import io.orrery.lab.claim.rho.RhoProtocols;
import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.Requirement;
import io.orrery.lab.judge.Ruling;
import io.orrery.lab.judge.criterion.Exactly;
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.setup.SpecDocument;
import io.orrery.lab.spec.Serves;
import io.orrery.lab.theory.bound.SizeIndependent;
import io.orrery.lab.theory.bound.SparseBound;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Bounds from kernels lie far below those from whole maps; those that double with each layer above those that do not (P27). */
@Serves("001-08")
public final class BoundsOrder implements Claim {
    private static final String CONVOLUTIONAL = SparseBoundHolds.CONVOLUTIONAL;
    private static final List<Integer> DEPTHS = List.of(2, 3, 4);

    private static final String KERNELS = "bounds.galanti-released@train";
    private static final String KERNELS_AND_OUTPUT = "bounds.galanti@train";
    private static final String WHOLE_MAPS = "bounds.galanti-dense@train";
    private static final String DOUBLING = "bounds.neyshabur@train";
    private static final String GENTLE = "bounds.golowich@train";

    /** How far apart the bounds of a convolutional network must be. */
    private static final double FACTOR = 1e3;
    /** With two layers and inputs of norm 1 the bounds differ by 2 sqrt 2 / (1 + sqrt(4 ln 2)) = 1.061: 7% less must fail. */
    private static final double TIGHTER = 1.07;
    /** A growth with depth that is a thousandth larger: must be missed. */
    private static final double OTHER_GROWTH = 1.001;

    private static final double ROUNDING = 1e-9;
    /** Inputs are stored in single precision, so their norms are 1 to within this. */
    private static final double UNIT = 1e-6;

    @Override
    public Card card() {
        return new CardDraft("bounds-order", Kind.IDENTITY, "P27")
                .states(
                        "For four 2 x 2 convolutions on 28 x 28 pixels the bound from kernels' norms is at most a thousandth of the"
                                + " bound from the norms of the whole maps, for all weights that fit with rho at least 1; for dense networks of two"
                                + " and more layers the bound with 2^(L-1) is above the one with the square root of L.")
                .source(
                        "Galanti, Xu, Galanti and Poggio 2023; Neyshabur, Tomioka and Srebro 2015; Golowich, Rakhlin and Shamir 2018")
                .literature(
                        "A consequence of the formulas: the maps' norms multiply to 27 x 26 x 25 x 24 = 421,200 times the kernels', the"
                                + " kernels' sizes to 16. It tests the instrument, not the world, and earns nothing in a summary; that the"
                                + " bounds are far apart for trained networks is judged by convolution-beats-dense.")
                .limit(
                        "a thousand times the bound from kernels",
                        Threshold.atMost(1),
                        Provenance.theorem("docs/theory, P27: 421,200 over 16, less what the last layer takes"))
                .limit(
                        "B3 over B1",
                        Threshold.atMost(1),
                        Provenance.theorem(
                                "docs/theory, section 6: 2^(L-1) sqrt 2 is at least 1 + sqrt(2 L ln 2) from two layers on"))
                .limit(
                        "growth of B1 over B3 with a layer",
                        Threshold.atMost(UNIT),
                        Provenance.theorem("docs/theory, P27; inputs are stored in single precision"))
                .cause("images whose neighbourhoods a kernel sees", "model={kind: mlp, widths: [32]}")
                .refutedBy(
                        "A bound from kernels above a thousandth of the other, at any look: then the instrument computes another formula.")
                .seenRefuted(
                        "its controls, in every run that fits: the same order for a dense network, and the doubling bound less 7%")
                .because(
                        "A kernel stands at every place of the image: the norm of the whole map counts it there again and again,"
                                + " although it is the same few numbers.")
                .control(
                        "The first order asked of a dense network, where both bounds are the same one; and the bound with 2^(L-1)"
                                + " made 7% smaller, which two layers on inputs of norm 1 can tell; and a growth a thousandth larger: all must be violated.")
                .assuming(
                        "First terms, (rho + 1) times root times data, at margin 1. The first order is asked at every look with rho at"
                                + " least 1 at which every training example is decided rightly, since bounds of networks that do not fit say"
                                + " nothing; that of the two bounds for dense networks, which any weights have, at every look, and its growth"
                                + " with a layer at the last. The bound from"
                                + " kernels is the released evaluation's, as in core theory B5; our own also counts the places that the"
                                + " last layer flattens, and is shown beside it.")
                .assuming(
                        "Images are needed; dense networks see them with norm 1. The order holds with and without decay.")
                .assuming(
                        "Looks at which networks did not fit were asked of the first order as well when the seeds 2001-2010 were judged:"
                                + " now fitted ones alone, judged on 2101-2110. The control was the bound with the last layer's places then;"
                                + " for dense networks, of which it is asked, both are the same number.")
                .free("data", "decay.lambda", "optimizer.learningRate")
                .reads("bounds", "norms")
                .quickSeconds(20);
    }

    @Override
    public Protocol protocol(Scale scale) {
        SpecDocument base = SparseBoundHolds.base(scale);
        boolean quick = scale == Scale.QUICK;
        List<Arm> arms = new ArrayList<>();
        arms.add(Arm.treatment(CONVOLUTIONAL, SparseBoundHolds.convolutions(scale)));
        for (int depth : DEPTHS) {
            String widths = IntStream.range(1, depth)
                    .mapToObj(layer -> quick ? "32" : "256")
                    .toList()
                    .toString();
            arms.add(Arm.treatment(
                    dense(depth),
                    base.having("data.standardize=none")
                            .having("data.unitNorm=true")
                            .having("model={kind: mlp, widths: " + widths + "}")));
        }
        return new Protocol(quick ? 10 : 5, arms);
    }

    @Override
    public Judgement judge(Evidence evidence) {
        ArmRuns convolutional = evidence.arm(CONVOLUTIONAL);
        List<ArmRuns> dense =
                DEPTHS.stream().map(depth -> evidence.arm(dense(depth))).toList();
        List<Finding> findings = new ArrayList<>();
        findings.add(apart(convolutional, KERNELS));
        List<Finding> wrong = new ArrayList<>();
        wrong.add(apart(dense.getFirst(), KERNELS));
        findings.add(above(dense.getFirst(), 1));
        wrong.add(above(dense.getFirst(), TIGHTER));
        for (int i = 0; i + 1 < dense.size(); i++) {
            findings.add(above(dense.get(i + 1), 1)
                    .withoutControl(
                            "the bounds of deeper networks are so far apart that 7% less violates nothing; the network of two"
                                    + " layers can tell"));
            findings.add(growth(dense.get(i), dense.get(i + 1), DEPTHS.get(i), 1));
            wrong.add(growth(dense.get(i), dense.get(i + 1), DEPTHS.get(i), OTHER_GROWTH));
        }
        Requirement scaled = Requirement.all(
                "rho at least 1",
                "rho of the convolutional network",
                convolutional.last(RhoProtocols.RHO),
                Threshold.atLeast(1));
        return new Judgement(
                Ruling.of(findings, List.of(scaled)),
                Ruling.of(wrong, List.of()),
                List.of(
                        new Figure(
                                "How far below the bound from whole maps",
                                Figure.Axis.logarithmic("step"),
                                Figure.Axis.logarithmic("ratio of first terms"),
                                List.of(
                                        curve("from kernels, as released", Arm.Part.TREATMENT, convolutional, KERNELS),
                                        curve(
                                                "from kernels, places of the last layer counted",
                                                Arm.Part.TREATMENT,
                                                convolutional,
                                                KERNELS_AND_OUTPUT),
                                        curve(
                                                "dense network of two layers",
                                                Arm.Part.CONTROL,
                                                dense.getFirst(),
                                                KERNELS_AND_OUTPUT)),
                                List.of(new Figure.Mark("predicted at least", FACTOR)),
                                "The first term of the bound from whole maps over that from kernels along training, median and range"
                                        + " over seeds. For a dense network they are the same."),
                        DriverFigure.of(
                                "2^(L-1) against the square root of L",
                                Figure.Axis.linear("layers L"),
                                Figure.Axis.linear("B1 over B3"),
                                "B1 over B3",
                                DEPTHS.stream()
                                        .mapToDouble(Integer::doubleValue)
                                        .toArray(),
                                dense.stream().map(BoundsOrder::lastRatio).toArray(double[][]::new),
                                "At the end of training, median and range over seeds; it must not fall below 1.")),
                List.of(whateverTheData()));
    }

    /** A thousand times the first term from kernels is at most that from whole maps, at every fitted look with rho at least 1. */
    private static Finding apart(ArmRuns arm, String kernels) {
        double[] smallest = Arrays.stream(firstTerms(arm, kernels).values())
                .mapToDouble(looks ->
                        Arrays.stream(looks).filter(Double::isFinite).min().orElse(Double.NaN))
                .toArray();
        double[] factor = new double[smallest.length];
        Arrays.fill(factor, FACTOR);
        return Exactly.bound(
                        "a thousand times the bound from kernels (" + arm.name() + ")",
                        "the bound from kernels is at most a thousandth of that from whole maps",
                        factor,
                        smallest,
                        ROUNDING)
                .asTheorem();
    }

    /**
     * The first term from whole maps over that from kernels, or a little less: complexities have rho where first terms have
     * rho + 1, which is 1 + 1 / rho times as much from kernels, and at least as much from whole maps. NaN where rho is
     * below 1 or the network does not decide every training example rightly.
     */
    private static ArmRuns.Course firstTerms(ArmRuns arm, String kernels) {
        ArmRuns.Course rho = arm.course(RhoProtocols.RHO);
        ArmRuns.Course whole = arm.course(WHOLE_MAPS);
        ArmRuns.Course from = arm.course(kernels);
        ArmRuns.Course margins = FittedLooks.margins(arm);
        boolean together = Arrays.equals(rho.steps(), whole.steps()) && Arrays.equals(rho.steps(), from.steps());
        double[][] ratios = new double[arm.count()][rho.steps().length];
        for (int seed = 0; seed < ratios.length; seed++) {
            for (int look = 0; look < ratios[seed].length; look++) {
                double scale = rho.values()[seed][look];
                boolean asked = together && scale >= 1 && FittedLooks.fits(margins, seed, rho.steps()[look]);
                ratios[seed][look] =
                        asked ? whole.values()[seed][look] / from.values()[seed][look] / (1 + 1 / scale) : Double.NaN;
            }
        }
        return new ArmRuns.Course(rho.steps(), ratios);
    }

    private static Figure.Curve curve(String name, Arm.Part part, ArmRuns arm, String kernels) {
        ArmRuns.Course ratios = firstTerms(arm, kernels);
        return new Figure.Curve(
                name, part, true, Arrays.stream(ratios.steps()).asDoubleStream().toArray(), ratios.values());
    }

    /** The bound with the square root of the depth is at most the one that doubles, made smaller by a factor, at every look. */
    private static Finding above(ArmRuns arm, double smaller) {
        ArmRuns.Course doubling = arm.course(DOUBLING);
        ArmRuns.Course gentle = arm.course(GENTLE);
        boolean together = Arrays.equals(doubling.steps(), gentle.steps());
        double[] largest = new double[arm.count()];
        double[] one = new double[arm.count()];
        for (int seed = 0; seed < largest.length; seed++) {
            largest[seed] = Double.NaN;
            one[seed] = 1;
            for (int look = 0; together && look < gentle.steps().length; look++) {
                double share = gentle.values()[seed][look] / (doubling.values()[seed][look] / smaller);
                if (!Double.isNaN(share) && !(largest[seed] >= share)) {
                    largest[seed] = share;
                }
            }
        }
        return Exactly.bound(
                        "B3 against B1" + (smaller > 1 ? " less 7%" : "") + " (" + arm.name() + ")",
                        "the bound with the square root of the depth is at most the one that doubles with each layer",
                        largest,
                        one,
                        ROUNDING)
                .asTheorem();
    }

    /** By how much one more layer raises the ratio, where inputs have norm 1. */
    private static Finding growth(ArmRuns arm, ArmRuns deeper, int depth, double times) {
        double[] less = lastRatio(arm);
        double[] more = lastRatio(deeper);
        double[] predicted = new double[less.length];
        Arrays.fill(predicted, times * 2 * SizeIndependent.depthFactor(depth) / SizeIndependent.depthFactor(depth + 1));
        return Exactly.equality(
                "the growth of B1 over B3 from " + depth + " to " + (depth + 1) + " layers",
                "one more layer raises the ratio by 2 (1 + sqrt(2 L ln 2)) / (1 + sqrt(2 (L + 1) ln 2))",
                RhoProtocols.perSeed(less.length, seed -> more[seed] / less[seed]),
                predicted,
                UNIT);
    }

    private static double[] lastRatio(ArmRuns arm) {
        double[] doubling = arm.last(DOUBLING);
        double[] gentle = arm.last(GENTLE);
        return RhoProtocols.perSeed(arm.count(), seed -> doubling[seed] / gentle[seed]);
    }

    /** What holds for any inputs: the norm of all pixels is at least that of the largest one, and rho is at least 1. */
    private static String whateverTheData() {
        int layers = 5;
        int outputs = 10;
        double maps = 27 * 26 * 25 * 24;
        double whole = SparseBound.firstTerm(maps, SparseBound.dense(layers, outputs, 1, 1));
        double released = SparseBound.firstTerm(1, SparseBound.released(layers, 4, 256, outputs, 1, 1));
        double counted = SparseBound.firstTerm(
                1,
                SparseBound.theorem(
                        layers, 4 * StrictMath.log(4) + StrictMath.log(24 * 24), 256.0 * 24 * 24, outputs, 1, 1));
        return String.format(
                Locale.ROOT,
                "In closed form, for ten classes of 28 x 28 pixels with one channel, whatever the images and the weights with rho at"
                        + " least 1: the factor is at least %.0f as released, and at least %.0f with the places of the last layer"
                        + " counted. Real images lie higher, since their norm is not in one pixel.",
                whole / released,
                whole / counted);
    }

    private static String dense(int depth) {
        return "dense, " + depth + " layers";
    }
}
