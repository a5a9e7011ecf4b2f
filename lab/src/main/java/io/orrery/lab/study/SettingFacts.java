package io.orrery.lab.study;

import io.orrery.lab.book.RecordedRun;
import io.orrery.lab.observe.Measurement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What was read in the runs of one setting. Facts only: each sentence names its steps and its seeds, and is left out where
 * nothing finite was read. What decay did is a matter of two settings, see {@link DecayContrast}.
 */
final class SettingFacts {
    private static final String ACCURACY = "loss.accuracy@train";
    private static final String TEST_ACCURACY = "loss.accuracy@test";
    private static final String RHO = "norms.rho";
    private static final String EQUILIBRIUM = "norms.rho-equilibrium";
    /** With at most so many examples a sentence says what a single one is worth. */
    private static final int FEW = 200;

    private final List<RecordedRun> runs;
    private final List<Summary.Sentence> sentences = new ArrayList<>();

    /** The facts on runs of one setting that count, see {@link Counted}. */
    static List<Summary.Sentence> of(List<RecordedRun> runs) {
        return new SettingFacts(runs).all();
    }

    private SettingFacts(List<RecordedRun> runs) {
        this.runs = runs;
    }

    private List<Summary.Sentence> all() {
        trainingError();
        collapse();
        margins();
        rank();
        rho();
        generalization();
        return List.copyOf(sentences);
    }

    private void trainingError() {
        Course accuracy = course(ACCURACY);
        if (accuracy.isEmpty()) {
            loss();
            return;
        }
        OverSeeds error = over(run -> 1 - last(run, ACCURACY));
        String where = examples("train", "training") + " at " + accuracy.lastSteps() + "; ";
        boolean zero = error.all(value -> value <= 0);
        say(
                "training error",
                "Training error: " + (zero ? "zero" : error.percent()) + where
                        + (zero && error.values().length > 1
                                ? "the same in " + (error.isComplete() ? "all " : error.values().length + " of ")
                                        + runs.size() + " seeds."
                                : error.basis() + "."));
    }

    /** Of targets of which no answer is right or wrong. */
    private void loss() {
        Course train = course("loss.loss@train");
        Course test = course("loss.loss@test");
        if (train.isEmpty()) {
            return;
        }
        say("training loss", "Training loss" + counted(" on", "train", "training") + ": " + train.text() + ".");
        if (!test.isEmpty()) {
            say("generalization", "Test loss" + counted(" on", "test", "test") + ": " + test.text() + ".");
        }
        say(
                "accuracy",
                "There is no accuracy, and nothing that rests on classes was read: of such targets no answer is right or wrong.");
    }

    private void collapse() {
        Course nc1 = course("neural-collapse.nc1@train");
        if (!nc1.isEmpty()) {
            say(
                    "collapse",
                    nc1.isConstant()
                            ? "Variability within classes (NC1) of the last features is "
                                    + nc1.last().text()
                                    + " at every reading: these features do not train. "
                                    + capital(nc1.last().basis()) + "."
                            : "Variability within classes (NC1): " + nc1.text() + ".");
        }
        tell(
                "collapse",
                "Mean distance of the cosines between class means from the simplex's (NC2): ",
                course("neural-collapse.maximal-angle-means@train"));
        Course centred = course("neural-collapse.self-duality-centred@train");
        OverSeeds raw = over(run -> last(run, "neural-collapse.self-duality@train"));
        if (!centred.isEmpty()) {
            say(
                    "self-duality",
                    "Distance of the last layer's rows from the class means, both centred (NC3): " + centred.text()
                            + "." + (raw.isEmpty() ? "" : " Rows not centred, last reading: " + raw.text() + "."));
        }
        Course mismatch = course("neural-collapse.nc4@train");
        if (!mismatch.isEmpty()) {
            say(
                    "collapse",
                    "Network and nearest class mean decide differently (NC4) on "
                            + mismatch.last().percent() + " of the training probe at " + mismatch.lastSteps() + "; "
                            + mismatch.last().basis() + ".");
        }
    }

    /** The spread, a deviation over a mean, says something only where the mean is positive. */
    private void margins() {
        Course smallest = course("margins.minimum@train");
        if (smallest.isEmpty()) {
            return;
        }
        OverSeeds spread =
                over(run -> last(run, "margins.mean@train") > 0 ? last(run, "margins.spread@train") : Double.NaN);
        say(
                "margins",
                "Margins on the training probe at " + smallest.lastSteps() + ": the smallest is "
                        + smallest.last().text()
                        + (spread.isComplete() ? ", deviation over mean is " + spread.text() : "") + "; "
                        + smallest.last().basis() + ".");
    }

    private void rank() {
        List<String> layers = layers("rank.stable-rank");
        Course rank = Course.of(runs, run -> SeriesOf.mean(run, layers));
        if (rank.isEmpty()) {
            return;
        }
        int classes = classes();
        say(
                "rank",
                "Stable rank of the weights" + (layers.size() > 1 ? ", mean over " + layers.size() + " layers" : "")
                        + (classes > 0 ? " (" + classes + " classes)" : "") + ": " + rank.text() + ".");
        OverSeeds exponent = over(run -> last(run, "rank.decay-exponent"));
        if (!exponent.isEmpty() && exponent.all(value -> value > 0)) {
            say(
                    "rank",
                    "Decay exponent, 2 lambda times the sum of learning rates, momentum included: " + exponent.text()
                            + ". Decay alone would have left about "
                            + OverSeeds.percent(StrictMath.exp(-exponent.median()))
                            + " of the initial weights, exp of minus it"
                            + (momentum() > 0 ? "; with momentum this is an approximation" : "")
                            + ".");
        }
    }

