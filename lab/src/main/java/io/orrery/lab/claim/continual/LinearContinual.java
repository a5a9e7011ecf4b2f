package io.orrery.lab.claim.continual;

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
import io.orrery.lab.judge.criterion.Direction;
import io.orrery.lab.judge.criterion.Level;
import io.orrery.lab.judge.criterion.Trend;
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.spec.Serves;
import io.orrery.lab.theory.ContinualRegression;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** What linear regression forgets of tasks in a row follows a closed form, and small networks follow its predictions. */
@Serves("002-035")
public final class LinearContinual implements Claim {
    private static final List<String> SIMILARITIES = List.of("0", "0.5", "0.9");
    private static final List<String> SHARES = List.of("0", "0.25", "0.5", "1");
    private static final String FEWER = "half the examples";
    private static final List<String> PLACES = List.of("1", "4", "5");
    private static final String PILOTS = "3001-3015";

    private static final Threshold ERROR = Threshold.about(1, 0.03);
    private static final Threshold FORGETTING = Threshold.within(-0.02, 0.02);
    private static final Threshold BETTER = Threshold.atMost(0);
    private static final Threshold TREND = Threshold.atLeast(0.5);
    private static final Threshold NETWORK = Threshold.atLeast(0.05);

    private static final String HELPED = "forgetting of tasks that are alike, similarity 0.9";
    private static final String FALLS = "forgetting falls as tasks become more alike";
    private static final String ORDERED = "forgetting rises the later the odd task comes";
    private static final String RISES = "forgetting of a network rises with the share of permuted inputs";
    private static final String NETWORK_FORGETS = "forgetting of a network, all inputs permuted";
    private static final String NETWORK_ORDERED = "forgetting of a network rises the later the odd task comes";

