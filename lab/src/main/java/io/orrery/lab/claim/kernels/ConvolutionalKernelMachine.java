package io.orrery.lab.claim.kernels;

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

/** A convolutional deep kernel machine with inducing points classifies small images better than its fixed kernel. */
@Serves("002-048")
public final class ConvolutionalKernelMachine implements Claim {
    private static final String SERIES = ConvolutionalMachine.NAME + ".";
    private static final String PILOTS = "3001-3008";
    private static final double NOTHING_LEARNED = 10_000;

    private static final Threshold BEATS = Threshold.atLeast(0);
    private static final Threshold LEARNS = Threshold.atLeast(0.02);

    private static final String BETTER = "accuracy less that of the fixed kernel at its best";
    private static final String OWN = "accuracy less that of the same inducing points with fixed Gram matrices";

    private static final String LEARNED = "learned";
    private static final String UNLEARNED = "weight 10000";

    @Override
    public Card card() {
        return new CardDraft("conv-deep-kernel", Kind.EFFECT)
                .states(
                        "On 200 small digits a convolutional deep kernel machine with 40 inducing patches a layer classifies better than the"
                                + " fixed kernel of the same layers, which uses all images and the best of 15 settings; with the same inducing"
                                + " points it gains 2 points or more.")
                .source("Milsom, Anson and Aitchison 2023, arXiv 2309.09814")
                .literature(
                        "\"Standard infinite-width limits of neural networks sacrifice the ability for intermediate layers to learn representations"
                                + " from data. ... Here, we introduce convolutional deep kernel machines. This required us to develop a novel"
                                + " inter-domain inducing point approximation\" (abstract)")
                .because(
                        "The fixed kernel weighs all patches alike. Learned Gram matrices pull together patches that mean the same digits.")
                .control(
                        "The same machine with ten thousand features for each time labels are seen: it has the same inducing points and learns"
                                + " nothing.")
                .cause("labels seen as often as there are features", "weight=10000")
                .limit(
                        BETTER,
                        BEATS,
                        Provenance.argued("better is above 0; the fixed kernel chooses its setting on the test images"))
                .limit(OWN, LEARNS, Provenance.arguedLate("two points: more than a few test images"))
                .refutedBy(
                        "A fixed kernel at its best that is as good as the machine, or inducing points that gain nothing by learning.")
                .seenRefuted(
                        "In the control (pilot seeds 3001-3008) the machine is 7.7 points behind the fixed kernel, and level with its own inducing"
                                + " points.")
                .assuming(
                        "Scribbles at 8 x 8 pixels, ten digits, 200 training and 800 test images, one-hot labels less 1/10 as targets of"
                                + " regression with noise 0.1.")
                .assuming(
                        "Layers: windows of 3 x 3 at every place, 3 x 3 at every third, then all four positions with weights of their own; a"
                                + " Gaussian kernel after each. Two Gram matrices are learned, by 50 steps of Adam; mixtures that stand for inducing windows"
                                + " and images are regressed on the layer before, once, where the source trains them.")
                .assuming(
                        "The fixed kernel is taken between all images, at the best of the gains 0.3, 1 and 3 (the machine has 1) and of five"
                                + " noises from 0.003 to 0.3.")
                .assuming(
                        "On five digits and 100 images both were right on 94% (pilot seeds 3001-3003), and neither was better.")
                .assuming(
                        "Judged twice on the seeds 2001-2008: with 300 test images, whose luck is most of the deviation, they left the first finding"
                                + " open (0.015, -0.005 to 0.035; pilots 0.026), and for that reason alone there are now 800. To look again because it"
                                + " was open is optional stopping, so that intervals on 2001-2008 promise too much. Seeds never judged, 7001-7008, bore"
                                + " it out too: --seeds 7001-7008 repeats that.")
                .free("tests", "examples")
                .pilot(BETTER, 0.0328, 0.0100, PILOTS)
                .pilot(OWN, 0.112, 0.0165, PILOTS)
                .quickSeconds(39);
    }

    @Override
    public Protocol protocol(Scale scale) {
        boolean quick = scale == Scale.QUICK;
        Setting base = Setting.empty()
                .with("digits", 10)
                .with("examples", 200)
                .with("tests", 800)
                .with("patches", quick ? 40 : 64)
                .with("inducing", 100)
                .with("gain", 1)
                .with("noise", 0.1)
                .with("weight", 1)
                .with("steps", quick ? 50 : 300);
        ConvolutionalMachine machine = new ConvolutionalMachine();
        return Protocol.of(
                quick ? 8 : 20,
                Arm.treatment(LEARNED, machine, base),
                Arm.control(UNLEARNED, machine, base.with("weight", NOTHING_LEARNED)));
    }

    @Override
    public Judgement judge(Evidence evidence) {
        ArmRuns learned = evidence.arm(LEARNED);
        ArmRuns unlearned = evidence.arm(UNLEARNED);
        return new Judgement(
                List.of(Sentence.ours(
                                "",
                                Ruling.of(better(learned), own(learned)),
                                Ruling.of(
                                        better(unlearned).controlling(BETTER),
                                        own(unlearned).controlling(OWN)))
                        .exploratory(
                                "open with 300 test images on the seeds 2001-2008, which were judged again with 800")),
                List.of(accuracies(learned), course(learned, unlearned)),
                List.of());
    }

    private static Finding better(ArmRuns arm) {
        return Level.of(BETTER, "the machine beats the fixed kernel", arm.last(SERIES + "better"), BEATS);
    }

    private static Finding own(ArmRuns arm) {
        return Level.of(OWN, "learning helps", arm.last(SERIES + "better-inducing"), LEARNS);
    }

    private static Figure accuracies(ArmRuns learned) {
        List<String> names = List.of("learned", "same inducing points, fixed", "fixed kernel, all images");
        List<String> series = List.of("accuracy", "fixed-inducing", "fixed");
        return new Figure(
                "Accuracy on new images",
                Figure.Axis.of("", names),
                Figure.Axis.linear("accuracy"),
                IntStream.range(0, names.size())
                        .mapToObj(i -> ComputedCurves.points(
                                names.get(i),
                                i == 0 ? Arm.Part.TREATMENT : Arm.Part.CONTROL,
                                new double[] {i},
                                new double[][] {learned.last(SERIES + series.get(i))}))
                        .toList(),
                List.of(),
                "A point for each seed. The fixed kernel may use all images and the setting that suits the test images best.");
    }

    private static Figure course(ArmRuns learned, ArmRuns unlearned) {
        double[] steps = IntStream.rangeClosed(0, learned.setting().whole("steps"))
                .asDoubleStream()
                .toArray();
        return new Figure(
                "The machine trains",
                Figure.Axis.linear("step"),
                Figure.Axis.linear("objective an image, in nats"),
                List.of(
                        ComputedCurves.of(LEARNED, Arm.Part.TREATMENT, learned, SERIES + "objective", steps),
                        ComputedCurves.of(UNLEARNED, Arm.Part.CONTROL, unlearned, SERIES + "objective", steps)),
                List.of(),
                "Low values are the price of few inducing points: what they leave of an image's variance counts against the bound.");
    }
}
