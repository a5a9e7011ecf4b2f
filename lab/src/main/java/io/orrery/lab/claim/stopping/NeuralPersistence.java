package io.orrery.lab.claim.stopping;

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
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.judge.statistics.Values;
import io.orrery.lab.setup.SpecDocument;
import io.orrery.lab.spec.Serves;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Training that ends when neural persistence says so, beside training that ends when validation loss says so. */
@Serves("002-205")
public final class NeuralPersistence implements Claim {
    private static final String LEARNED = "classes";
    private static final String RANDOM = "random labels";

    private static final String PERSISTENCE = "neural-persistence.normalized";
    private static final String VALIDATION = "loss.loss@validation";
    private static final String TEST = "loss.accuracy@test";

    private static final int EPOCHS = 60;
    private static final int PATIENCE = 8;
    private static final double REST = 0.01;
    private static final String PILOTS = "3001-3010";
    private static final String SEARCHED =
            "patience and the rest of 1% were chosen on the seeds 3001-3005; it is judged on fresh ones";

    private static final Threshold SOME = Threshold.atLeast(0);
    private static final Threshold POINT = Threshold.atMost(0.01);

    private static final String SAVED = "share of validation stopping's epochs that is saved";
    private static final String LOST = "test accuracy lost against validation stopping";
    private static final String SAVED_RISE = SAVED + " once persistence rises no more";
    private static final String LOST_RISE = LOST + " once persistence rises no more";
    private static final String SAVED_REST = SAVED + " once persistence is at rest";
    private static final String LOST_REST = LOST + " once persistence is at rest";

    @Override
    public Card card() {
        return new CardDraft("neural-persistence", Kind.EFFECT)
                .states(
                        "Training that ends once neural persistence has moved by less than 1% for eight epochs is shorter than with validation"
                                + " loss and eight epochs of patience, and loses at most a point of test accuracy.")
                .source(
                        "Rieck, Togninalli, Bock, Moor, Horn, Gumbsch and Borgwardt 2019, Neural Persistence: A Complexity Measure for Deep"
                                + " Neural Networks Using Algebraic Topology, arXiv 1812.09764")
                .literature(
                        "\"To demonstrate the usefulness of our approach, we show that neural persistence reflects best practices developed in the"
                                + " deep learning community such as dropout and batch normalization. Moreover, we derive a neural persistence-based"
                                + " stopping criterion that shortens the training process while achieving comparable accuracies as early stopping based"
                                + " on validation loss.\" (abstract)")
                .because(
                        "Persistence is read from weights alone: it needs no validation data, and what validation loss has to be waited for, weights"
                                + " that change no more may show before.")
                .control(
                        "Of epochs saved, the same network with random labels: validation loss then rises at once, while weights go on. Of accuracy,"
                                + " a rule that reads nothing and stops after the patience alone.")
                .cause("labels that can be learned", "data.randomLabels=true")
                .limit(SAVED, SOME, Provenance.argued("\"shortens\": any epoch on average"))
                .limit(LOST, POINT, Provenance.argued("one point of accuracy: twenty of 2000 test examples"))
                .refutedBy("A rule that ends training later than validation loss does, or costs more than a point.")
                .seenRefuted(
                        "With random labels (pilot seeds 3001-3010) rest ends training later, by 0.87 of the epochs of validation stopping; a rule that"
                                + " stops after the patience alone loses 0.076.")
                .assuming(
                        "The source's rule is taken to be: stop once the mean normalized persistence over layers has not risen for as many epochs as"
                                + " the patience. The abstract and the code of the measure were read; the rule itself is from what others tell of it.")
                .assuming(
                        "Ten Gaussian classes in 60 dimensions, 1000 examples, 500 more for validation, hidden layers of 100, 50 and 20, Xavier weights,"
                                + " dropout 0.2, Adam 1e-3, 20 steps an epoch. Both rules look once an epoch; one that never ends training ends it at epoch 60.")
                .assuming(
                        "Validation stopping goes back to its best epoch, persistence keeps where it stops: of epochs those trained count.")
                .assuming(
                        "Patience and the rest of 1% were chosen on pilots of five seeds without dropout and with (3001-3005), thresholds before them. Without"
                                + " dropout validation loss rises soon and rest saved 0.12 of the epochs, by -0.45 to 0.78.")
                .assuming(
                        "Mean persistence need not rise while classes are learned: over the pilot seeds it ends at 0.93 of its start. A rule that waits for a"
                                + " rise then ends training as soon as its patience allows.")
                .pilot(LOST_RISE, 0.036, 0.048, PILOTS)
                .pilot(SAVED_RISE, 0.687, 0.068, PILOTS)
                .pilot(LOST_REST, 0.0054, 0.0091, PILOTS)
                .pilot(SAVED_REST, 0.254, 0.34, PILOTS)
                .free("model.widths")
                .reads("loss", "neural-persistence")
                .quickSeconds(30);
    }