    @Override
    public Card card() {
        return new CardDraft("linear-continual", Kind.EFFECT)
                .states(
                        "When linear tasks with more inputs than examples are fitted one after the other, the error and the forgetting are what"
                                + " a closed form gives, within 3% and 0.02 of a task's weights; tasks that are alike are forgotten less, down to"
                                + " later tasks helping earlier ones, and most is forgotten if the odd task comes last. Small networks follow both.")
                .source("Lin, Ju, Liang and Shroff 2023, arXiv 2302.05836")
                .literature(
                        "\"[...] our theoretical analysis, under overparameterized linear models, provides the first-known explicit form of"
                                + " the expected forgetting and generalization error. Further analysis of such a key result yields a number of"
                                + " theoretical explanations about how overparameterization, task similarity, and task ordering affect both"
                                + " forgetting and generalization error of CL. More interestingly, by conducting experiments on real datasets using"
                                + " deep neural networks (DNNs), we show that some of these insights even go beyond the linear models\" (abstract)")
                .because(
                        "The smallest change that fits a task moves the weights only along its own examples. Of everything known before, the"
                                + " share 1 - n/p outside of them is kept, and the share n/p is replaced by what the new task says: good for"
                                + " tasks that are alike, bad for others.")
                .control(
                        "Of each law, the law with a term dropped: of errors the noise of the targets, of forgetting the distances between"
                                + " tasks. Of being helped, tasks that have nothing in common; of trends, their labels permuted; of a"
                                + " network's forgetting, tasks that are the same.")
                .cause("tasks that differ", "similarity=1", "share=0")
                .limit(
                        "error over its law",
                        ERROR,
                        Provenance.argued(
                                "the law is exact in the mean and 100 draws err by less than 1 percent; without the noise"
                                        + " of targets it is off by 5 percent or more"))
                .limit(
                        "forgetting less its law",
                        FORGETTING,
                        Provenance.argued(
                                "a fiftieth of the squared norm of a task's weights, which is 1; without the distances"
                                        + " between tasks the law is off by a tenth or more"))
                .limit(HELPED, BETTER, Provenance.theorem("io.orrery.lab.theory.ContinualRegression, -0.10 there"))
                .limit("rank trends", TREND, Provenance.argued("three of four pairs in the predicted order"))
                .limit(
                        NETWORK_FORGETS,
                        NETWORK,
                        Provenance.argued(
                                "five points of accuracy are what one would care about; the source gives no number"))
                .refutedBy(
                        "An error apart from the law's by more than 3%, forgetting as high for tasks that are alike as for others, or a"
                                + " network that forgets no more of permuted tasks than of one task repeated.")
                .seenRefuted(
                        "On pilot seeds 3001-3015 the error is 1.06 to 1.14 times the law without noise, forgetting is 0.13 to 0.69 above the"
                                + " law without distances between tasks, tasks with nothing in common are forgotten by 0.45, and a network on"
                                + " one task repeated forgets -0.01.")
                .assuming(
                        "Inputs normal, five tasks of 40 examples with 200 inputs, noise 0.3; the error of a task is the squared"
                                + " distance from its weights. The law's terms are of the weights that were drawn, so a seed's law is its own.")
                .assuming(
                        "Weights of tasks are c times common ones plus sqrt(1 - c^2) times their own; the odd task has weights of its own among"
                                + " tasks that are the same.")
                .assuming(
                        "Networks: one hidden layer of 32 ReLU, 20 inputs, four classes of a Gaussian mixture, 100 examples a task, a hundred"
                                + " steps of full-batch descent on the squared error of one-hot targets, momentum 0.9; forgetting is"
                                + " of test accuracy.")
                .free("draws", "width", "steps", "rate")
                .pilot("error over its law, similarity 0", 1.001, 0.005, PILOTS)
                .pilot("error over its law, similarity 0.5", 1.000, 0.005, PILOTS)
                .pilot("error over its law, similarity 0.9", 1.000, 0.007, PILOTS)
                .pilot("forgetting less its law, similarity 0", 0.0005, 0.005, PILOTS)
                .pilot("forgetting less its law, similarity 0.5", 0.0005, 0.004, PILOTS)
                .pilot("forgetting less its law, similarity 0.9", 0.0004, 0.002, PILOTS)
                .pilot("forgetting less its law, half the examples", -0.002, 0.006, PILOTS)
                .pilot(HELPED, -0.111, 0.024, PILOTS)
                .pilot(NETWORK_FORGETS, 0.379, 0.034, PILOTS)
                .pilot("the same in the control, one task repeated", -0.015, 0.026, PILOTS)
                .pilot("rank trend of a network's forgetting with the place of the odd task", 0.82, 0.39, PILOTS)
                .quickSeconds(20);
    }

    @Override
    public Protocol protocol(Scale scale) {
        SequentialRegression regression = new SequentialRegression();
        PermutedMixture permuted = new PermutedMixture();
        Setting linear = Setting.empty()
                .with("inputs", 200)
                .with("examples", 40)
                .with("tasks", 5)
                .with("noise", 0.3)
                .with("similarity", 0)
                .with("odd", 0)
                .with("draws", scale == Scale.QUICK ? 100 : 1000);
        Setting network = Setting.empty()
                .with("inputs", 20)
                .with("classes", 4)
                .with("examples", 100)
                .with("tests", 1000)
                .with("width", 32)
                .with("tasks", 5)
                .with("share", 1)
                .with("odd", 0)
                .with("steps", 100)
                .with("rate", 0.1);
        List<Arm> arms = new ArrayList<>();
        for (String similarity : SIMILARITIES) {
            arms.add(Arm.treatment(
                    alike(similarity), regression, linear.with("similarity", Double.parseDouble(similarity))));
        }
        arms.add(Arm.treatment(FEWER, regression, linear.with("examples", 20)));
        for (String place : PLACES) {
            Setting odd = linear.with("similarity", 1).with("odd", Double.parseDouble(place));
            arms.add(Arm.treatment(odd(place), regression, odd));
        }
        for (String share : SHARES) {
            Setting setting = network.with("share", Double.parseDouble(share));
            arms.add(
                    share.equals("0")
                            ? Arm.control(permuted(share), permuted, setting)
                            : Arm.treatment(permuted(share), permuted, setting));
        }
        for (String place : PLACES) {
            arms.add(Arm.treatment(networkOdd(place), permuted, network.with("odd", Double.parseDouble(place))));
        }
        return new Protocol(scale == Scale.QUICK ? 20 : 30, arms);
    }

