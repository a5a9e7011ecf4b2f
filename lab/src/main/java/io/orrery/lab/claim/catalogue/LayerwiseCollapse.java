package io.orrery.lab.claim.catalogue;

import io.orrery.lab.claim.Arm;
import io.orrery.lab.claim.ArmRuns;
import io.orrery.lab.claim.Card;
import io.orrery.lab.claim.CardDraft;
import io.orrery.lab.claim.Claim;
import io.orrery.lab.claim.Evidence;
import io.orrery.lab.claim.Figure;
import io.orrery.lab.claim.Judgement;
import io.orrery.lab.claim.Protocol;
import io.orrery.lab.claim.Scale;
import io.orrery.lab.judge.Average;
import io.orrery.lab.judge.Direction;
import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.Requirement;
import io.orrery.lab.judge.Ruling;
import io.orrery.lab.judge.Threshold;
import io.orrery.lab.judge.Trend;
import io.orrery.lab.spec.SpecDocument;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** In a trained classifier classes are more collapsed after every layer than before it (P23). */
public final class LayerwiseCollapse implements Claim {
    private static final String TWO = "two hidden layers";
    private static final String FOUR = "four hidden layers";

    private static final String VARIABILITY = "neural-collapse.nc1b";

    /** Half of the source's smallest step, 2.81 to 1.24, in logarithms. */
    private static final Threshold STEP = Threshold.atLeast(1.5);

    @Override
    public Card card() {
        return new CardDraft("layerwise-collapse", Kind.TREND, "P23")
                .states(
                        "In a classifier trained far beyond zero error with weight decay, the features of a class are closer to their"
                                + " mean after every layer than before it: NC1b falls strictly with depth.")
                .source("He and Su 2023; Rangamani, Lindegaard, Galanti and Poggio 2023; core theory P23")
                .literature(
                        "Both see within-class variability fall from layer to layer, He and Su by about equal factors. Core theory"
                                + " P23: 2.81 at the input, 1.24 and 0.064 after the first and second hidden layer.")
                .because(
                        "Each layer keeps what the next one needs to tell classes apart and loses some of what does not, because decay"
                                + " charges for carrying it along.")
                .control(
                        "The same networks before training: random layers keep the geometry of their inputs, so no layer separates"
                                + " classes more than the one before.")
                .assuming(
                        "NC1b = tr Sigma_W / tr Sigma_B on the training probe, from the inputs to what enters the last layer.")
                .assuming(CollapseProtocols.TIME)
                .free("data", "model.widths")
                .reads("neural-collapse", "loss")
                .pilot("logarithm of the fall from the inputs to the first of two hidden layers", 0.73, 0.14)
                .pilot("logarithm of the fall from the inputs to the first of four hidden layers", 0.65, 0.11)
                .quickSeconds(7);
    }

    @Override
    public Protocol protocol(Scale scale) {
        SpecDocument base =
                CollapseProtocols.classifier(scale).having("decay.lambda=" + CollapseProtocols.decay(scale));
        String four = scale == Scale.QUICK ? "[64, 64, 64, 64]" : "[512, 512, 512, 512]";
        return Protocol.of(
                scale == Scale.QUICK ? 10 : 5,
                Arm.treatment(TWO, base),
                Arm.treatment(FOUR, base.having("model.widths=" + four)));
    }

    @Override
    public Judgement judge(Evidence evidence) {
        List<Requirement> fitted = new ArrayList<>();
        for (ArmRuns arm : evidence.arms()) {
            double lambda = arm.spec().decay().lambda();
            fitted.add(Requirement.of(
                    "decay, " + arm.name(),
                    lambda > 0,
                    "the claim is about networks with weight decay, found lambda " + lambda));
            fitted.add(Requirement.all(
                    "fitted, " + arm.name(),
                    "training accuracy",
                    arm.last(CollapseProtocols.ACCURACY),
                    Threshold.atLeast(0.99)));
        }
        return new Judgement(
                Ruling.of(findings(evidence, true), fitted),
                Ruling.of(findings(evidence, false), List.of()),
                List.of(figure(evidence)),
                List.of());
    }

    private static List<Finding> findings(Evidence evidence, boolean trained) {
        List<Finding> findings = new ArrayList<>();
        for (ArmRuns arm : evidence.arms()) {
            double[][] profile = profile(arm, trained);
            double[] depth = IntStream.range(0, profile.length)
                    .mapToDouble(layer -> layer)
                    .toArray();
            findings.add(Trend.of("NC1b, " + arm.name() + ",", "depth", depth, profile)
                    .ordered(
                            "from each layer to the next NC1b falls at least by a factor of 1.5",
                            Direction.DECREASING,
                            Average.GEOMETRIC,
                            STEP)
                    .named("smallest fall of NC1b from layer to layer, " + arm.name()));
        }
        return findings;
    }

    /** NC1b [layer][seed] from the inputs on; NaN in two rows if there is no depth to follow. */
    private static double[][] profile(ArmRuns arm, boolean trained) {
        List<String> layers = arm.layers(VARIABILITY);
        if (layers.size() < 2) {
            double[] unknown = new double[arm.count()];
            Arrays.fill(unknown, Double.NaN);
            return new double[][] {unknown, unknown};
        }
        return layers.stream()
                .map(layer -> VARIABILITY + "/" + layer + "@train")
                .map(series -> trained ? arm.last(series) : arm.first(series))
                .toArray(double[][]::new);
    }

    private static Figure figure(Evidence evidence) {
        List<Figure.Curve> curves = new ArrayList<>();
        for (ArmRuns arm : evidence.arms()) {
            for (boolean trained : new boolean[] {true, false}) {
                double[][] profile = profile(arm, trained);
                double[][] seeds = IntStream.range(0, arm.count())
                        .mapToObj(seed -> Arrays.stream(profile)
                                .mapToDouble(layer -> layer[seed])
                                .toArray())
                        .toArray(double[][]::new);
                curves.add(new Figure.Curve(
                        arm.name() + (trained ? "" : ", untrained"),
                        trained ? Arm.Part.TREATMENT : Arm.Part.CONTROL,
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
