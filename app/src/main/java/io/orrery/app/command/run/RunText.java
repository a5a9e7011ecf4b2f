package io.orrery.app.command.run;

import io.orrery.lab.book.RecordedRun;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.run.RunEnd;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Runs in words, the same in every command. */
final class RunText {
    private static final int DIGEST_DIGITS = 12;

    private RunText() {}

    /** done, diverged, interrupted, or unfinished (under way or killed). */
    static String status(Optional<RunEnd> end) {
        return statusText(end.map(RunEnd::status));
    }

    static String statusText(Optional<RunEnd.Status> known) {
        return known.map(status -> status.name().toLowerCase(Locale.ROOT)).orElse("unfinished");
    }

    /** For instance {@code decay.lambda=0,model.initialScale=3}: as {@code compare} takes it. */
    static String setting(Map<String, String> setting) {
        return setting.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(","));
    }

    /** The beginning of a digest, enough for people to compare. */
    static String shortened(String digest) {
        return digest.length() <= DIGEST_DIGITS ? digest : digest.substring(0, DIGEST_DIGITS);
    }

    /**
     * The last value of every series that is a single number, by its short name: {@code train.loss} for loss and accuracy,
     * {@code instrument.quantity} for the training split or none, with {@code /layer} and {@code @split} otherwise.
     */
    static Map<String, Double> finals(RecordedRun run) {
        Map<String, Double> finals = new LinkedHashMap<>();
        for (Measurement measurement : run.measurements()) {
            if (measurement.values().size() == 1) {
                finals.put(shortName(measurement), measurement.value());
            }
        }
        return finals;
    }

    private static String shortName(Measurement measurement) {
        if (measurement.instrument().equals("loss")) {
            return measurement.split() + "." + measurement.quantity();
        }
        return measurement.instrument() + "." + measurement.quantity()
                + (measurement.layer().isEmpty() ? "" : "/" + measurement.layer())
                + (measurement.split().isEmpty() || measurement.split().equals("train")
                        ? ""
                        : "@" + measurement.split());
    }
}