    @Override
    public Judgement judge(Evidence evidence) {
        List<Finding> findings = new ArrayList<>();
        List<Finding> controls = new ArrayList<>();
        for (ArmRuns arm : laws(evidence)) {
            if (!arm.name().equals(FEWER)) {
                Finding error = error(arm, true);
                findings.add(error);
                controls.add(error(arm, false).controlling(error.name()));
            }
            Finding forgetting = forgetting(arm, true);
            findings.add(forgetting);
            controls.add(forgetting(arm, false).controlling(forgetting.name()));
        }
        findings.add(helped(evidence.arm(alike("0.9"))));
        controls.add(helped(evidence.arm(alike("0"))).controlling(HELPED));
        List<Finding> networks = new ArrayList<>();
        List<Finding> networkControls = new ArrayList<>();
        networks.add(networkForgets(evidence.arm(permuted("1"))));
        networkControls.add(networkForgets(evidence.arm(permuted("0"))).controlling(NETWORK_FORGETS));
        trend(
                FALLS,
                trend("forgetting", "the similarity of tasks", evidence, SIMILARITIES, LinearContinual::alike),
                Direction.DECREASING,
                findings,
                controls);
        trend(
                ORDERED,
                trend("forgetting", "the place of the odd task", evidence, PLACES, LinearContinual::odd),
                Direction.INCREASING,
                findings,
                controls);
        trend(
                RISES,
                trend("forgetting", "the share of permuted inputs", evidence, SHARES, LinearContinual::permuted),
                Direction.INCREASING,
                networks,
                networkControls);
        trend(
                NETWORK_ORDERED,
                trend("forgetting", "the place of the odd task", evidence, PLACES, LinearContinual::networkOdd),
                Direction.INCREASING,
                networks,
                networkControls);
        return new Judgement(
                List.of(
                        Sentence.ours(
                                "Error and forgetting of linear tasks in a row are what the closed form gives; tasks that are alike help"
                                        + " each other, and most is forgotten if the odd task comes last.",
                                Ruling.of(findings, List.of()),
                                Ruling.of(controls, List.of())),
                        Sentence.ours(
                                "Small networks on permuted tasks follow both: they forget the more the less tasks have in common, and the"
                                        + " more the later the odd task comes.",
                                Ruling.of(networks, List.of()),
                                Ruling.of(networkControls, List.of()))),
                figures(evidence),
                List.of());
    }

    /** The arms whose errors are held against the law. */
    private static List<ArmRuns> laws(Evidence evidence) {
        List<ArmRuns> arms = new ArrayList<>();
        SIMILARITIES.forEach(similarity -> arms.add(evidence.arm(alike(similarity))));
        arms.add(evidence.arm(FEWER));
        return arms;
    }

    private static void trend(
            String name, Trend trend, Direction direction, List<Finding> findings, List<Finding> controls) {
        findings.add(trend.monotone(name, direction, TREND).named(name));
        controls.add(trend.permutedDriver().monotone(name, direction, TREND).controlling(name));
    }

    private static Trend trend(
            String quantity, String driver, Evidence evidence, List<String> values, UnaryOperator<String> arm) {
        return Trend.of(
                quantity,
                driver,
                values.stream().mapToDouble(Double::parseDouble).toArray(),
                values.stream()
                        .map(value -> forgetting(evidence.arm(arm.apply(value))))
                        .toArray(double[][]::new));
    }

