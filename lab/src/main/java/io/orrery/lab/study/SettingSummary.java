package io.orrery.lab.study;

import io.orrery.lab.book.RecordedRun;
import io.orrery.lab.instrument.Measurement;
import io.orrery.lab.study.Summary.Mark;
import io.orrery.lab.study.Summary.Sentence;
import io.orrery.lab.text.Json;
import io.orrery.lab.theory.CollapseTheory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.function.ToDoubleFunction;

/** The sentences on the runs of one setting, none of which diverged. */
final class SettingSummary {
    private static final String NC1 = "neural-collapse.nc1@train";
    private static final String ACCURACY = "loss.accuracy@train";
    private static final String RHO = "norms.rho";
    private static final String EQUILIBRIUM = "norms.rho-equilibrium";
    /** Fewer decay times than this and ranks still remember the initialization: ln 1000. */
    private static final double ERASED = 6.9;
    /** Fewer relaxation times than this and rho still remembers its start. */
    private static final double RELAXED = 5;
    /** Fitted for practical purposes: at most one training example in a thousand is still wrong. */
    private static final double FITTED = 0.999;

    private final List<RecordedRun> runs;
    private final List<Sentence> sentences = new ArrayList<>();
    private final boolean fitted;
    private final boolean decay;
    private final boolean squareLoss;

    SettingSummary(List<RecordedRun> runs) {
        this.runs = runs;
        OverSeeds accuracy = last(ACCURACY);
        this.fitted = accuracy.values().length == runs.size() && accuracy.all(value -> value >= FITTED);
        this.decay = number(runs.getFirst(), "decay", "lambda") > 0;
        this.squareLoss = !text(runs.getFirst(), "loss", "kind").equals("cross-entropy");
    }

    List<Sentence> sentences() {
        trainingError();
        collapse();
        nearestMean();
        selfDuality();
        margins();
        rank();
        rho();
        generalization();
        return List.copyOf(sentences);
    }

    private void trainingError() {
        OverSeeds error = over(run -> 1 - SeriesOf.of(run, ACCURACY).last());
        if (error.isEmpty()) {
            return;
        }
        if (fitted) {
            say(
                    Mark.FACT,
                    "training error",
                    error.all(value -> value <= 0)
                            ? "The training error is zero in " + count() + "."
                            : "The training error is " + error.percent() + ": at most one example in a thousand.");
        } else {
            say(
                    Mark.OPEN,
                    "training error",
                    "The training error is not zero: " + error.percent()
                            + ". Predictions on what comes after zero error do not apply yet.");
        }
    }

    private void collapse() {
        OverSeeds factor = over(run -> {
            SeriesOf series = SeriesOf.of(run, NC1);
            return series.first() / series.last();
        });
        if (factor.isEmpty()) {
            return;
        }
        if (factor.all(value -> value == 1)) {
            say(
                    Mark.OPEN,
                    "collapse",
                    "Theory: past zero error, with decay, features collapse onto their class means. Here they never changed"
                            + " (NC1 is " + last(NC1).text()
                            + " throughout): without a trained hidden layer they are the"
                            + " inputs, and nothing can collapse.");
            return;
        }
        OverSeeds pace = over(run -> {
            SeriesOf series = SeriesOf.of(run, NC1);
            return series.last() / series.halfway();
        });
        String trend = pace.isEmpty()
                ? ""
                : pace.all(value -> value < 0.9)
                        ? ", still falling in the second half of the steps"
                        : pace.all(value -> value > 1.1)
                                ? ", rising in the second half of the steps"
                                : pace.all(value -> value >= 0.9 && value <= 1.1)
                                        ? ", level in the second half of the steps"
                                        : ", in the second half of the steps differing between runs";
        String change = factor.all(value -> value > 1) ? "fell" : factor.all(value -> value < 1) ? "rose" : "went";
        String seen = "Variability within classes (NC1) " + change + " from "
                + first(NC1).text() + " to " + last(NC1).text()
                + (change.equals("fell") ? ", by a factor of " + factor.text() : "") + trend + ".";
        say(
                judged(factor, value -> value >= 10, value -> value <= 1),
                "collapse",
                "Theory: past zero error, with decay, features collapse onto their class means. " + seen
                        + conditions());
    }

