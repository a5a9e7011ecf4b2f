package io.orrery.lab.study;

import io.orrery.lab.book.RecordedRun;
import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.judge.Ruling;
import io.orrery.lab.judge.criterion.Comparison;
import io.orrery.lab.judge.statistics.Interval;
import io.orrery.lab.judge.statistics.Plain;
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.judge.statistics.Values;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.run.RunEnd;
import io.orrery.lab.study.Summary.Contrast;
import io.orrery.lab.study.Summary.Mark;
import io.orrery.lab.study.Summary.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/**
 * What decay changed: two settings whose specs differ in {@code decay.lambda} alone, one of them 0, paired over seeds and
 * judged by {@link io.orrery.lab.judge}, all findings of a study together under Holm's correction.
 *
 * <p>Theory gives directions. A change counts as predicted from a tenth on ({@link #CHANGE}), so that a decay too small to
 * matter earns no mark; that limit is this project's, no source's. Only a change in the other direction counts against.
 */
final class DecayContrast {
    static final String HOW =
            "Ratios are geometric means over seeds, paired, at the end of the runs; the intervals are Student's, with Holm's"
                    + " correction over all comparisons of the study. Theory says which way decay works; a change of less"
                    + " than a tenth does not count (this project's limit). The claims judge the sizes that the literature"
                    + " reports.";

    /** A ratio at or below this is a fall; its inverse a rise. */
    private static final double CHANGE = 0.9;

    private static final String ACCURACY = "loss.accuracy@train";

    /** Which way theory sees decay move a quantity. */
    private enum Way {
        LOWER(Threshold.atMost(CHANGE), Threshold.atMost(1)),
        HIGHER(Threshold.atLeast(1 / CHANGE), Threshold.atLeast(1));

        private final Threshold seen;
        private final Threshold direction;

        Way(Threshold seen, Threshold direction) {
            this.seen = seen;
            this.direction = direction;
        }
    }

    /**
     * A prediction.
     *
     * @param afterFitting whether it is about what comes after zero training error
     * @param read the number at the end of a run; NaN where there is none
     */
    private record Prediction(
            String topic,
            String theory,
            String quantity,
            Way way,
            boolean afterFitting,
            ToDoubleFunction<RecordedRun> read) {}

    private static final List<Prediction> COLLAPSE = List.of(
            new Prediction(
                    "collapse",
                    "past zero training error decay makes features collapse onto their class means",
                    "NC1",
                    Way.LOWER,
                    true,
                    last("neural-collapse.nc1@train")),
            new Prediction(
                    "collapse",
                    "decay brings the angles between class means to those of a simplex",
                    "the mean distance of their cosines from the simplex's (NC2)",
                    Way.LOWER,
                    true,
                    last("neural-collapse.maximal-angle-means@train")),
            new Prediction(
                    "self-duality",
                    "decay aligns the last layer's rows with the class means",
                    "their centred distance (NC3)",
                    Way.LOWER,
                    true,
                    last("neural-collapse.self-duality-centred@train")));

    private static final Prediction MARGINS = new Prediction(
            "margins",
            "under square loss decay keeps rho small and so the normalized margins large",
            "the mean normalized margin",
            Way.HIGHER,
            true,
            last("margins.normalized-mean@train"));

    /** What makes of the margins' rise no second finding beside rho's fall. */
    private static final String OF_FITTED_DATA =
            " That follows from rho: the margins of fitted data are near those of the targets, and normalized ones are margins"
                    + " over rho";

    private static final Prediction RANK = new Prediction(
            "rank",
            "decay lowers the rank of the weights",
            "the rank at 1e-3, mean over layers,",
            Way.LOWER,
            false,
            run -> meanOverLayers(run, "rank.rank"));

    private final String title;
    private final String with;
    private final String without;
    private final List<RecordedRun> decayed;
    private final List<RecordedRun> plain;
    private final List<Long> seeds;

    private DecayContrast(
            String title, String with, String without, List<RecordedRun> decayed, List<RecordedRun> plain) {
        this.title = title;
        this.with = with;
        this.without = without;
        this.decayed = decayed;
        this.plain = plain;
        SortedSet<Long> common =
                new TreeSet<>(decayed.stream().map(RecordedRun::seed).toList());
        common.retainAll(plain.stream().map(RecordedRun::seed).toList());
        this.seeds = List.copyOf(common);
    }

    /** The contrasts that the settings of a study hold; each setting's runs have one spec. */
    static List<Contrast> of(List<List<RecordedRun>> settings) {
        List<DecayContrast> contrasts = new ArrayList<>();
        Map<String, List<RecordedRun>> plain = new TreeMap<>();
        for (List<RecordedRun> runs : settings) {
            if (lambda(runs) == 0) {
                plain.putIfAbsent(others(runs), runs);
            }
        }
        for (List<RecordedRun> runs : settings) {
            List<RecordedRun> against = plain.getOrDefault(others(runs), List.of());
            if (lambda(runs) > 0 && !against.isEmpty()) {
                DecayContrast contrast = contrast(runs, against);
                if (!contrast.seeds.isEmpty()) {
                    contrasts.add(contrast);
                }
            }
        }
        return judged(contrasts);
    }