    private static Finding error(ArmRuns arm, boolean withNoise) {
        double[] law = scores(laws(arm, withNoise, true), ContinualRegression::finalError);
        double[] measured = scores(tables(arm), ContinualRegression::finalError);
        return Level.of(
                "error over its law, " + arm.name(),
                "errors are what the closed form gives",
                IntStream.range(0, law.length)
                        .mapToDouble(seed -> measured[seed] / law[seed])
                        .toArray(),
                ERROR);
    }

    private static Finding forgetting(ArmRuns arm, boolean withDistances) {
        double[] law = scores(laws(arm, true, withDistances), ContinualRegression::forgetting);
        double[] measured = forgetting(arm);
        return Level.of(
                "forgetting less its law, " + arm.name(),
                "forgetting is what the closed form gives",
                IntStream.range(0, law.length)
                        .mapToDouble(seed -> measured[seed] - law[seed])
                        .toArray(),
                FORGETTING);
    }

    private static Finding helped(ArmRuns arm) {
        return Level.of(HELPED, "later tasks help earlier ones that are alike", forgetting(arm), BETTER);
    }

    private static Finding networkForgets(ArmRuns arm) {
        return Level.of(NETWORK_FORGETS, "a network forgets tasks that differ", forgetting(arm), NETWORK);
    }

    /** What each seed forgot, of the linear arms or the networks'. */
    private static double[] forgetting(ArmRuns arm) {
        return scores(tables(arm), ContinualRegression::forgetting);
    }

    /** A score of each seed's table; NaN where there is none. */
    private static double[] scores(List<double[][]> tables, ToDoubleFunction<double[][]> score) {
        return tables.stream()
                .mapToDouble(table -> table.length == 0 ? Double.NaN : score.applyAsDouble(table))
                .toArray();
    }

    /** The errors of each seed, a row after each task; empty where there are none. */
    private static List<double[][]> tables(ArmRuns arm) {
        return Arrays.stream(arm.lastVectors(series(arm) + "errors"))
                .map(flat -> square(flat))
                .toList();
    }

    /** The law of each seed's tasks, with terms dropped if asked. */
    private static List<double[][]> laws(ArmRuns arm, boolean withNoise, boolean withDistances) {
        Setting setting = arm.setting();
        ContinualRegression law = new ContinualRegression(
                setting.whole("inputs"), setting.whole("examples"), withNoise ? setting.get("noise") : 0);
        double[][] norms = arm.lastVectors(series(arm) + "norms");
        double[][] distances = arm.lastVectors(series(arm) + "distances");
        return IntStream.range(0, norms.length)
                .mapToObj(seed -> {
                    double[] between = withDistances ? distances[seed] : new double[distances[seed].length];
                    return law.errors(norms[seed], square(between));
                })
                .toList();
    }

    private static double[][] square(double[] flat) {
        int size = (int) Math.round(Math.sqrt(flat.length));
        return IntStream.range(0, size)
                .mapToObj(row -> Arrays.copyOfRange(flat, row * size, (row + 1) * size))
                .toArray(double[][]::new);
    }

    private static List<Figure> figures(Evidence evidence) {
        return List.of(
                againstLaw(
                        "Forgetting by the similarity of tasks",
                        "similarity of tasks",
                        evidence,
                        SIMILARITIES,
                        LinearContinual::alike,
                        "Above 0 tasks are forgotten, below 0 later tasks help. Nothing is fitted."),
                againstLaw(
                        "Forgetting by the place of the odd task",
                        "place of the odd task among five",
                        evidence,
                        PLACES,
                        LinearContinual::odd,
                        "Four tasks are the same, one is not. If it comes last, nothing repairs what it does to the others."),
                table(evidence.arm(alike("0"))),
                networks(
                        "Forgetting of a network by the share of permuted inputs",
                        "share of permuted inputs",
                        evidence,
                        SHARES,
                        LinearContinual::permuted,
                        "Growth of the test error of a task since it was trained."),
                networks(
                        "Forgetting of a network by the place of the odd task",
                        "place of the odd task among five",
                        evidence,
                        PLACES,
                        LinearContinual::networkOdd,
                        "Four tasks are the same, one permutes all inputs."));
    }

