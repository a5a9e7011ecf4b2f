package io.orrery.lab.claim.boltzmann;

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
import io.orrery.lab.judge.criterion.Level;
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.spec.Serves;
import java.util.List;
import java.util.stream.IntStream;

/** Contrastive divergence of one sweep learns digits; whether a network stacked from them needs what was learned is asked beside it. */
@Serves("002-034")
public final class BeliefNetworks implements Claim {
    private static final String STACK = StackedMachines.NAME + ".";
    private static final String TINY = TinyMachine.NAME + ".";
    private static final String PILOTS = "3001-3008";

    private static final Threshold FALLS = Threshold.atMost(0.6);
    private static final Threshold LIKELIER = Threshold.atLeast(5);
    private static final Threshold RISES = Threshold.atLeast(0.5);
    private static final Threshold AS_GOOD = Threshold.atLeast(-0.02);

    private static final String LEFT = "error of reconstruction left, over that before training";
    private static final String GAP = "rise by training of the free energy of shuffled digits less that of new digits";
    private static final String RISE = "rise of the exact log likelihood in nats";
    private static final String APART = "accuracy of the stacked network less that of one of the same size";

    private static final String DIGITS = "digits";
    private static final String SHUFFLED = "pixels shuffled";
    private static final String UNTRAINED = "machines at their start";
    private static final double STILL = 1e-6;
    private static final String BARS = "bars and stripes";
    private static final String COINS = "coins";

    @Override
    public Card card() {
        return new CardDraft("rbm-dbn", Kind.EFFECT)
                .states(
                        "Contrastive divergence of one sweep lowers the error with which a restricted Boltzmann machine reconstructs new digits"
                                + " by 40% or more.")
                .source("Cuevas-Tello, Valenzuela-Rendon and Nolazco-Flores 2016, arXiv 1603.07249")
                .literature(
                        "\"An example of a simple two-layer network, performing unsupervised learning for unlabeled data, is shown. Deep Belief"
                                + " Networks (DBNs), which are used to build networks with more than two layers, are also described.\" (abstract)")
                .because(
                        "One sweep from an example goes where the model would rather be; what it loses of the example is what has to be learned."
                                + " What the units have learned of images without labels serves as a start for a classifier.")
                .control(
                        "Of reconstruction, digits whose pixels lie in an order of their own in each image: what is left to learn is how much ink"
                                + " there is. Of the likelihood, pixels that are tossed. Of free energy and classifier, machines at their start (rate"
                                + " 1e-6), stacked and tuned alike.")
                .cause("images that have a structure", "shuffled=1", "coins=1")
                .cause("what contrastive divergence learned", "rate=1e-6")
                .limit(
                        LEFT,
                        FALLS,
                        Provenance.arguedLate("40% of what the mean image leaves: more than a third is learned"))
                .limit(
                        GAP,
                        LIKELIER,
                        Provenance.arguedLate(
                                "five nats: training makes a digit 150 times as probable, beside its own pixels in disorder"))
                .limit(
                        RISE,
                        RISES,
                        Provenance.arguedLate("half a nat of the three and a half that bars and stripes leave"))
                .limit(
                        APART,
                        AS_GOOD,
                        Provenance.arguedLate("two points, twenty of 1000 test images: a choice, not derived"))
                .refutedBy(
                        "A machine that reconstructs new digits no better than their mean, or a stacked network that is 2 points worse.")
                .seenRefuted(
                        "In the controls (pilot seeds 3001-3008): of shuffled pixels 0.986 of the error is left; before training free energies are"
                                + " no further apart than visible biases put them.")
                .assuming(
                        "Scribbles at 8 x 8 pixels, 1 where the mean ink is above 0.3; 2000 training and 1000 test images; layers of 64, 32, 32"
                                + " and 10. Visible biases start at the logits of the means, so that the error before training is that of the mean image.")
                .assuming(
                        "20 epochs a machine, rate 0.1, batches of 50, the second on the first one's probabilities. Both networks are then"
                                + " tuned alike: 30 epochs, rate 0.1, momentum 0.9, cross-entropy; the other one starts from normal weights of variance 1"
                                + " over inputs.")
                .assuming(
                        "Exact likelihoods: 500 bars and stripes of 3 x 3, 6 hidden units, 200 epochs. The mean contrastive divergence at a quarter"
                                + " of training has a cosine with the exact gradient of 0.2 to 0.4 after one sweep and above 0.9999 after ten.")
                .assuming(
                        "Two controls were mended after judging. Visible biases alone put 31 nats between digits and their shuffled pixels, so that the"
                                + " gap is now less the start's. A stack of which only the last layer was tuned, 35 points behind on the seeds 2001-2008,"
                                + " told of tuning and not of contrastive divergence: untrained machines took its place. They are 1.3 points behind on the"
                                + " seeds 3001-3008, within two: whether a good start takes what was learned stays open.")
                .free("tests", "examples")
                .pilot(LEFT, 0.564, 0.0040, PILOTS)
                .pilot(APART, 0.0142, 0.0118, PILOTS)
                .pilot(RISE, 1.92, 0.11, PILOTS)
                .pilot(GAP, 7.48, 0.68, PILOTS)
                .quickSeconds(25);
    }

