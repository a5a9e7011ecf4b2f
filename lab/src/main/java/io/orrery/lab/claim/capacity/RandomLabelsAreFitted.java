package io.orrery.lab.claim.capacity;

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
import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.Ruling;
import io.orrery.lab.judge.criterion.Level;
import io.orrery.lab.judge.statistics.Range;
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.setup.SpecDocument;
import io.orrery.lab.spec.Serves;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Dense and convolutional networks fit true labels, random labels, shuffled pixels and noise alike, with decay or dropout too. */
@Serves("002-010")
public final class RandomLabelsAreFitted implements Claim {
    private static final String FIT = "loss.accuracy@train";
    private static final String TEST = "loss.accuracy@test";
    private static final String ALL = "training accuracy";
    private static final Threshold EVERY = Threshold.atLeast(0.995);
    private static final String PILOTS = "3001-3010";

    private static final String SOURCE =
            "Zhang, Bengio, Hardt, Recht and Vinyals 2017, Understanding deep learning requires rethinking generalization, arXiv"
                    + " 1611.03530, abstract";

    /** A network. */
    private enum Net {
        DENSE("dense", "{kind: mlp, widths: [128], bias: true}", "{kind: mlp, widths: [512, 512], bias: true}"),
        CONVOLUTIONAL(
                "convolutional",
                "{kind: cnn, channels: [8, 16], kernel: 3, stride: 2, padding: 1, pool: none, bias: true}",
                "{kind: cnn, channels: [32, 64], kernel: 3, padding: 1, widths: [256], bias: true}");

        private final String word;
        private final String quick;
        private final String full;

        Net(String word, String quick, String full) {
            this.word = word;
            this.quick = quick;
            this.full = full;
        }
    }

    /** What is to be fitted. */
    private enum Task {
        TRUE("true labels", "data.permute=none"),
        LABELS("random labels", "data.randomLabels=true"),
        SHUFFLED("shuffled pixels", "data.permute=features"),
        NOISE("noise inputs", "data.permute=noise");

        private final String word;
        private final String change;

        Task(String word, String change) {
            this.word = word;
            this.change = change;
        }
    }

    /** What is done against overfitting. */
    private enum Against {
        NOTHING("neither", "model.dropout=0"),
        DECAY("decay", "decay.lambda=0.0005"),
        DROPOUT("dropout", "model.dropout=0.3");

        private final String word;
        private final String change;

        Against(String word, String change) {
            this.word = word;
            this.change = change;
        }
    }

    @Override
    public Card card() {
        return new CardDraft("random-labels", Kind.EFFECT)
                .states(
                        "A dense and a convolutional network get every training example right with true labels, random labels, shuffled pixels"
                                + " and noise in place of images, without regularization, with weight decay and with dropout.")
                .source(SOURCE)
                .literature(
                        "\"Specifically, our experiments establish that state-of-the-art convolutional networks for image classification"
                                + " trained with stochastic gradient methods easily fit a random labeling of the training data. This phenomenon is"
                                + " qualitatively unaffected by explicit regularization, and occurs even if we replace the true images by"
                                + " completely unstructured random noise.\"")
                .because(
                        "There are many more weights than examples, and examples that differ can each be given its answer; nothing in the"
                                + " network or in descent asks that the answers make sense.")
                .control(
                        "The same question asked of new examples of the same kind, on which the network was not trained: what is asked there of"
                                + " every one must not hold.")
                .cause("training", "optimizer.learningRate=1e-12")
                .limit(
                        ALL,
                        EVERY,
                        Provenance.argued(
                                "all of 100 training examples, which a mean over seeds can only reach from below: at most one example in"
                                        + " two seeds is missed"))
                .refutedBy("A network that misses training examples at the end, in any of the 24 settings.")
                .assuming(
                        "100 drawn digits of 28 x 28 pixels, ten classes; 128 hidden units, or two convolutions of 8 and 16 channels; Adam, at"
                                + " most 100 epochs, ended once the training loss is below 0.006, at which no example can be wrong.")
                .assuming(
                        "Random labels are drawn once and stay. Shuffled pixels are one order for all images; noise are normal numbers of the"
                                + " images' mean and deviation, labels as they were. Decay is 0.0005 times the sum of squares, dropout 0.3.")
                .assuming(
                        "Augmentation of examples, the source's third regularization, is not there yet and is not asked. The networks are small"
                                + " ones, not the source's.")
                .needsItsOwnData("images are replaced by noise of the same shape, and all examples must differ")
                .reads("loss")
                .pilot(ALL + ", each of the 24 settings", 1, 0, PILOTS)
                .seenRefuted(
                        "the controls, seeds 3001-3010: of new examples with random labels or noise about one of ten is answered rightly, with"
                                + " true labels about six of ten.")
                .quickSeconds(35);
    }

