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
import io.orrery.lab.judge.Comparison;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.Level;
import io.orrery.lab.judge.Requirement;
import io.orrery.lab.judge.Ruling;
import io.orrery.lab.judge.Threshold;
import io.orrery.lab.judge.Values;
import io.orrery.lab.spec.SpecDocument;
import java.util.List;

/** Weight decay drives the last features of a fitted classifier to collapse onto their class means (P22). */
public final class NeuralCollapse implements Claim {
    private static final String DECAY = "decay";
    private static final String NONE = "no decay";
    private static final String SLIGHT = "decay / 100";

    private static final String NC1 = CollapseProtocols.NC1;
    private static final String MISMATCH = "neural-collapse.nc4@train";
    private static final String ACCURACY = CollapseProtocols.ACCURACY;

    /** The source saw 0.03 to 0.07, -3.1 in logarithms; half of that is 0.21. */
    private static final Threshold RATIO = Threshold.atMost(0.21);

    private static final Threshold MISMATCHED = Threshold.atMost(0.01);

    @Override
    public Card card() {
        return new CardDraft("neural-collapse", Kind.EFFECT, "P22")
                .states(
                        "Trained far beyond zero training error with the square loss and weight decay, a classifier's last"
                                + " features collapse onto their class means (NC1 falls), and decisions become those of the nearest mean.")
                .source("Papyan, Han and Donoho 2020; Xu, Rangamani, Banburski, Liao, Galanti and Poggio 2023")
                .literature(
                        "Papyan and others saw NC1 to NC4 in the terminal phase of training; Xu and others derive them for the"
                                + " square loss with weight decay. Core theory P22: NC1 with decay at most 0.15 of that without.")
                .because(
                        "With decay on, the loss can still fall after every example is fitted, by making margins even; that"
                                + " pulls all features of a class to one point.")
                .control(
                        "The same comparison with a hundredth of the decay: too little to act within the run, so no collapse.")
                .assuming(
                        "Balanced classes; NC1 with 1/K on the training probe; square loss summed over one-hot outputs.")
                .assuming(CollapseProtocols.TIME)
                .free("data", "model.widths")
                .reads("neural-collapse", "loss")
                .pilot("log of NC1 with decay over NC1 without", -2.894, 0.449)
                .pilot("share decided differently", 0, 0)
                .quickSeconds(8);
    }

    @Override
    public Protocol protocol(Scale scale) {
        SpecDocument base = CollapseProtocols.classifier(scale);
        String slight = scale == Scale.QUICK ? "5e-6" : "2.4e-6";
        return Protocol.of(
                scale == Scale.QUICK ? 10 : 5,
                Arm.treatment(DECAY, base.having("decay.lambda=" + CollapseProtocols.decay(scale))),
                Arm.treatment(NONE, base.having("decay.lambda=0")),
                Arm.control(SLIGHT, base.having("decay.lambda=" + slight)));
    }

    @Override
    public Judgement judge(Evidence evidence) {
        return new Judgement(
                ruling(evidence.arm(DECAY), evidence.arm(NONE)),
                ruling(evidence.arm(SLIGHT), evidence.arm(NONE)),
                Figure.course(
                        "Within-class variability of the last features",
                        Figure.Axis.logarithmic("NC1"),
                        evidence.arms(),
                        NC1,
                        List.of(),
                        "NC1 over training, median and range over seeds. With decay it keeps falling after the training set is"
                                + " fitted; without, it stays where fitting left it."));
    }

    private static Ruling ruling(ArmRuns decayed, ArmRuns plain) {
        return Ruling.of(
                List.of(
                        Comparison.ratio(
                                "NC1 with decay over NC1 without",
                                "decay lowers NC1 at the end of training at least fivefold",
                                new Values("NC1 with decay", decayed.last(NC1)),
                                new Values("that without", plain.last(NC1)),
                                RATIO),
                        Level.of(
                                "the share of examples that the network and the nearest class mean decide differently",
                                "decisions become those of the nearest class mean",
                                decayed.last(MISMATCH),
                                MISMATCHED)),
                List.of(Requirement.all(
                        "fitted", "training accuracy", decayed.last(ACCURACY), Threshold.atLeast(0.99))));
    }
}
