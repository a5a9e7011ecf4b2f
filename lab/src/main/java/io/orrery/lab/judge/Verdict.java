package io.orrery.lab.judge;

import java.util.stream.Stream;

/**
 * What is known of a claim: its protocol's ruling held against that of its negative control, in which theory says the
 * effect is absent.
 *
 * @param outcome the treatment's, unless the control shows the effect or could not be judged
 * @param reason the outcome's reason in plain words
 */
public record Verdict(Outcome outcome, Ruling treatment, Ruling control, String reason) {
    /** The verdict on a claim: INCONCLUSIVE if its control shows the effect too, whatever else was seen. */
    public static Verdict of(Ruling treatment, Ruling control) {
        if (control.outcome() == Outcome.SUPPORTED) {
            return new Verdict(
                    Outcome.INCONCLUSIVE,
                    treatment,
                    control,
                    "the control shows the effect too, so the measurement cannot tell them apart: "
                            + control.main().explanation());
        }
        if (treatment.outcome() == Outcome.SUPPORTED && !control.isJudged()) {
            return new Verdict(
                    Outcome.INCONCLUSIVE,
                    treatment,
                    control,
                    "the effect was seen, but the control could not be judged: " + control.reason());
        }
        return new Verdict(treatment.outcome(), treatment, control, treatment.reason());
    }

    /** The main finding, whose effect, interval and threshold stand for the claim. */
    public Finding main() {
        return treatment.main();
    }

    /** The finding that decided: the main one if the verdict is its outcome, else the first of which it is. */
    public Finding decisive() {
        return Stream.concat(Stream.of(main()), treatment.findings().stream())
                .filter(finding -> finding.outcome() == outcome)
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
}
