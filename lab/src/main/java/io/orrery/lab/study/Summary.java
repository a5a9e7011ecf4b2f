package io.orrery.lab.study;

import io.orrery.lab.book.RecordedRun;
import io.orrery.lab.train.RunEnd;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What theory predicts and what a study saw, in plain words. Descriptive only: medians and ranges over the seeds of each
 * setting, never a test and never a verdict; where the conditions of a prediction are not met the sentence says so and stays
 * open.
 */
public final class Summary {
    private Summary() {}

    /** How what was seen stands to what theory predicts. */
    public enum Mark {
        /** Seen as predicted, in every run that counts. */
        AS_PREDICTED,
        /** Seen otherwise, in every run that counts, with the prediction's conditions met. */
        NOT_AS_PREDICTED,
        /** Conditions not met, runs disagree, or the change is too small to say. */
        OPEN,
        /** A fact that no prediction is about. */
        FACT
    }

    /**
     * One sentence.
     *
     * @param topic what it is about: runs, training error, collapse, self-duality, margins, rank, rho or generalization
     */
    public record Sentence(Mark mark, String topic, String text) {}

    /** The sentences on a study's runs; with a grid, setting after setting in the order of the runs. */
    public static List<Sentence> of(List<RecordedRun> runs) {
        Map<Map<String, String>, List<RecordedRun>> settings = runs.stream()
                .collect(Collectors.groupingBy(RecordedRun::setting, LinkedHashMap::new, Collectors.toList()));
        List<Sentence> sentences = new ArrayList<>();
        settings.forEach((setting, group) -> {
            String prefix = setting.isEmpty()
                    ? ""
                    : setting.entrySet().stream()
                                    .map(entry -> entry.getKey() + " = " + entry.getValue())
                                    .collect(Collectors.joining(", "))
                            + ": ";
            for (Sentence sentence : setting(group)) {
                sentences.add(new Sentence(sentence.mark(), sentence.topic(), prefix + sentence.text()));
            }
        });
        return List.copyOf(sentences);
    }

    private static List<Sentence> setting(List<RecordedRun> runs) {
        List<RecordedRun> sound = runs.stream()
                .filter(run -> run.end().stream().noneMatch(end -> end.status() == RunEnd.Status.DIVERGED))
                .toList();
        List<Sentence> sentences = new ArrayList<>();
        sentences.addAll(endings(runs, sound));
        if (!sound.isEmpty()) {
            sentences.addAll(new SettingSummary(sound).sentences());
        }
        return sentences;
    }

    private static List<Sentence> endings(List<RecordedRun> runs, List<RecordedRun> sound) {
        List<Sentence> sentences = new ArrayList<>();
        int diverged = runs.size() - sound.size();
        String which = runs.stream()
                .filter(run -> !sound.contains(run))
                .map(run -> "seed " + run.seed() + " at step "
                        + run.end().map(RunEnd::steps).orElse(0L))
                .collect(Collectors.joining(", "));
        if (diverged > 0) {
            sentences.add(new Sentence(
                    Mark.OPEN,
                    "runs",
                    diverged + " of " + runs.size() + (runs.size() == 1 ? " run" : " runs") + " diverged (" + which
                            + ")"
                            + (sound.isEmpty() ? "." : " and " + (diverged == 1 ? "is" : "are") + " left out below.")));
        }
        long unfinished = sound.stream()
                .filter(run -> run.end().stream().noneMatch(end -> end.status() == RunEnd.Status.DONE))
                .count();
        if (unfinished > 0) {
            sentences.add(new Sentence(
                    Mark.OPEN,
                    "runs",
                    unfinished + " of " + runs.size() + (runs.size() == 1 ? " run has" : " runs have")
                            + " not come to the end; what follows is as far as they went."));
        }
        return sentences;
    }
}