    private void nearestMean() {
        OverSeeds mismatch = last("neural-collapse.nc4@train");
        if (!mismatch.isEmpty()) {
            say(
                    judged(mismatch, value -> value <= 0.01, value -> value > 0.05),
                    "collapse",
                    "Theory: decisions become those of the nearest class mean (NC4). They differ on "
                            + mismatch.percent() + " of the training probe." + conditions());
        }
    }

    private void selfDuality() {
        OverSeeds centred = last("neural-collapse.self-duality-centred@train");
        OverSeeds raw = last("neural-collapse.self-duality@train");
        if (centred.isEmpty() || raw.isEmpty()) {
            return;
        }
        int classes = classes();
        String plateau = classes > 2 && squareLoss && !flag(runs.getFirst(), "model", "bias")
                ? " (raw: " + raw.text() + "; the orthogonal frame that is optimal without a bias has "
                        + OverSeeds.digits(CollapseTheory.selfDualityPlateau(classes)) + ")"
                : " (raw: " + raw.text() + ")";
        say(
                judged(centred, value -> value <= 0.1, value -> value >= 0.6),
                "self-duality",
                "Theory: the last layer's rows align with the class means. Their centred distance (NC3) went from "
                        + first("neural-collapse.self-duality-centred@train").text() + " to " + centred.text() + plateau
                        + "." + conditions());
    }

    private void margins() {
        OverSeeds start = over(run -> SeriesOf.of(run, "margins.spread@train").firstPositive());
        OverSeeds ratio = over(run -> {
            SeriesOf series = SeriesOf.of(run, "margins.spread@train");
            return series.last() > 0 ? series.last() / series.firstPositive() : Double.NaN;
        });
        if (ratio.isEmpty()) {
            return;
        }
        Mark mark = squareLoss ? judged(ratio, value -> value <= 0.5, value -> value >= 1) : Mark.OPEN;
        say(
                mark,
                "margins",
                "Theory: under square loss with decay, margins become equal. Their spread (deviation over mean) went from "
                        + start.text() + " to " + last("margins.spread@train").text() + "."
                        + (squareLoss ? conditions() : " This run minimizes cross-entropy."));
    }

    private void rank() {
        List<String> layers = runs.getFirst().measurements().stream()
                .filter(measurement -> measurement.instrument().equals("rank")
                        && measurement.quantity().equals("stable-rank"))
                .map(Measurement::layer)
                .distinct()
                .toList();
        if (layers.isEmpty()) {
            return;
        }
        OverSeeds before = over(run -> mean(run, layers, true));
        OverSeeds after = over(run -> mean(run, layers, false));
        OverSeeds ratio = over(run -> mean(run, layers, false) / mean(run, layers, true));
        if (ratio.isEmpty()) {
            return;
        }
        OverSeeds exponent = last("rank.decay-exponent");
        String seen = "The stable rank of the weights, averaged over layers, went from " + before.text() + " to "
                + after.text() + (classes() > 0 ? " with " + classes() + " classes" : "") + ".";
        if (exponent.isEmpty()) {
            say(Mark.FACT, "rank", seen + " Decay does not act on the weight matrices here in a way theory covers.");
        } else if (!exponent.all(value -> value >= ERASED)) {
            say(
                    Mark.OPEN,
                    "rank",
                    "Theory: decay lowers ranks once the initialization has decayed away (exponent above "
                            + OverSeeds.digits(ERASED) + "). The exponent is " + exponent.text() + ". " + seen);
        } else {
            say(
                    judged(ratio, value -> value <= 0.8, value -> value >= 1),
                    "rank",
                    "Theory: decay lowers ranks. " + seen + " The initialization has decayed by an exponent of "
                            + exponent.text() + "." + conditions());
        }
    }

