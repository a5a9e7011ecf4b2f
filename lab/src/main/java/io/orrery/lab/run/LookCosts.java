package io.orrery.lab.run;

import io.orrery.lab.observe.Instrument;
import io.orrery.lab.observe.Reading;
import io.orrery.lab.run.LookBudget.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What measuring a run is predicted to cost, and which readings were left out for it.
 *
 * @param share of the FLOPs of training that measuring takes
 * @param asked the part of it that is due to looks that the spec asks for
 * @param sentences the same in words
 */
public record LookCosts(double share, double asked, List<String> sentences) {
    /**
     * Numbers behind the words.
     *
     * @param seconds of training on one core
     * @param allowed share of training that looks may take which nobody asked for
     * @param looks of the run
     * @param readings looks that read each part, in the order in which they are told
     * @param shrunk whether loss and accuracy are taken on the probe sets where samples were meant
     */
    record Predicted(
            double seconds,
            double allowed,
            double share,
            double asked,
            int looks,
            SequencedMap<Part, Integer> readings,
            boolean shrunk) {}

    static LookCosts of(Predicted predicted, List<Instrument> instruments, int sample) {
        List<String> sentences = new ArrayList<>();
        String time = String.format(Locale.ROOT, predicted.seconds < 10 ? "%.2g" : "%,.0f", predicted.seconds);
        sentences.add("Predicted from FLOPs: training takes " + time + " s of one core, measuring "
                + percent(predicted.share) + " of that"
                + (predicted.asked > 0 ? ", " + percent(predicted.asked) + " for looks that the spec asks for" : "")
                + ".");
        List<Part> parts = Stream.concat(
                        Stream.of(Part.Shared.CHEAP),
                        predicted.readings.keySet().stream().filter(part -> part != Part.Shared.CHEAP))
                .toList();
        for (Part part : parts) {
            int readings = predicted.readings.getOrDefault(part, predicted.looks);
            if (readings < predicted.looks) {
                sentences.add(what(part, instruments) + ": read at " + readings + " of " + predicted.looks + " looks.");
            }
        }
        if (predicted.shrunk) {
            sentences.add("Loss and accuracy between the first look and the last: on the probe sets, not on " + sample
                    + " examples of each split.");
        }
        if (sentences.size() > 1) {
            sentences.add("Why: measuring may take " + percent(predicted.allowed) + " of training that takes "
                    + (predicted.allowed > 0.1 ? "less than" : "at least")
                    + " 30 s, beyond the first look, the last and "
                    + LookSchedule.LEAST
                    + " readings of what is cheap. What measure.every, measure.perDecade, measure.at, "
                    + "measure.sample or measure.thorough ask for is done whatever it costs.");
        }
        return new LookCosts(predicted.share, predicted.asked, List.copyOf(sentences));
    }

    /** The same with a sentence more. */
    LookCosts noting(String sentence) {
        return new LookCosts(
                share,
                asked,
                Stream.concat(sentences.stream(), Stream.of(sentence)).toList());
    }

    private static String what(Part part, List<Instrument> instruments) {
        return switch (part) {
            case Part.Shared.CHEAP -> "All but what follows";
            case Part.Shared.THOROUGH ->
                Stream.concat(
                                instruments.stream()
                                        .flatMap(instrument -> instrument.needs().stream())
                                        .filter(reading -> reading.pace() == Reading.Pace.THOROUGH)
                                        .map(Reading::name)
                                        .distinct()
                                        .sorted(),
                                Stream.of("Singular values, spans and spectral norms of large matrices"))
                        .collect(Collectors.joining(", "));
            case Part.Rationed(Reading<?> reading) -> named(instruments, reading) + " (" + reading.name() + ")";
        };
    }

    private static String named(List<Instrument> instruments, Reading<?> reading) {
        return instruments.stream()
                .filter(instrument -> instrument.needs().contains(reading))
                .map(Instrument::name)
                .collect(Collectors.joining(", "));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, share < 0.095 ? "%.1f%%" : "%,.0f%%", 100 * share);
    }
}