    private static DecayContrast contrast(List<RecordedRun> decayed, List<RecordedRun> plain) {
        String setting = Summary.label(decayed.getFirst().setting());
        String key = "decay.lambda = ";
        String lambda = decayed.getFirst().setting().getOrDefault("decay.lambda", "above 0");
        return new DecayContrast(
                (setting.isEmpty() ? key + lambda : setting) + " against " + key + "0",
                key + lambda,
                key + "0",
                decayed,
                plain);
    }

    private record Asked(DecayContrast contrast, Prediction prediction, Finding seen, Finding direction) {}

    private static List<Contrast> judged(List<DecayContrast> contrasts) {
        List<Asked> asked = contrasts.stream()
                .flatMap(contrast -> contrast.predictions().stream().map(prediction -> contrast.ask(prediction)))
                .toList();
        if (asked.isEmpty()) {
            return List.of();
        }
        List<Finding> seen =
                Ruling.of(asked.stream().map(Asked::seen).toList(), List.of()).findings();
        List<Finding> direction = Ruling.of(asked.stream().map(Asked::direction).toList(), List.of())
                .findings();
        List<Contrast> all = new ArrayList<>();
        for (DecayContrast contrast : contrasts) {
            List<Sentence> sentences = new ArrayList<>();
            for (int i = 0; i < asked.size(); i++) {
                if (asked.get(i).contrast() == contrast) {
                    sentences.add(contrast.sentence(asked.get(i).prediction(), seen.get(i), direction.get(i)));
                }
            }
            contrast.stableRank(sentences);
            contrast.testAccuracy(sentences);
            all.add(new Contrast(contrast.title, List.copyOf(sentences)));
        }
        return List.copyOf(all);
    }

    /** What theory predicts of this study and what its runs have readings of in both settings. */
    private List<Prediction> predictions() {
        RecordedSpec spec = RecordedSpec.of(decayed.getFirst());
        List<Prediction> all = new ArrayList<>();
        if (!spec.listed("data", "imbalance")) {
            all.addAll(COLLAPSE);
        }
        all.add(RANK);
        if (spec.text("loss", "kind").equals("square")) {
            all.add(MARGINS);
        }
        all.removeIf(prediction -> !anyFinite(decayed, prediction) || !anyFinite(plain, prediction));
        return all;
    }

    private static boolean anyFinite(List<RecordedRun> runs, Prediction prediction) {
        return runs.stream().mapToDouble(prediction.read()).anyMatch(Double::isFinite);
    }

    private Asked ask(Prediction prediction) {
        return new Asked(
                this,
                prediction,
                finding(prediction, prediction.way().seen),
                finding(prediction, prediction.way().direction));
    }

    private Finding finding(Prediction prediction, Threshold threshold) {
        return Comparison.ratio(
                prediction.quantity() + " for " + title,
                prediction.theory(),
                new Values(prediction.quantity() + " with " + with, values(decayed, prediction.read())),
                new Values("that with " + without, values(plain, prediction.read())),
                threshold);
    }

    /** One number per common seed; NaN where the run did not come to its end. */
    private double[] values(List<RecordedRun> runs, ToDoubleFunction<RecordedRun> read) {
        return seeds.stream()
                .mapToDouble(seed -> {
                    List<RecordedRun> ofSeed =
                            runs.stream().filter(run -> run.seed() == seed).toList();
                    return ofSeed.size() == 1 && Counted.isDone(ofSeed.getFirst())
                            ? read.applyAsDouble(ofSeed.getFirst())
                            : Double.NaN;
                })
                .toArray();
    }

    private Sentence sentence(Prediction prediction, Finding seen, Finding direction) {
        String obstacle = obstacle(prediction);
        Mark mark = !obstacle.isEmpty()
                ? Mark.OPEN
                : seen.outcome() == Outcome.SUPPORTED
                        ? Mark.AS_PREDICTED
                        : direction.outcome() == Outcome.REFUTED ? Mark.NOT_AS_PREDICTED : Mark.OPEN;
        return new Sentence(
                mark,
                prediction.topic(),
                "Theory: " + prediction.theory() + ". Here " + words(prediction, seen)
                        + (obstacle.isEmpty()
                                ? prediction == MARGINS ? OF_FITTED_DATA + rhoInWords() : ""
                                : " Not judged: " + obstacle + "."));
    }