    @Override
    public Protocol protocol(Scale scale) {
        boolean quick = scale == Scale.QUICK;
        List<Arm> arms = new ArrayList<>();
        for (Net net : Net.values()) {
            SpecDocument base = Protocol.spec("""
                    data: {source: %s, standardize: per-channel, batchSize: %d}
                    model: %s
                    loss: {kind: cross-entropy}
                    optimizer: {kind: adam, learningRate: %s}
                    decay: {lambda: 0}
                    stop: {epochs: 100, loss: 0.006}
                    measure: {instruments: [loss], perDecade: 8}
                    """.formatted(
                            quick ? "scribbles, train: 100, test: 200" : "mnist, perClass: 200",
                            quick ? 25 : 50,
                            quick ? net.quick : net.full,
                            quick ? "0.003" : "0.001"));
            for (Task task : Task.values()) {
                for (Against against : Against.values()) {
                    arms.add(Arm.treatment(
                            name(net, task, against), base.having(task.change).having(against.change)));
                }
            }
        }
        return new Protocol(10, arms);
    }

    @Override
    public Judgement judge(Evidence evidence) {
        return new Judgement(
                List.of(
                        sentence(
                                "Convolutional networks trained with stochastic gradient methods easily fit a random labeling of the training"
                                        + " data.",
                                true,
                                evidence,
                                List.of(Net.CONVOLUTIONAL),
                                List.of(Task.LABELS),
                                List.of(Against.NOTHING)),
                        sentence(
                                "This occurs even if we replace the true images by completely unstructured random noise.",
                                true,
                                evidence,
                                List.of(Net.CONVOLUTIONAL),
                                List.of(Task.NOISE),
                                List.of(Against.NOTHING)),
                        sentence(
                                "This phenomenon is qualitatively unaffected by explicit regularization (weight decay and dropout).",
                                true,
                                evidence,
                                List.of(Net.CONVOLUTIONAL),
                                List.of(Task.LABELS, Task.NOISE),
                                List.of(Against.DECAY, Against.DROPOUT)),
                        sentence(
                                "Both networks fit true labels, random labels, shuffled pixels and noise, each with neither, decay or"
                                        + " dropout: the whole table.",
                                false,
                                evidence,
                                List.of(Net.values()),
                                List.of(Task.values()),
                                List.of(Against.values()))),
                List.of(
                        table(
                                "Training accuracy at the end",
                                "training accuracy",
                                evidence,
                                arm -> arm.last(FIT),
                                "Each point is one cell of the table: median and range over seeds."),
                        table(
                                "Accuracy on new examples",
                                "test accuracy",
                                evidence,
                                arm -> arm.last(TEST),
                                "New examples have their pixels shuffled or replaced as those of training; their labels are true ones. What is"
                                        + " fitted says nothing of what is learned."),
                        table(
                                "Steps until the training loss is 0.006",
                                "steps",
                                evidence,
                                ArmRuns::steps,
                                "At the look at which training ended; 400 where it did not reach 0.006. With decay it may stay above.")),
                List.of());
    }

    private static Sentence sentence(
            String text,
            boolean ofSource,
            Evidence evidence,
            List<Net> nets,
            List<Task> tasks,
            List<Against> againsts) {
        List<Finding> fitted = new ArrayList<>();
        List<Finding> unseen = new ArrayList<>();
        for (Net net : nets) {
            for (Task task : tasks) {
                for (Against against : againsts) {
                    ArmRuns arm = evidence.arm(name(net, task, against));
                    fitted.add(right(arm, "training", FIT));
                    unseen.add(right(arm, "test", TEST)
                            .controlling(fitted.getLast().name()));
                }
            }
        }
        Ruling treatment = Ruling.of(fitted, List.of());
        Ruling control = Ruling.of(unseen, List.of());
        return ofSource ? Sentence.ofSource(text, SOURCE, treatment, control) : Sentence.ours(text, treatment, control);
    }

    private static Finding right(ArmRuns arm, String split, String series) {
        return Level.of(
                        "the " + split + " accuracy, " + arm.name() + ",",
                        "every training example is answered rightly",
                        arm.last(series),
                        EVERY)
                .in(Range.SHARE)
                .named(ALL + ", " + arm.name());
    }

    private static Figure table(
            String title, String axis, Evidence evidence, Function<ArmRuns, double[]> number, String caption) {
        List<Figure.Curve> curves = new ArrayList<>();
        for (Net net : Net.values()) {
            for (Against against : Against.values()) {
                curves.add(ComputedCurves.points(
                                net.word + ", " + against.word,
                                net == Net.DENSE ? Arm.Part.CONTROL : Arm.Part.TREATMENT,
                                IntStream.range(0, Task.values().length)
                                        .mapToDouble(i -> i)
                                        .toArray(),
                                Arrays.stream(Task.values())
                                        .map(task -> number.apply(evidence.arm(name(net, task, against))))
                                        .toArray(double[][]::new))
                        .apart());
            }
        }
        return new Figure(
                title,
                Figure.Axis.of(
                        "what is to be fitted",
                        Arrays.stream(Task.values()).map(task -> task.word).toList()),
                Figure.Axis.linear(axis),
                curves,
                List.of(),
                caption);
    }

    private static String name(Net net, Task task, Against against) {
        return net.word + ", " + task.word + ", " + against.word;
    }
}
