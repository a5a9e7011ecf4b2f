package io.orrery.lab.claim.collapse;

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
import io.orrery.lab.claim.rho.RhoProtocols;
import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.Requirement;
import io.orrery.lab.judge.Ruling;
import io.orrery.lab.judge.criterion.Direction;
import io.orrery.lab.judge.criterion.Level;
import io.orrery.lab.judge.criterion.Trend;
import io.orrery.lab.judge.statistics.Average;
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.setup.SpecDocument;
import io.orrery.lab.spec.Serves;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** In a trained classifier classes are more collapsed after every layer than before it; how evenly, and whether decay does it (P23). */
@Serves({"001-02", "001-03"})
public final class LayerwiseCollapse implements Claim {
    static final String TWO = "two hidden layers";
    static final String FOUR = "four hidden layers";
    static final String NONE = ", no decay";

    private static final String VARIABILITY = "neural-collapse.nc1b";
    private static final String SEPARATION = "neural-collapse.nc1";

    private static final String SMALLEST = "smallest fall of NC1b from layer to layer";
    private static final String EVEN = "smallest over largest fall of the logarithm of NC1 from layer to layer";
    private static final String WITH_DECAY = SMALLEST + ", with decay and not without";

    private static final Threshold FALLS = Threshold.atLeast(1.1);
    private static final Threshold EVENLY = Threshold.atLeast(0.5);
    private static final Threshold STEP = Threshold.atLeast(1.5);

    @Override
    public Card card() {
        return new CardDraft("layerwise-collapse", Kind.TREND, "P23")
                .states(
                        "It is decay that makes every layer bring the features of a class closer to their mean: with it NC1b falls at"
                                + " least by a factor of 1.5 at every layer, without it not.")
                .source(
                        "Rangamani, Lindegaard, Galanti and Poggio 2023, Feature learning in deep classifiers through Intermediate"
                                + " Neural Collapse; He and Su 2023, A law of data separation in deep learning; abstracts")
                .literature(
                        "Rangamani and others: deeper in a trained network \"the within-class covariance decreases relative to the"
                                + " between-class covariance\". He and Su: \"each layer improves data separation at a constant"
                                + " geometric rate\". Neither abstract gives a size or names decay.")
                .because(
                        "Each layer keeps what the next one needs to tell classes apart and loses some of what does not, if decay"
                                + " charges for carrying it along.")
                .control(
                        "For the sources, which speak of trained networks, the same networks before training; for ours the same"
                                + " networks trained without decay, all else equal.")
                .limit(
                        SMALLEST,
                        FALLS,
                        Provenance.argued(
                                "the source gives no size; a tenth at every layer is the least that is more than a layer's"
                                        + " rounding of what came before"))
                .limit(
                        EVEN,
                        EVENLY,
                        Provenance.argued(
                                "a rate is not constant if one layer does more than twice, in logarithms, what another does"))
                .limit(
                        WITH_DECAY,
                        STEP,
                        Provenance.ownPilot("P23", 1),
                        "1.5: half of the smallest step of P23, 2.81 to 1.24, in logarithms; kept for what is said of decay")
                .cause("weight decay", "decay.lambda=0")
                .cause("training", "optimizer.learningRate=1e-12")
                .refutedBy(
                        "A layer after which NC1b is not lower than before; for the constant rate a layer that does more than twice"
                                + " another's; for ours a layer that does less than a factor of 1.5 with decay.")
                .assuming(
                        "NC1b = tr Sigma_W / tr Sigma_B on the training probe, from the inputs to what enters the last layer; for He"
                                + " and Su NC1 = tr (Sigma_W Sigma_B^+) / K, which is their measure of separation over K.")
                .assuming(CollapseProtocols.TIME)
                .free("data", "model.widths")
                .reads("neural-collapse", "loss")
                .seenRefuted(
                        "The constant rate, on the pilot seeds 3001-3010: the smallest fall is 0.21 of the largest, interval 0.19 to"
                                + " 0.24. Asked of networks without decay ours is excluded: smallest falls of 1.12 and 1.04.")
                .pilot("logarithm of the smallest fall of NC1b, two hidden layers", 0.76, 0.14, "3001-3010")
                .pilot("logarithm of the smallest fall of NC1b, four hidden layers", 0.68, 0.09, "3001-3010")
                .pilot("smallest over largest fall of ln NC1, four hidden layers", 0.214, 0.038, "3001-3010")
                .quickSeconds(14);
    }

    @Override
    public Protocol protocol(Scale scale) {
        SpecDocument two = CollapseProtocols.classifier(scale);
        SpecDocument four =
                two.having("model.widths=" + (scale == Scale.QUICK ? "[64, 64, 64, 64]" : "[512, 512, 512, 512]"));
        String decay = "decay.lambda=" + CollapseProtocols.decay(scale);
        return Protocol.of(
                scale == Scale.QUICK ? 10 : 5,
                Arm.treatment(TWO, two.having(decay)),
                Arm.treatment(FOUR, four.having(decay)),
                Arm.control(TWO + NONE, two.having("decay.lambda=0")),
                Arm.control(FOUR + NONE, four.having("decay.lambda=0")));
    }