    /** What rho did, on which the margins hang; empty where it was not read. */
    private String rhoInWords() {
        Finding rho = Comparison.ratio(
                "rho",
                "",
                new Values("rho", values(decayed, last("norms.rho"))),
                new Values("", values(plain, last("norms.rho"))),
                Threshold.atMost(1));
        return Double.isFinite(rho.effect()) ? ": rho is " + Plain.number(rho.effect()) + " times as large." : ".";
    }

    /** The ratio, its interval and its seeds; the limit, which is this project's and not theory's, stands with {@link #HOW}. */
    private String words(Prediction prediction, Finding finding) {
        Interval interval = finding.interval();
        boolean spread = interval.isKnown() && interval.low() < interval.high();
        String complaint = finding.sample().complaint();
        return prediction.quantity() + " with " + with + " is " + Plain.number(finding.effect()) + " times that with "
                + without + " (" + (spread ? interval.text() + ", " : "")
                + finding.sample().text() + ")" + (complaint.isEmpty() ? "" : "; " + complaint) + ".";
    }

    /** Why a prediction may not be held against these runs; empty if it may. */
    private String obstacle(Prediction prediction) {
        double[] steps = {steps(decayed), steps(plain)};
        if (Double.isNaN(steps[0] + steps[1]) || steps[0] != steps[1]) {
            return "the runs did not all end at the same step";
        }
        double lowest = Math.min(smallest(values(decayed, last(ACCURACY))), smallest(values(plain, last(ACCURACY))));
        if (prediction.afterFitting() && Double.isInfinite(lowest)) {
            return "the training accuracy was not read";
        }
        return prediction.afterFitting() && lowest < 1
                ? "the training error is not zero in every run, the largest is " + OverSeeds.percent(1 - lowest)
                : "";
    }

    /** The step at which the runs that came to their end ended; NaN if there is no single one. */
    private double steps(List<RecordedRun> runs) {
        List<Long> steps = runs.stream()
                .filter(run -> seeds.contains(run.seed()) && Counted.isDone(run))
                .map(run -> run.end().map(RunEnd::steps).orElse(-1L))
                .distinct()
                .toList();
        return steps.size() == 1 ? steps.getFirst() : Double.NaN;
    }

    private static double smallest(double[] values) {
        double smallest = Double.POSITIVE_INFINITY;
        for (double value : values) {
            smallest = Double.isNaN(value) ? smallest : Math.min(smallest, value);
        }
        return smallest;
    }

    /** A fact: theory relates the error to rho, not to decay as such. */
    private void testAccuracy(List<Sentence> sentences) {
        ToDoubleFunction<RecordedRun> test =
                run -> 100 * last("loss.accuracy@test").applyAsDouble(run);
        Finding finding = Comparison.difference(
                "test accuracy",
                "",
                new Values("test accuracy", values(decayed, test)),
                new Values("", values(plain, test)),
                Threshold.atLeast(0));
        if (finding.samples() >= 2 && finding.interval().isKnown()) {
            sentences.add(new Sentence(
                    Mark.FACT,
                    "generalization",
                    "Test accuracy with " + with + " less that with " + without + ", mean of "
                            + finding.sample().text() + ": " + OverSeeds.digits(finding.effect())
                            + " percentage points (" + finding.interval().text() + ")."));
        }
    }

    /** A fact: what the sources predict is the rank at a tolerance. */
    private void stableRank(List<Sentence> sentences) {
        ToDoubleFunction<RecordedRun> read = run -> meanOverLayers(run, "rank.stable-rank");
        Finding finding = Comparison.ratio(
                "stable rank",
                "",
                new Values("stable rank", values(decayed, read)),
                new Values("", values(plain, read)),
                Threshold.atMost(1));
        if (finding.samples() >= 2 && finding.interval().isKnown()) {
            sentences.add(new Sentence(
                    Mark.FACT,
                    "rank",
                    "The stable rank, mean over layers, with " + with + " is " + Plain.number(finding.effect())
                            + " times that with " + without + " ("
                            + finding.interval().text() + ", "
                            + finding.sample().text() + ")."));
        }
    }

    private static double meanOverLayers(RecordedRun run, String quantity) {
        List<String> layers = run.measurements().stream()
                .map(Measurement::series)
                .filter(series -> series.equals(quantity) || series.startsWith(quantity + "/"))
                .distinct()
                .toList();
        return SeriesOf.mean(run, layers).last().value();
    }

    private static ToDoubleFunction<RecordedRun> last(String series) {
        return run -> SeriesOf.of(run, series).last().value();
    }

    private static double lambda(List<RecordedRun> runs) {
        return RecordedSpec.of(runs.getFirst()).number("decay", "lambda");
    }

    private static String others(List<RecordedRun> runs) {
        return RecordedSpec.of(runs.getFirst()).without("decay", "lambda");
    }
}
