package io.orrery.lab.claim.rules;

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
import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.Ruling;
import io.orrery.lab.judge.criterion.Comparison;
import io.orrery.lab.judge.criterion.Level;
import io.orrery.lab.judge.statistics.Range;
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.judge.statistics.Values;
import io.orrery.lab.setup.SpecDocument;
import io.orrery.lab.spec.Serves;
import java.util.List;

/** Noise in the gradient trains a network of 20 layers from a start too small for plain descent. */
@Serves("002-031")
public final class NoiseTrainsDeepNetworks implements Claim {
    private static final String NOISE = "small start, noise";
    private static final String PLAIN = "small start, no noise";
    private static final String SLIGHT = "small start, a hundredth of the noise";
    private static final String NOISE_HE = "He's start, noise";
    private static final String PLAIN_HE = "He's start, no noise";

    private static final String ACCURACY = "loss.accuracy@train";
    private static final String DISTANCE = "distance.relative";

    private static final String TRAINED = "training accuracy with noise from the small start";
    private static final String GAINED = "training accuracy that noise adds";

    private static final Threshold TRAINS = Threshold.atLeast(0.9);
    private static final Threshold GAINS = Threshold.atLeast(0.5);

    private static final String SOURCE =
            "Neelakantan, Vilnis, Le, Sutskever, Kaiser, Kurach and Martens 2015, Adding Gradient Noise Improves Learning for Very Deep"
                    + " Networks, arXiv 1511.06807, abstract";

    @Override
    public Card card() {
        return new CardDraft("gradient-noise", Kind.EFFECT)
                .states(
                        "Annealed normal noise in the gradient trains a network of 20 hidden layers whose initial weights are too small"
                                + " for plain descent.")
                .source(SOURCE)
                .literature(
                        "\"This method alone allows a fully-connected 20-layer deep network to be trained with standard gradient descent,"
                                + " even starting from a poor initialization.\" What counts as trained the abstract does not say.")
                .because(
                        "With weights half as large as He's, 20 layers shrink signals and gradients a millionfold and descent stands still."
                                + " Noise makes weights grow as a random walk does, whatever the gradient, until signals pass.")
                .control(
                        "Descent from the same start without noise, which must not train; for what noise adds, a hundredth of its"
                                + " variance from the same start.")
                .cause("gradient noise", "rule={kind: descent}")
                .cause("a start too small", "model.initialization=he", "model.initialScale=1")
                .limit(
                        TRAINED,
                        TRAINS,
                        Provenance.argued(
                                "nine of ten examples of ten classes; a network through which no signal passes decides one of ten"))
                .limit(
                        GAINED,
                        GAINS,
                        Provenance.arguedLate("more than half of the way from chance, 0.1, to all examples, 1"))
                .refutedBy("A training accuracy below 0.9 with noise after 3,000 steps, as it is without.")
                .assuming(
                        "20 hidden layers of 50 rectifiers with biases, initial weights of deviation 0.1, variance of the noise"
                                + " 0.3 / (1 + step)^0.55: one of the source's three. Gradients are not clipped.")
                .assuming(
                        "Rate and variance matter: on pilot seeds a rate of 0.02 was too small for 3,000 steps with 0.3, and at a rate"
                                + " of 0.05 with a variance of 1 all runs diverged.")
                .assuming(
                        "From He's initialization the same noise harms: on the pilot seeds 3 of 10 runs diverged, since weights that"
                                + " need not grow grow all the same. They are shown, and not judged: there descent alone"
                                + " ends near 1, so that nothing is left to add.")
                .free("data")
                .reads("loss", "distance")
                .pilot(TRAINED, 0.987, 0.034, "3001-3010")
                .pilot(GAINED, 0.887, 0.034, "3001-3010")
                .seenRefuted(
                        "the controls: without noise all of seeds 3001-3010 end at 0.1, with a hundredth of its variance all of 3001-3003. With a"
                                + " variance of 0.3 and a rate of 0.02 three of three pilot runs from the small start stayed at 0.1.")
                .quickSeconds(30);
    }

    @Override
    public Protocol protocol(Scale scale) {
        String data = switch (scale) {
            case QUICK -> "{source: gaussian-mixture, train: 1000, test: 1000, scale: 1, batchSize: 50}";
            case FULL -> "{source: mnist, perClass: 500, unitNorm: true, batchSize: 50}";
        };
        SpecDocument small = Protocol.spec("""
                data: %s
                model:
                  kind: mlp
                  widths: [50, 50, 50, 50, 50, 50, 50, 50, 50, 50, 50, 50, 50, 50, 50, 50, 50, 50, 50, 50]
                  bias: true
                  initialization: normal
                  initialScale: 0.1
                loss: {kind: cross-entropy}
                optimizer: {kind: sgd, learningRate: 0.03, momentum: 0}
                decay: {lambda: 0}
                stop: {steps: %d}
                measure: {instruments: [loss, distance], perDecade: 4}
                """.formatted(data, scale == Scale.QUICK ? 3000 : 20_000));
        SpecDocument he = small.having("model.initialization=he").having("model.initialScale=1");
        String noise = "rule={kind: gradient-noise, eta: 0.3}";
        return Protocol.of(
                10,
                Arm.treatment(NOISE, small.having(noise)),
                Arm.control(PLAIN, small),
                Arm.control(SLIGHT, small.having("rule={kind: gradient-noise, eta: 0.003}")),
                Arm.control(NOISE_HE, he.having(noise)),
                Arm.control(PLAIN_HE, he));
    }

    @Override
    public Judgement judge(Evidence evidence) {
        ArmRuns noise = evidence.arm(NOISE);
        ArmRuns plain = evidence.arm(PLAIN);
        return new Judgement(
                List.of(
                        Sentence.ofSource(
                                "This method alone allows a fully-connected 20-layer deep network to be trained with standard gradient"
                                        + " descent, even starting from a poor initialization.",
                                SOURCE,
                                Ruling.of(trained(noise)),
                                Ruling.of(trained(plain))),
                        Sentence.ours(
                                card().statement(),
                                Ruling.of(gained(noise, plain)),
                                Ruling.of(gained(evidence.arm(SLIGHT), plain)))),
                List.of(
                        Figure.course(
                                "Training accuracy",
                                Figure.Axis.linear("training accuracy"),
                                evidence.arms(),
                                ACCURACY,
                                List.of(new Figure.Mark("trained", 0.9)),
                                "Median and range over seeds. From the small start nothing is learned until noise has made the"
                                        + " weights large enough; then learning is quick."),
                        Figure.course(
                                "How far the weights have moved",
                                Figure.Axis.linear("distance from the start over the norm of the start"),
                                evidence.arms(),
                                DISTANCE,
                                List.of(new Figure.Mark(
                                        "norm of He's start, by a random walk from the small one", Math.sqrt(3))),
                                "Of all layers as one vector. Independent steps that double the norm move the weights by the root"
                                        + " of 3 of where they began.")),
                List.of());
    }

    private static Finding trained(ArmRuns arm) {
        return Level.of(
                        "the training accuracy of " + arm.name(),
                        "noise trains the network from the small start",
                        arm.last(ACCURACY),
                        TRAINS)
                .in(Range.SHARE);
    }

    private static Finding gained(ArmRuns noise, ArmRuns plain) {
        return Comparison.difference(
                GAINED,
                "noise adds training accuracy",
                new Values("the training accuracy of " + noise.name(), noise.last(ACCURACY)),
                new Values("that of " + plain.name(), plain.last(ACCURACY)),
                GAINS);
    }
}