    @Override
    public Protocol protocol(Scale scale) {
        boolean quick = scale == Scale.QUICK;
        StackedMachines stack = new StackedMachines();
        Setting base = Setting.empty()
                .with("examples", 2000)
                .with("tests", 1000)
                .with("hidden", 32)
                .with("ink", 0.3)
                .with("shuffled", 0)
                .with("epochs", 20)
                .with("rate", 0.1)
                .with("tuning", 30)
                .with("tuning-rate", 0.1)
                .with("frozen", 0);
        TinyMachine tiny = new TinyMachine();
        Setting small = Setting.empty()
                .with("hidden", 6)
                .with("examples", 500)
                .with("coins", 0)
                .with("epochs", 200)
                .with("rate", 0.1);
        return Protocol.of(
                quick ? 8 : 30,
                Arm.treatment(DIGITS, stack, base),
                Arm.control(SHUFFLED, stack, base.with("shuffled", 1)),
                Arm.control(UNTRAINED, stack, base.with("rate", STILL)),
                Arm.treatment(BARS, tiny, small),
                Arm.control(COINS, tiny, small.with("coins", 1)));
    }

    @Override
    public Judgement judge(Evidence evidence) {
        ArmRuns digits = evidence.arm(DIGITS);
        ArmRuns shuffled = evidence.arm(SHUFFLED);
        ArmRuns untrained = evidence.arm(UNTRAINED);
        ArmRuns bars = evidence.arm(BARS);
        ArmRuns coins = evidence.arm(COINS);
        return new Judgement(
                List.of(
                        Sentence.ours(
                                "",
                                Ruling.of(left(digits)),
                                Ruling.of(left(shuffled).controlling(LEFT))),
                        Sentence.ours(
                                "What contrastive divergence learns makes the examples likelier: by the exact log likelihood where it can be"
                                        + " summed, and by how much training moves the free energy of digits below that of their shuffled pixels.",
                                Ruling.of(rise(bars), gap(digits)),
                                Ruling.of(
                                        rise(coins).controlling(RISE),
                                        gap(untrained).controlling(GAP))),
                        Sentence.ours(
                                "Two machines, stacked and tuned with labels, classify digits at most 2 points worse than a network of the same"
                                        + " size, and need what contrastive divergence learned for it.",
                                Ruling.of(apart(digits)),
                                Ruling.of(apart(untrained).controlling(APART)))),
                List.of(
                        reconstruction(digits, shuffled),
                        accuracies(digits, untrained),
                        likelihood(bars, coins),
                        cosines(bars)),
                List.of());
    }

    private static Finding left(ArmRuns arm) {
        return Level.of(LEFT, "digits are learned without labels", arm.last(STACK + "left"), FALLS);
    }

    private static Finding apart(ArmRuns arm) {
        return Level.of(APART, "a stack is as good a start as any", arm.last(STACK + "apart"), AS_GOOD);
    }

    private static Finding rise(ArmRuns arm) {
        return Level.of(RISE, "one sweep raises the likelihood", arm.last(TINY + "rise"), RISES);
    }

    private static Finding gap(ArmRuns arm) {
        double[] noise = arm.last(STACK + "free-energy-noise");
        double[] test = arm.last(STACK + "free-energy-test");
        double[] noiseBefore = arm.last(STACK + "free-energy-noise-start");
        double[] testBefore = arm.last(STACK + "free-energy-test-start");
        double[] gaps = IntStream.range(0, noise.length)
                .mapToDouble(seed -> noise[seed] - test[seed] - (noiseBefore[seed] - testBefore[seed]))
                .toArray();
        return Level.of(GAP, "digits are likelier than their pixels in disorder", gaps, LIKELIER);
    }

    private static Figure reconstruction(ArmRuns digits, ArmRuns shuffled) {
        return new Figure(
                "What the first machine loses of new images",
                Figure.Axis.linear("epoch"),
                Figure.Axis.linear("mean squared error of a pixel"),
                List.of(course(digits, STACK + "reconstruction"), course(shuffled, STACK + "reconstruction")),
                List.of(),
                "Up to hidden probabilities and down again. Before training only the mean image comes back. Median and range over seeds.");
    }

    private static Figure likelihood(ArmRuns bars, ArmRuns coins) {
        return new Figure(
                "The exact log likelihood of a tiny machine",
                Figure.Axis.linear("epoch"),
                Figure.Axis.linear("nats an example"),
                List.of(course(bars, TINY + "likelihood"), course(coins, TINY + "likelihood")),
                List.of(),
                "Contrastive divergence is not the likelihood's gradient, and yet raises it. Tossed pixels leave nothing to learn.");
    }

    private static Figure.Curve course(ArmRuns arm, String series) {
        double[] epochs = IntStream.rangeClosed(0, arm.setting().whole("epochs"))
                .asDoubleStream()
                .toArray();
        return ComputedCurves.of(arm.name(), arm.part(), arm, series, epochs);
    }

    private static Figure cosines(ArmRuns bars) {
        return new Figure(
                "Contrastive divergence and the gradient",
                Figure.Axis.logarithmic("sweeps"),
                Figure.Axis.linear("cosine"),
                List.of(ComputedCurves.of(
                        "mean divergence with the exact gradient",
                        Arm.Part.TREATMENT,
                        bars,
                        TINY + "cosines",
                        TinyMachine.sweeps())),
                List.of(),
                "With more sweeps the mean contrastive divergence turns into the gradient of the likelihood, which one sweep is far from.");
    }

    private static Figure accuracies(ArmRuns digits, ArmRuns untrained) {
        List<String> names = List.of("stacked and tuned", "same size, no stack", "stacked untrained and tuned");
        List<double[]> values = List.of(
                digits.last(STACK + "stacked"), digits.last(STACK + "plain"), untrained.last(STACK + "stacked"));
        return new Figure(
                "Accuracy on new digits",
                Figure.Axis.of("", names),
                Figure.Axis.linear("accuracy"),
                IntStream.range(0, names.size())
                        .mapToObj(i -> ComputedCurves.points(
                                names.get(i),
                                i == 2 ? Arm.Part.CONTROL : Arm.Part.TREATMENT,
                                new double[] {i},
                                new double[][] {values.get(i)}))
                        .toList(),
                List.of(),
                "A point for each seed.");
    }
}