    @Override
    public Protocol protocol(Scale scale) {
        boolean quick = scale == Scale.QUICK;
        SpecDocument plain = Protocol.spec("""
                data: {source: %s, validation: 500, batchSize: 50}
                model: {kind: mlp, widths: [100, 50, 20], initialization: xavier, dropout: 0.2}
                loss: {kind: cross-entropy}
                optimizer: {kind: adam, learningRate: 0.001}
                decay: {lambda: 0}
                stop: {steps: %d}
                measure: {instruments: [loss, neural-persistence], every: %d, perDecade: 1, sample: 2000}
                """.formatted(
                        quick ? "gaussian-mixture, train: 1500, test: 2000" : "scribbles, train: 2500, test: 2000",
                        EPOCHS * epoch(scale),
                        epoch(scale)));
        return Protocol.of(
                30, Arm.treatment(LEARNED, plain), Arm.control(RANDOM, plain.having("data.randomLabels=true")));
    }

    /** Steps of an epoch. */
    private static int epoch(Scale scale) {
        return scale == Scale.QUICK ? 20 : 40;
    }

    @Override
    public Judgement judge(Evidence evidence) {
        int epoch = epoch(evidence.scale());
        Ends learned = new Ends(evidence.arm(LEARNED), epoch);
        Ends random = new Ends(evidence.arm(RANDOM), epoch);
        return new Judgement(
                List.of(
                        Sentence.ofSource(
                                        "A neural persistence-based stopping criterion shortens the training process while achieving comparable accuracies"
                                                + " as early stopping based on validation loss.",
                                        "Rieck et al. 2019, abstract, arxiv.org/abs/1812.09764",
                                        Ruling.of(
                                                lost(LOST_RISE, learned, learned.each(learned::rise)),
                                                saved(SAVED_RISE, learned, learned.each(learned::rise))),
                                        Ruling.of(
                                                lost(LOST_RISE, learned, learned.each(_ -> PATIENCE)),
                                                saved(SAVED_RISE, random, random.each(random::rise))))
                                .exploratory(SEARCHED),
                        Sentence.ours(
                                        "",
                                        Ruling.of(
                                                lost(LOST_REST, learned, learned.each(learned::rest)),
                                                saved(SAVED_REST, learned, learned.each(learned::rest))),
                                        Ruling.of(
                                                lost(LOST_REST, learned, learned.each(_ -> PATIENCE)),
                                                saved(SAVED_REST, random, random.each(random::rest))))
                                .exploratory(SEARCHED)),
                List.of(
                        Figure.course(
                                "Mean normalized neural persistence",
                                Figure.Axis.linear("persistence"),
                                evidence.arms(),
                                PERSISTENCE,
                                List.of(),
                                "Median and range over seeds. It starts where the initialization puts it, moves while classes are learned and hardly after."),
                        Figure.course(
                                "Validation loss",
                                Figure.Axis.linear("loss"),
                                List.of(learned.arm()),
                                VALIDATION,
                                List.of(),
                                "What validation stopping waits for: a minimum that is " + PATIENCE + " epochs old."),
                        ends(learned)),
                List.of(censored(learned)));
    }