    private static Figure againstLaw(
            String title,
            String driver,
            Evidence evidence,
            List<String> values,
            UnaryOperator<String> name,
            String caption) {
        List<ArmRuns> arms =
                values.stream().map(value -> evidence.arm(name.apply(value))).toList();
        double[] x = values.stream().mapToDouble(Double::parseDouble).toArray();
        double[][] measured = arms.stream().map(LinearContinual::forgetting).toArray(double[][]::new);
        double[][] law = arms.stream()
                .map(arm -> scores(laws(arm, true, true), ContinualRegression::forgetting))
                .toArray(double[][]::new);
        return new Figure(
                title,
                Figure.Axis.linear(driver),
                Figure.Axis.linear("forgetting"),
                List.of(
                        ComputedCurves.points("measured", Arm.Part.TREATMENT, x, measured),
                        ComputedCurves.points("the law", Arm.Part.CONTROL, x, law)
                                .joined()),
                List.of(new Figure.Mark("nothing forgotten", 0)),
                caption);
    }

    private static Figure networks(
            String title,
            String driver,
            Evidence evidence,
            List<String> values,
            UnaryOperator<String> name,
            String caption) {
        List<ArmRuns> arms =
                values.stream().map(value -> evidence.arm(name.apply(value))).toList();
        double[] x = values.stream().mapToDouble(Double::parseDouble).toArray();
        double[][] forgotten = arms.stream().map(LinearContinual::forgetting).toArray(double[][]::new);
        return new Figure(
                title,
                Figure.Axis.linear(driver),
                Figure.Axis.linear("forgetting"),
                List.of(ComputedCurves.points("measured", Arm.Part.TREATMENT, x, forgotten)
                        .joined()),
                List.of(new Figure.Mark("nothing forgotten", 0)),
                caption);
    }

    /** Errors of the first tasks over the course of training, beside their law. */
    private static Figure table(ArmRuns arm) {
        List<double[][]> measured = tables(arm);
        List<double[][]> law = laws(arm, true, true);
        int tasks = arm.setting().whole("tasks");
        double[] x = IntStream.rangeClosed(1, tasks).asDoubleStream().toArray();
        List<Figure.Curve> curves = new ArrayList<>();
        for (int task : new int[] {0, tasks - 1}) {
            curves.add(ComputedCurves.of("task " + (task + 1), Arm.Part.TREATMENT, x, column(measured, task, tasks))
                    .apart());
            curves.add(ComputedCurves.of("its law, task " + (task + 1), Arm.Part.CONTROL, x, column(law, task, tasks)));
        }
        return new Figure(
                "Errors of the first and the last task, nothing in common",
                Figure.Axis.linear("tasks trained"),
                Figure.Axis.linear("squared distance from the task's weights"),
                curves,
                List.of(),
                "Each task's error falls when it is trained and rises with every other.");
    }

    private static double[][] column(List<double[][]> tables, int task, int tasks) {
        return tables.stream()
                .map(table -> IntStream.range(0, tasks)
                        .mapToDouble(trained -> table.length == 0 ? Double.NaN : table[trained][task])
                        .toArray())
                .toArray(double[][]::new);
    }

    private static String series(ArmRuns arm) {
        return (arm.setting().values().containsKey("share") ? PermutedMixture.NAME : SequentialRegression.NAME) + ".";
    }

    private static String alike(String similarity) {
        return "similarity " + similarity;
    }

    private static String odd(String place) {
        return "odd task in place " + place;
    }

    private static String permuted(String share) {
        return "network, share " + share;
    }

    private static String networkOdd(String place) {
        return "network, odd task in place " + place;
    }
}