    private double momentum() {
        return RecordedSpec.of(runs.getFirst()).number("optimizer", "momentum");
    }

    /** Whether the setting is known to have no decay. */
    private boolean isWithoutDecay() {
        RecordedSpec spec = RecordedSpec.of(runs.getFirst());
        return spec.number("decay", "lambda") == 0 && !spec.listed("decay", "perLayer");
    }

    private void rho() {
        OverSeeds here = over(run -> rhoBeside(run, RHO));
        if (here.isEmpty()) {
            Course alone = course(RHO);
            tell("rho", "rho, the product of the layers' norms: ", alone);
            return;
        }
        OverSeeds rest = over(run -> rhoBeside(run, EQUILIBRIUM));
        OverSeeds apart = over(run -> Math.abs(rhoBeside(run, RHO) / rhoBeside(run, EQUILIBRIUM) - 1));
        OverSeeds relaxation = over(run -> rhoBeside(run, "norms.relaxation"));
        String steps =
                Course.steps(runs.stream().mapToLong(SettingFacts::rhoStep).filter(step -> step >= 0));
        say(
                "rho",
                "rho, the product of the layers' norms, is " + here.text() + " at " + steps
                        + (isWithoutDecay()
                                ? "; the scale that fits the targets best in the least-squares sense, with the directions of that"
                                        + " step, is "
                                : "; for the directions of that step theory sees it at rest at ")
                        + rest.text() + ", apart by "
                        + apart.percent() + "; " + here.basis() + "."
                        + (isWithoutDecay()
                                ? " Without decay any fitted network is near it: it says nothing of rest."
                                : "")
                        + (relaxation.isEmpty()
                                ? ""
                                : " Relaxation times passed, 2 (M + lambda) t: " + relaxation.text() + "."));
    }

    private void generalization() {
        Course test = course(TEST_ACCURACY);
        if (test.isEmpty()) {
            return;
        }
        OverSeeds gap = over(run -> last(run, ACCURACY) - last(run, TEST_ACCURACY));
        say(
                "generalization",
                "Test accuracy: " + test.last().percent() + examples("test", "test") + " at " + test.lastSteps() + "; "
                        + test.last().basis() + "."
                        + (gap.isComplete() ? " Training accuracy less test accuracy: " + gap.points() + "." : ""));
    }

    /** {@code " on 1,000 test examples"}, with what one counts where they are few; empty where their number is not known. */
    private String examples(String split, String word) {
        if (!course("loss.sequence-accuracy@" + split).isEmpty()) {
            // What counts is a marked position, and examples differ in how many they have.
            return " at the marked positions" + counted(" of", split, word);
        }
        OverSeeds examples = over(run -> last(run, "loss.examples@" + split));
        if (examples.isEmpty() || !examples.all(value -> value == examples.median())) {
            return "";
        }
        long count = Math.round(examples.median());
        return counted(" on", split, word) + (count <= FEW ? " (one is " + OverSeeds.percent(1.0 / count) + ")" : "");
    }

    /** {@code " on 1,000 test examples"}; empty where their number is not known. */
    private String counted(String preposition, String split, String word) {
        OverSeeds examples = over(run -> last(run, "loss.examples@" + split));
        return examples.isEmpty() || !examples.all(value -> value == examples.median())
                ? ""
                : String.format(Locale.ROOT, "%s %,d %s examples", preposition, Math.round(examples.median()), word);
    }

    /** A quantity at the last look that read both rho and its equilibrium, which are compared. */
    private static double rhoBeside(RecordedRun run, String series) {
        return SeriesOf.of(run, series).at(rhoStep(run));
    }

    private static long rhoStep(RecordedRun run) {
        return SeriesOf.of(run, RHO).lastStepWith(SeriesOf.of(run, EQUILIBRIUM));
    }

    /** The series of a quantity that is read per layer, in order of first appearance. */
    private List<String> layers(String quantity) {
        return runs.getFirst().measurements().stream()
                .map(Measurement::series)
                .filter(series -> series.equals(quantity) || series.startsWith(quantity + "/"))
                .distinct()
                .toList();
    }

    private int classes() {
        return runs.getFirst().measurements().stream()
                .filter(measurement -> measurement.instrument().equals("neural-collapse")
                        && measurement.quantity().equals("cosines"))
                .mapToInt(measurement ->
                        (int) Math.round(Math.sqrt(measurement.values().size())))
                .findFirst()
                .orElse(0);
    }

    private Course course(String series) {
        return Course.of(runs, run -> SeriesOf.of(run, series));
    }

    private OverSeeds over(ToDoubleFunction<RecordedRun> number) {
        return OverSeeds.of(runs, number);
    }

    private static double last(RecordedRun run, String series) {
        return SeriesOf.of(run, series).last().value();
    }

    private void tell(String topic, String what, Course course) {
        if (!course.isEmpty()) {
            say(topic, what + course.text() + ".");
        }
    }

    private void say(String topic, String text) {
        sentences.add(new Summary.Sentence(Summary.Mark.FACT, topic, text));
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
