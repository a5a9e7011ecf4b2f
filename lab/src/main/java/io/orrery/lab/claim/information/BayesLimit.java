package io.orrery.lab.claim.information;

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
import io.orrery.lab.theory.EquivalentLinearModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Of a wide two-layer teacher nobody learns more than of a linear one with extra noise. */
@Serves("002-122")
public final class BayesLimit implements Claim {
    private static final String SERIES = ShallowTeacher.NAME + ".";
    private static final String WIDE = "wide teacher";
    private static final String NARROW = "narrow teacher, many examples";
    private static final int SIZES = 4;
    private static final String PILOTS = "3001-3010";

    private static final Threshold REACHED = Threshold.about(1, 0.05);
    private static final Threshold NOT_BEATEN = Threshold.atLeast(0.97);

    private static final String RIDGE = "ridge regression's error over the limit";
    private static final String PROCESS = "the wide teacher's own process's error over ridge regression's";
    private static final String NETWORK = "the trained network's error over ridge regression's";

    @Override
    public Card card() {
        return new CardDraft("bayes-limit", Kind.EFFECT)
                .states(
                        "With a few examples per input, the least error on a random two-layer teacher with many hidden units is that of a"
                                + " linear teacher with extra noise: ridge regression has it within 5%, and neither the process that the teacher is"
                                + " nor a network of its kind, stopped at its best step, comes more than 3% below.")
                .source("Camilli, Tieplova and Barbier 2023, arXiv 2307.05635")
                .literature(
                        "\"Our results come in the form of bounds relating i) the mutual information between training data and network"
                                + " weights, or ii) the Bayes-optimal generalization error, to the same quantities but for a simpler (generalized)"
                                + " linear model for which explicit expressions are rigorously known. Our bounds [...] thus yield"
                                + " fundamental performance limits for any neural network (and actually any learning procedure) trained from limited data"
                                + " generated according to our two-layer teacher neural network model.\" (abstract)")
                .because(
                        "To an odd activation the teacher is a linear map and a rest of third order and more. Two random inputs overlap by 1 /"
                                + " sqrt(d), so the rest at one input says next to nothing of it at another: until there are about d^3 examples it"
                                + " is noise that cannot be learned.")
                .control(
                        "Of ridge regression, the limit for half as many examples. Of learners that do not beat it, a teacher of three hidden units"
                                + " with 80 examples for each of ten inputs, whose rest can be learned.")
                .cause(
                        "many hidden units and inputs for the examples",
                        "hidden=3",
                        "inputs=10",
                        "ratio=80",
                        "rate=0.3",
                        "steps=600")
                .limit(
                        RIDGE,
                        REACHED,
                        Provenance.argued(
                                "the limit is of infinitely many inputs; with 100 it is off by terms of order 1/d, and half as many"
                                        + " examples change it by 10 percent or more"))
                .limit(
                        PROCESS + "; " + NETWORK,
                        NOT_BEATEN,
                        Provenance.argued(
                                "with 100 inputs the slope of the error function varies with the norm of the input, which a"
                                        + " learner may know: rho^2 Var(|x|^2/d) / 9 is 0.6 percent of the least error"))
                .refutedBy(
                        "A learner whose error is below ridge regression's by more than 3%, or ridge regression apart from the limit by 5%.")
                .seenRefuted(
                        "On pilot seeds 3001-3010, of a teacher of three hidden units with 80 examples for each of ten inputs, the process's"
                                + " error is 0.86 and the network's 0.80 times ridge regression's.")
                .assuming(
                        "Error functions as hidden units, outer weights 1 or -1, everything else normal; noise of variance 0.1; 100 inputs,"
                                + " 2000 hidden units, 50 to 400 examples. Ridge regression and process: means over 20 teachers that share hidden"
                                + " units and inputs, whose linear parts are independent.")
                .assuming(
                        "Learners are held against ridge regression on the same teacher, since |v|^2 differs from teacher to teacher and with"
                                + " it every learner's error by ten percent and more.")
                .assuming(
                        "The network: one hidden layer of tanh, full-batch descent with momentum 0.9, its smallest test error over 40 looks, which"
                                + " flatters it.")
                .assuming(
                        "The limit was derived again from Gaussian equivalence and Marchenko and Pastur's law; the source's constants of its"
                                + " finite-size terms are not used.")
                .free("teachers", "tests", "width")
                .pilot(RIDGE + ", 0.5 examples per input", 0.990, 0.022, PILOTS)
                .pilot(RIDGE + ", 4 examples per input", 0.993, 0.012, PILOTS)
                .pilot("logarithm of " + PROCESS + ", 4 examples per input", -0.006, 0.001, PILOTS)
                .pilot("logarithm of " + NETWORK + ", 0.5 examples per input", 0.22, 0.13, PILOTS)
                .pilot("logarithm of " + NETWORK + ", 4 examples per input", 0.14, 0.05, PILOTS)
                .pilot("logarithm of the same in the control", -0.22, 0.13, PILOTS)
                .quickSeconds(35);
    }

    @Override
    public Protocol protocol(Scale scale) {
        ShallowTeacher teacher = new ShallowTeacher();
        Setting wide = Setting.empty()
                .with("inputs", 100)
                .with("hidden", scale == Scale.QUICK ? 2000 : 4000)
                .with("noise", 0.1)
                .with("ratio", 4)
                .with("teachers", 20)
                .with("tests", 1000)
                .with("width", 30)
                .with("steps", 200)
                .with("rate", 0.05);
        Setting narrow = wide.with("inputs", 10)
                .with("hidden", 3)
                .with("ratio", 80)
                .with("width", 20)
                .with("steps", 600)
                .with("rate", 0.3);
        return Protocol.of(
                scale == Scale.QUICK ? 10 : 20,
                Arm.treatment(WIDE, teacher, wide),
                Arm.control(NARROW, teacher, narrow));
    }

