package io.orrery.lab.judge;

import io.orrery.lab.judge.statistics.Plain;
import java.util.ArrayList;
import java.util.List;

/**
 * A finding of the treatment with what the control says to the same question.
 *
 * @param finding as the treatment's ruling decided it
 * @param controls the control's findings on the same question, each decided at its own full error; usually one
 * @param outcome the finding's, unless the control shows the effect or does not exclude it
 * @param reason why the outcome is not the finding's own; empty if it is
 */
public record Controlled(Finding finding, List<Finding> controls, Outcome outcome, String reason) {
    /** Copies the list. */
    public Controlled {
        controls = List.copyOf(controls);
    }

    /**
     * Every finding of a treatment with its control. An effect that the control shows too leaves a finding open whatever the
     * treatment showed; one that it does not exclude leaves a supported finding open. A refuted finding needs no control that
     * is silent: the prediction has failed already.
     *
     * <p>Findings pair by place; a control's finding that says {@link Finding#controlling} goes to the finding of that name,
     * and one of the treatment that says {@link Finding#withoutControl} is left out of the count. What is left over of the
     * control goes to every finding.
     *
     * @throws IllegalArgumentException if a control names a finding that there is not
     */
    static List<Controlled> of(Ruling treatment, Ruling control) {
        Ruling each = control.each();
        List<List<Finding>> paired = paired(treatment.findings(), each.findings());
        List<Controlled> all = new ArrayList<>();
        for (int i = 0; i < treatment.findings().size(); i++) {
            all.add(of(treatment.findings().get(i), paired.get(i), each));
        }
        return all;
    }

    /** Whether the control has nothing to say to this finding, as its claim explains. */
    public boolean isWithoutControl() {
        return controls.isEmpty() && finding.basis().pairing() instanceof Pairing.Nothing;
    }

    /** What became of the control, in plain words: seen, excluded or undecided, with its numbers. */
    public String controlText() {
        if (controls.isEmpty()) {
            return finding.basis().pairing() instanceof Pairing.Nothing(String why)
                    ? "no control: " + why
                    : "no control was asked";
        }
        return Plain.list(controls.stream()
                .map(control -> seen(control.outcome()) + ": " + control.explanation())
                .toList());
    }

    private static String seen(Outcome outcome) {
        return switch (outcome) {
            case SUPPORTED -> "seen in the control too";
            case REFUTED -> "excluded in the control";
            case INCONCLUSIVE -> "not excluded in the control";
        };
    }

    private static Controlled of(Finding finding, List<Finding> controls, Ruling control) {
        Outcome own = finding.outcome();
        boolean met = control.requirements().stream().allMatch(Requirement::met);
        for (Finding asked : controls) {
            if (met && asked.outcome() == Outcome.SUPPORTED) {
                return new Controlled(
                        finding,
                        controls,
                        Outcome.INCONCLUSIVE,
                        "the control shows the effect too, so the measurement cannot tell them apart: "
                                + asked.explanation());
            }
        }
        if (own != Outcome.SUPPORTED) {
            return new Controlled(finding, controls, own, "");
        }
        String missing = missing(finding, controls, control, met);
        return new Controlled(finding, controls, missing.isEmpty() ? own : Outcome.INCONCLUSIVE, missing);
    }

    /** Why a control does not vouch for a finding that is supported; empty if it does. */
    private static String missing(Finding finding, List<Finding> controls, Ruling control, boolean met) {
        if (controls.isEmpty()) {
            return finding.basis().pairing() instanceof Pairing.Nothing
                    ? ""
                    : "the effect was seen, but no control was asked the same question";
        }
        if (!met) {
            return "the effect was seen, but the control could not be judged: " + control.reason();
        }
        return controls.stream()
                .filter(asked -> asked.outcome() != Outcome.REFUTED)
                .findFirst()
                .map(asked -> "the effect was seen, but is not excluded in the control: " + asked.explanation())
                .orElse("");
    }

    private static List<List<Finding>> paired(List<Finding> treatment, List<Finding> control) {
        List<List<Finding>> paired = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < treatment.size(); i++) {
            paired.add(new ArrayList<>());
            int place = i;
            boolean named = control.stream().anyMatch(asked -> names(asked, treatment, place));
            if (!named && treatment.get(i).basis().pairing() instanceof Pairing.ByPlace) {
                places.add(i);
            }
        }
        int next = 0;
        for (Finding asked : control) {
            if (asked.basis().pairing() instanceof Pairing.With(String name)) {
                pairByName(asked, name, treatment, paired);
            } else if (next < places.size()) {
                paired.get(places.get(next++)).add(asked);
            } else {
                paired.forEach(controls -> controls.add(asked));
            }
        }
        return paired;
    }

    private static boolean names(Finding control, List<Finding> treatment, int place) {
        return control.basis().pairing() instanceof Pairing.With(String name)
                && treatment.get(place).name().equals(name);
    }

    private static void pairByName(Finding asked, String name, List<Finding> treatment, List<List<Finding>> paired) {
        boolean found = false;
        for (int i = 0; i < treatment.size(); i++) {
            if (treatment.get(i).name().equals(name)) {
                paired.get(i).add(asked);
                found = true;
            }
        }
        if (!found) {
            throw new IllegalArgumentException("a control asks the question of '" + name + "', and there is no such"
                    + " finding; there are: "
                    + Plain.list(treatment.stream().map(Finding::name).toList()));
        }
    }
}