    @Override
    public Judgement judge(Evidence evidence) {
        List<ArmRuns> decayed = List.of(evidence.arm(TWO), evidence.arm(FOUR));
        List<ArmRuns> plain = List.of(evidence.arm(TWO + NONE), evidence.arm(FOUR + NONE));
        List<Requirement> conditions = conditions(decayed);
        String every = "from each layer to the next NC1b falls at least by a factor of ";
        return new Judgement(
                List.of(
                        Sentence.ofSource(
                                "As we move deeper into a trained neural network, the within-class covariance decreases relative to"
                                        + " the between-class covariance.",
                                "Rangamani, Lindegaard, Galanti and Poggio 2023, abstract,"
                                        + " proceedings.mlr.press/v202/rangamani23a.html",
                                Ruling.of(falls(decayed, true, every + "1.1", FALLS), conditions),
                                Ruling.of(falls(decayed, false, every + "1.1", FALLS), List.of())),
                        Sentence.ofSource(
                                "This law shows that each layer improves data separation at a constant geometric rate.",
                                "He and Su 2023, abstract, arxiv.org/abs/2210.17020",
                                Ruling.of(List.of(even(evidence.arm(FOUR), true)), conditions),
                                Ruling.of(even(evidence.arm(FOUR), false))),
                        Sentence.ours(
                                card().statement(),
                                Ruling.of(falls(decayed, true, every + "1.5", STEP), conditions),
                                Ruling.of(falls(plain, true, every + "1.5", STEP), conditions(plain)))),
                List.of(figure(evidence)),
                List.of());
    }

    private static List<Requirement> conditions(List<ArmRuns> arms) {
        return arms.stream()
                .flatMap(arm -> Stream.of(
                        Requirement.all(
                                "fitted, " + arm.name(),
                                "training accuracy of " + arm.name(),
                                arm.last(CollapseProtocols.ACCURACY),
                                Threshold.atLeast(0.99)),
                        CollapseProtocols.atRest(arm)))
                .toList();
    }

    private static List<Finding> falls(List<ArmRuns> arms, boolean trained, String prediction, Threshold step) {
        List<Finding> findings = new ArrayList<>();
        for (ArmRuns arm : arms) {
            double[][] profile = profile(arm, VARIABILITY, trained);
            double[] depth = IntStream.range(0, profile.length)
                    .mapToDouble(layer -> layer)
                    .toArray();
            findings.add(Trend.of("NC1b, " + arm.name() + ",", "depth", depth, profile)
                    .ordered(prediction, Direction.DECREASING, Average.GEOMETRIC, step)
                    .named("smallest fall of NC1b from layer to layer, " + arm.name()));
        }
        return findings;
    }

    /** The smallest over the largest fall of ln NC1 in each seed: 1 if all layers do the same, 0 or less if one does nothing. */
    private static Finding even(ArmRuns arm, boolean trained) {
        double[][] profile = profile(arm, SEPARATION, trained);
        double[] shares = RhoProtocols.perSeed(arm.count(), seed -> {
            double smallest = Double.POSITIVE_INFINITY;
            double largest = Double.NEGATIVE_INFINITY;
            for (int layer = 1; layer < profile.length; layer++) {
                double fall = StrictMath.log(profile[layer - 1][seed] / profile[layer][seed]);
                if (Double.isNaN(fall)) {
                    return Double.NaN;
                }
                smallest = Math.min(smallest, fall);
                largest = Math.max(largest, fall);
            }
            return largest > 0 ? Math.max(-1, smallest / largest) : -1;
        });
        return Level.of(
                "the smallest over the largest fall of ln NC1 from layer to layer, " + arm.name() + ",",
                "no layer improves separation more than twice as much, in logarithms, as another",
                shares,
                EVENLY);
    }

    /** A quantity [layer][seed] from the inputs on; NaN in two rows if there is no depth to follow. */
    private static double[][] profile(ArmRuns arm, String quantity, boolean trained) {
        List<String> layers = arm.layers(quantity);
        if (layers.size() < 2) {
            double[] unknown = new double[arm.count()];
            Arrays.fill(unknown, Double.NaN);
            return new double[][] {unknown, unknown};
        }
        return layers.stream()
                .map(layer -> quantity + "/" + layer + "@train")
                .map(series -> trained ? arm.last(series) : arm.first(series))
                .toArray(double[][]::new);
    }

    private static Figure figure(Evidence evidence) {
        List<Figure.Curve> curves = new ArrayList<>();
        for (ArmRuns arm : evidence.arms()) {
            for (boolean trained : new boolean[] {true, false}) {
                double[][] profile = profile(arm, VARIABILITY, trained);
                double[][] seeds = IntStream.range(0, arm.count())
                        .mapToObj(seed -> Arrays.stream(profile)
                                .mapToDouble(layer -> layer[seed])
                                .toArray())
                        .toArray(double[][]::new);
                curves.add(new Figure.Curve(
                        arm.name() + (trained ? "" : ", untrained"),
                        trained ? arm.part() : Arm.Part.CONTROL,
                        true,
                        DoubleStream.iterate(0, layer -> layer + 1)
                                .limit(profile.length)
                                .toArray(),
                        seeds));
            }
        }
        return new Figure(
                "Within-class variability from layer to layer",
                Figure.Axis.linear("layers passed (0: the inputs)"),
                Figure.Axis.logarithmic("NC1b"),
                curves,
                List.of(),
                "NC1b of the features after so many layers, median and range over seeds: trained networks lose it layer by layer,"
                        + " random ones keep it.");
    }
}