    private void rho() {
        OverSeeds difference = over(run -> Math.abs(rhoBeside(run, RHO) / rhoBeside(run, EQUILIBRIUM) - 1));
        if (difference.isEmpty()) {
            return;
        }
        OverSeeds relaxation = over(run -> rhoBeside(run, "norms.relaxation"));
        OverSeeds times = relaxation.isEmpty() ? last("rank.decay-exponent") : relaxation;
        String seen = "rho is " + over(run -> rhoBeside(run, RHO)).text() + ", its equilibrium "
                + over(run -> rhoBeside(run, EQUILIBRIUM)).text() + ": apart by " + difference.percent() + ".";
        boolean equilibrated = times.values().length == runs.size() && times.all(value -> value >= RELAXED);
        String history = times.isEmpty()
                ? " How often rho has relaxed is not known for this optimizer."
                : " It has had " + times.text() + " relaxation times"
                        + (equilibrated
                                ? "."
                                : "; below " + OverSeeds.digits(RELAXED) + " it may still remember its start.");
        Mark mark = !equilibrated || difference.values().length < runs.size()
                ? Mark.OPEN
                : difference.all(value -> value <= 0.05)
                        ? Mark.AS_PREDICTED
                        : difference.none(value -> value <= 0.2) ? Mark.NOT_AS_PREDICTED : Mark.OPEN;
        say(mark, "rho", "Theory: rho comes to rest where decay balances the margins. " + seen + history);
    }

    /** A quantity at the last look that read both rho and its equilibrium, which are compared. */
    private static double rhoBeside(RecordedRun run, String series) {
        long step = SeriesOf.of(run, RHO).lastStepWith(SeriesOf.of(run, EQUILIBRIUM));
        return SeriesOf.of(run, series).at(step);
    }

    private void generalization() {
        OverSeeds test = last("loss.accuracy@test");
        if (test.isEmpty()) {
            return;
        }
        OverSeeds gap = over(run -> SeriesOf.of(run, ACCURACY).last()
                - SeriesOf.of(run, "loss.accuracy@test").last());
        say(
                Mark.FACT,
                "generalization",
                "The test accuracy is " + test.percent()
                        + (gap.isEmpty() ? "." : "; training is above it by " + gap.points() + "."));
    }

    /** As predicted or not if all runs say so and the conditions hold; open otherwise. */
    private Mark judged(OverSeeds values, DoublePredicate predicted, DoublePredicate contradicted) {
        if (!fitted || !decay || values.values().length < runs.size()) {
            return Mark.OPEN;
        }
        return values.all(predicted) ? Mark.AS_PREDICTED : values.all(contradicted) ? Mark.NOT_AS_PREDICTED : Mark.OPEN;
    }

    /** Which conditions of predictions past zero error are not met. */
    private String conditions() {
        List<String> missing = new ArrayList<>();
        if (!fitted) {
            missing.add("zero training error");
        }
        if (!decay) {
            missing.add("weight decay");
        }
        return missing.isEmpty() ? "" : " Without " + String.join(" and ", missing) + " the prediction does not apply.";
    }

    private String count() {
        return runs.size() == 1 ? "the one run" : "all " + runs.size() + " runs";
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

    private static double mean(RecordedRun run, List<String> layers, boolean first) {
        double sum = 0;
        for (String layer : layers) {
            SeriesOf series = SeriesOf.of(run, "rank.stable-rank" + (layer.isEmpty() ? "" : "/" + layer));
            sum += first ? series.first() : series.last();
        }
        return sum / layers.size();
    }

    private OverSeeds over(ToDoubleFunction<RecordedRun> number) {
        return OverSeeds.of(runs, number);
    }

    private OverSeeds first(String series) {
        return over(run -> SeriesOf.of(run, series).first());
    }

    private OverSeeds last(String series) {
        return over(run -> SeriesOf.of(run, series).last());
    }

    private void say(Mark mark, String topic, String text) {
        sentences.add(new Sentence(mark, topic, text));
    }

    private static double number(RecordedRun run, String block, String key) {
        return value(run, block, key).orElse(new Json.Null()) instanceof Json.Number(String literal)
                ? Double.parseDouble(literal)
                : 0;
    }

    private static String text(RecordedRun run, String block, String key) {
        return value(run, block, key).orElse(new Json.Null()) instanceof Json.Text(String text) ? text : "";
    }

    private static boolean flag(RecordedRun run, String block, String key) {
        return value(run, block, key).orElse(new Json.Null()) instanceof Json.Flag(boolean flag) && flag;
    }

    private static Optional<Json> value(RecordedRun run, String block, String key) {
        return Json.parse(run.spec()) instanceof Json.Fields all
                        && all.get(block).orElse(new Json.Null()) instanceof Json.Fields fields
                ? fields.get(key)
                : Optional.empty();
    }
}
