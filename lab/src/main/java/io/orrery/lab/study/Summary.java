package io.orrery.lab.study;

import io.orrery.lab.book.RecordedRun;
import io.orrery.lab.run.RunEnd;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a study saw, in plain words. Of each setting it states facts. Only where two settings differ in decay alone, one
 * without any, does it hold what was seen against theory, and there the outcome is the judge's.
 *
 * @param contrasts what decay changed, empty where no two settings show it
 * @param settings the facts of each setting, in the order of the runs
 */
public record Summary(List<Contrast> contrasts, List<OfSetting> settings) {
    /** How what was seen stands to what theory predicts. */
    public enum Mark {
        /** The judge finds the prediction supported. */
        AS_PREDICTED,
        /** The judge finds it refuted. */
        NOT_AS_PREDICTED,
        /** Neither, or a condition is not met. */
        OPEN,
        /** A fact that nothing is predicted about here. */
        FACT
    }

    /**
     * One sentence.
     *
     * @param topic what it is about: runs, training error, collapse, self-duality, margins, rank, rho or generalization
     */
    public record Sentence(Mark mark, String topic, String text) {}

    /**
     * Two settings that differ in decay alone.
     *
     * @param title which, such as {@code decay.lambda = 5e-4 against 0}
     */
    public record Contrast(String title, List<Sentence> sentences) {}

    /**
     * The runs of one setting.
     *
     * @param label the grid's keys and values, such as {@code decay.lambda = 5e-4}; empty without a grid
     */
    public record OfSetting(Map<String, String> setting, String label, List<Sentence> sentences) {}

    public Summary {
        contrasts = List.copyOf(contrasts);
        settings = List.copyOf(settings);
    }

    /** What a mark means and what it rests on, for people; to be shown above contrasts. */
    public static String howContrastsAreJudged() {
        return DecayContrast.HOW;
    }

    /** The summary of a study's runs. */
    public static Summary of(List<RecordedRun> runs) {
        Map<Map<String, String>, List<RecordedRun>> settings = runs.stream()
                .collect(Collectors.groupingBy(RecordedRun::setting, LinkedHashMap::new, Collectors.toList()));
        List<OfSetting> all = new ArrayList<>();
        settings.forEach((setting, group) -> all.add(new OfSetting(setting, label(setting), setting(group))));
        return new Summary(DecayContrast.of(List.copyOf(settings.values())), all);
    }

    /** A setting as people read it: {@code key = value, key = value}; empty for none. */
    public static String label(Map<String, String> setting) {
        return setting.entrySet().stream()
                .map(entry -> entry.getKey() + " = " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    private static List<Sentence> setting(List<RecordedRun> runs) {
        List<RecordedRun> counted = Counted.of(runs);
        List<Sentence> sentences = new ArrayList<>(endings(runs, counted));
        if (!counted.isEmpty()) {
            sentences.addAll(SettingFacts.of(counted));
        }
        return List.copyOf(sentences);
    }

    private static List<Sentence> endings(List<RecordedRun> runs, List<RecordedRun> counted) {
        List<Sentence> sentences = new ArrayList<>();
        List<RecordedRun> diverged = runs.stream().filter(Counted::isDiverged).toList();
        if (!diverged.isEmpty()) {
            String which = diverged.stream()
                    .map(run -> "seed " + run.seed() + " at step "
                            + run.end().map(RunEnd::steps).orElse(0L))
                    .collect(Collectors.joining(", "));
            sentences.add(ending(share(diverged, runs) + " diverged (" + which + ")"
                    + (counted.isEmpty() ? "." : "; not counted below.")));
        }
        List<RecordedRun> unfinished = runs.stream()
                .filter(run -> !Counted.isDiverged(run) && !Counted.isDone(run))
                .toList();
        if (!unfinished.isEmpty()) {
            sentences.add(ending(
                    share(unfinished, runs) + (unfinished.size() == 1 ? " has" : " have") + " not come to the end; "
                            + (counted.containsAll(unfinished)
                                    ? "what follows is as far as they went."
                                    : "not counted below.")));
        }
        return sentences;
    }

    private static Sentence ending(String text) {
        return new Sentence(Mark.FACT, "runs", text);
    }

    private static String share(List<RecordedRun> some, List<RecordedRun> all) {
        return some.size() + " of " + all.size() + (all.size() == 1 ? " run" : " runs");
    }
}
