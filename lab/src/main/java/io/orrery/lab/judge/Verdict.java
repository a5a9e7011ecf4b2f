package io.orrery.lab.judge;

import io.orrery.lab.judge.statistics.Interval;
import io.orrery.lab.judge.statistics.Plain;
import io.orrery.lab.judge.statistics.Threshold;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is known of a statement: its protocol's ruling held, finding by finding, against that of its negative control, in
 * which theory says the effect is absent.
 *
 * @param outcome SUPPORTED if every finding is, its control excluded; REFUTED if a finding is; INCONCLUSIVE if neither, or a
 *     requirement is not met
 * @param findings each with its control
 * @param reason the outcome's reason in plain words
 */
public record Verdict(Outcome outcome, Ruling treatment, Ruling control, List<Controlled> findings, String reason) {
    /** Copies the list. */
    public Verdict {
        findings = List.copyOf(findings);
    }

    /** The verdict on a statement: a finding whose control shows the effect, or does not exclude it, supports nothing. */
    public static Verdict of(Ruling treatment, Ruling control) {
        List<Controlled> findings = Controlled.of(treatment, control);
        boolean met = treatment.requirements().stream().allMatch(Requirement::met);
        if (!met) {
            return new Verdict(Outcome.INCONCLUSIVE, treatment, control, findings, treatment.reason());
        }
        if (has(findings, Outcome.REFUTED)) {
            return new Verdict(Outcome.REFUTED, treatment, control, findings, reason(findings, Outcome.REFUTED));
        }
        if (has(findings, Outcome.INCONCLUSIVE)) {
            return new Verdict(
                    Outcome.INCONCLUSIVE, treatment, control, findings, reason(findings, Outcome.INCONCLUSIVE));
        }
        return new Verdict(Outcome.SUPPORTED, treatment, control, findings, treatment.reason());
    }

    /** The same numbers without a verdict: INCONCLUSIVE whatever was found, for a reason that lies outside them. */
    public Verdict withheld(String why) {
        return new Verdict(Outcome.INCONCLUSIVE, treatment, control, findings, why);
    }

    /** The main finding, whose effect, interval and threshold stand for the statement. */
    public Finding main() {
        return treatment.main();
    }

    /** The finding that decided: the main one if the verdict is its outcome, else the first of which it is. */
    public Finding decisive() {
        return Stream.concat(Stream.of(findings.getFirst()), findings.stream())
                .filter(finding -> finding.outcome() == outcome)
                .map(Controlled::finding)
                .findFirst()
                .orElse(main());
    }

    public Kind kind() {
        return main().kind();
    }

    public double effect() {
        return main().effect();
    }

    public Interval interval() {
        return main().interval();
    }

    public Threshold threshold() {
        return main().threshold();
    }

    private static boolean has(List<Controlled> findings, Outcome outcome) {
        return findings.stream().anyMatch(finding -> finding.outcome() == outcome);
    }

    /** Which findings made the outcome, and what the control has to do with it. */
    private static String reason(List<Controlled> findings, Outcome outcome) {
        List<Controlled> those = findings.stream()
                .filter(finding -> finding.outcome() == outcome)
                .toList();
        List<String> own = those.stream()
                .filter(finding -> finding.reason().isEmpty())
                .map(finding -> finding.finding().name())
                .toList();
        Stream<String> first = own.isEmpty()
                ? Stream.of()
                : Stream.of(
                        (outcome == Outcome.REFUTED ? "against the prediction: " : "undecided: ") + Plain.list(own));
        boolean single = findings.size() == 1;
        Stream<String> rest = those.stream()
                .filter(finding -> !finding.reason().isEmpty())
                .map(finding -> single ? finding.reason() : finding.finding().name() + ": " + finding.reason());
        return String.join("; ", Stream.concat(first, rest).toList());
    }
}