    @Override
    public Judgement judge(Evidence evidence) {
        ArmRuns wide = evidence.arm(WIDE);
        ArmRuns narrow = evidence.arm(NARROW);
        List<Finding> findings = new ArrayList<>();
        List<Finding> controls = new ArrayList<>();
        for (int size = 0; size < SIZES; size++) {
            Finding ridge = ridge(wide, size, 1);
            findings.add(ridge);
            controls.add(ridge(wide, size, 2).controlling(ridge.name()));
            Finding process = process(wide, size);
            findings.add(process);
            controls.add(process(narrow, SIZES - 1).controlling(process.name()));
            Finding network = network(wide, size);
            findings.add(network);
            controls.add(network(narrow, SIZES - 1).controlling(network.name()));
        }
        return new Judgement(
                List.of(Sentence.ours("", Ruling.of(findings, List.of()), Ruling.of(controls, List.of()))),
                List.of(
                        errors(
                                "Errors of learners of a wide teacher",
                                wide,
                                "No learner comes below the line of the limit."),
                        errors(
                                "Errors of learners of a narrow teacher",
                                narrow,
                                "With three hidden units and many examples the network goes below the line: the limit is of teachers"
                                        + " whose nonlinear part cannot be learned."),
                        gaps(wide)),
                List.of());
    }

    /** Ridge regression's error over the limit for a share of the examples. */
    private static Finding ridge(ArmRuns arm, int size, double fewer) {
        double limit = model(arm).bayesError(ratio(arm, size) / fewer);
        return Level.of(
                RIDGE + at(arm, size),
                "ridge regression has the least error that the linear model allows",
                Arrays.stream(arm.lastEntries(SERIES + "ridge", size))
                        .map(error -> error / limit)
                        .toArray(),
                REACHED);
    }

    private static Finding process(ArmRuns arm, int size) {
        return Comparison.ratio(
                PROCESS + at(arm, size),
                "not even the process that the teacher is comes below",
                new Values("the process's error", arm.lastEntries(SERIES + "process", size)),
                new Values("ridge regression's", arm.lastEntries(SERIES + "ridge", size)),
                NOT_BEATEN);
    }

    private static Finding network(ArmRuns arm, int size) {
        return Comparison.ratio(
                NETWORK + at(arm, size),
                "no network comes below",
                new Values("the network's error", arm.lastEntries(SERIES + "network", size)),
                new Values("ridge regression's", arm.lastEntries(SERIES + "ridge-beside", size)),
                NOT_BEATEN);
    }

    private static EquivalentLinearModel model(ArmRuns arm) {
        return EquivalentLinearModel.ofErrorFunction(arm.setting().get("noise"));
    }

    private static double ratio(ArmRuns arm, int size) {
        return ShallowTeacher.examples(arm.setting())[size] / arm.setting().get("inputs");
    }

    private static String at(ArmRuns arm, int size) {
        return ", " + Arm.number(ratio(arm, size)) + " examples per input";
    }

    private static Figure errors(String title, ArmRuns arm, String caption) {
        double[] ratios =
                IntStream.range(0, SIZES).mapToDouble(size -> ratio(arm, size)).toArray();
        double least = ratios[0];
        double most = ratios[SIZES - 1];
        double[] fine = IntStream.rangeClosed(0, 40)
                .mapToDouble(i -> least * StrictMath.pow(most / least, i / 40.0))
                .toArray();
        return new Figure(
                title,
                Figure.Axis.logarithmic("examples per input"),
                Figure.Axis.linear("test error"),
                List.of(
                        ComputedCurves.law("the limit", Arm.Part.CONTROL, fine, model(arm)::bayesError),
                        ComputedCurves.of("ridge regression", Arm.Part.TREATMENT, arm, SERIES + "ridge", ratios)
                                .apart(),
                        ComputedCurves.of(
                                        "the wide teacher's process",
                                        Arm.Part.TREATMENT,
                                        arm,
                                        SERIES + "process",
                                        ratios)
                                .apart(),
                        ComputedCurves.of(
                                        "trained network at its best",
                                        Arm.Part.TREATMENT,
                                        arm,
                                        SERIES + "network",
                                        ratios)
                                .apart()),
                List.of(new Figure.Mark("what stays for ever", model(arm).variance())),
                caption);
    }

    private static Figure gaps(ArmRuns arm) {
        double[] ratios =
                IntStream.range(0, SIZES).mapToDouble(size -> ratio(arm, size)).toArray();
        double[][] gaps = IntStream.range(0, SIZES)
                .mapToObj(size ->
                        gap(arm.lastEntries(SERIES + "network", size), arm.lastEntries(SERIES + "ridge-beside", size)))
                .toArray(double[][]::new);
        return new Figure(
                "By how much a network misses what can be known",
                Figure.Axis.logarithmic("examples per input"),
                Figure.Axis.linear("error over ridge regression's, less 1"),
                List.of(ComputedCurves.points("trained network at its best", Arm.Part.TREATMENT, ratios, gaps)
                        .joined()),
                List.of(new Figure.Mark("nothing missed", 0)),
                "Same teacher, same examples. The network does not know that all it can use is linear.");
    }

    private static double[] gap(double[] network, double[] ridge) {
        return IntStream.range(0, network.length)
                .mapToDouble(seed -> network[seed] / ridge[seed] - 1)
                .toArray();
    }
}