    /** Where rules end the training of an arm's runs, by looks once an epoch. */
    private record Ends(ArmRuns arm, double[][] persistence, double[][] validation, double[][] accuracy) {
        Ends(ArmRuns arm, int epoch) {
            this(arm, epochs(arm, PERSISTENCE, epoch), epochs(arm, VALIDATION, epoch), epochs(arm, TEST, epoch));
        }

        private static double[][] epochs(ArmRuns arm, String series, int epoch) {
            ArmRuns.Course course = arm.course(series);
            int[] looks = IntStream.range(0, course.steps().length)
                    .filter(look -> course.steps()[look] % epoch == 0)
                    .toArray();
            return Arrays.stream(course.values())
                    .map(seed ->
                            Arrays.stream(looks).mapToDouble(look -> seed[look]).toArray())
                    .toArray(double[][]::new);
        }

        double rise(int seed) {
            return StoppingRules.withoutRise(persistence[seed], PATIENCE);
        }

        double rest(int seed) {
            return StoppingRules.atRest(persistence[seed], PATIENCE, REST);
        }

        double patient(int seed) {
            return StoppingRules.withoutFall(validation[seed], PATIENCE);
        }

        double best(int seed) {
            return StoppingRules.smallest(validation[seed], patient(seed));
        }

        double[] each(IntToDoubleFunction end) {
            return IntStream.range(0, arm.count()).mapToDouble(end).toArray();
        }

        double accuracy(int seed, double look) {
            return look >= 0 && look < accuracy[seed].length ? accuracy[seed][(int) look] : Double.NaN;
        }
    }

    private static String censored(Ends ends) {
        double[] censored = ends.each(seed -> ends.patient(seed) - ends.best(seed) < PATIENCE ? 1 : 0);
        return "Validation stopping: in " + (int) Arrays.stream(censored).sum() + " of " + censored.length
                + " seeds the protocol ended training, at epoch " + EPOCHS
                + ", before the patience was over: it would have gone on, so that more epochs may be saved than are counted, and its"
                + " accuracy is that of the best epoch so far.";
    }

    private static Finding saved(String name, Ends ends, double[] stops) {
        return Level.of(
                        name,
                        "training is shorter than with validation loss",
                        ends.each(seed -> 1 - stops[seed] / ends.patient(seed)),
                        SOME)
                .named(name);
    }

    private static Finding lost(String name, Ends ends, double[] stops) {
        return Comparison.difference(
                        name,
                        "at most a point of test accuracy is lost",
                        new Values(
                                "the test accuracy of validation stopping",
                                ends.each(seed -> ends.accuracy(seed, ends.best(seed)))),
                        new Values("that of the rule", ends.each(seed -> ends.accuracy(seed, stops[seed]))),
                        POINT)
                .named(name);
    }

    private static Figure ends(Ends ends) {
        List<String> rules = List.of(
                "validation loss, patience " + PATIENCE,
                "persistence at rest",
                "persistence rises no more",
                "patience alone");
        List<double[]> stops = List.of(
                ends.each(ends::patient), ends.each(ends::rest), ends.each(ends::rise), ends.each(_ -> PATIENCE));
        double[] places =
                IntStream.range(0, rules.size()).mapToDouble(place -> place).toArray();
        double[][] values = IntStream.range(0, ends.arm().count())
                .mapToObj(seed -> stops.stream().mapToDouble(rule -> rule[seed]).toArray())
                .toArray(double[][]::new);
        return new Figure(
                "Where training ends",
                Figure.Axis.of("rule", rules),
                Figure.Axis.linear("epoch"),
                List.of(new Figure.Curve("classes", Arm.Part.TREATMENT, false, places, values)),
                List.of(),
                "Median and range over seeds, on the same runs. Persistence needs no validation data.");
    }
}
