package io.orrery.lab.judge;

import io.orrery.lab.judge.statistics.Plain;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * All findings of one claim together. Holm's step-down correction (Holm 1979) is applied to the p-values for the
 * prediction and, apart, to those against it, each with a family-wise error of {@link #ERROR}; identities and bounds, in
 * which chance has no part, are outside it.
 *
 * @param findings as decided after the correction; the first is the claim's main one
 * @param outcome SUPPORTED if every finding is and every requirement is met; INCONCLUSIVE if a requirement is not; else
 *     REFUTED if a finding is
 * @param reason the outcome's reason in plain words
 */
public record Ruling(List<Finding> findings, List<Requirement> requirements, Outcome outcome, String reason) {
    /** Chance of supporting a false prediction, and of refuting a true one: half of 5% each. */
    public static final double ERROR = 0.025;

    public Ruling {
        findings = List.copyOf(findings);
        requirements = List.copyOf(requirements);
    }

    /** The ruling on findings without requirements. */
    public static Ruling of(Finding... findings) {
        return of(List.of(findings), List.of());
    }

    /**
     * The ruling on findings, the main one first, and requirements.
     *
     * @throws IllegalArgumentException without a finding
     */
    public static Ruling of(List<Finding> findings, List<Requirement> requirements) {
        if (findings.isEmpty()) {
            throw new IllegalArgumentException("a ruling needs at least one finding");
        }
        List<Finding> decided = corrected(findings);
        List<Requirement> unmet =
                requirements.stream().filter(requirement -> !requirement.met()).toList();
        List<String> refuted = names(decided, Outcome.REFUTED);
        List<String> open = names(decided, Outcome.INCONCLUSIVE);
        if (!unmet.isEmpty()) {
            String why = Plain.list(unmet.stream().map(Requirement::explanation).toList());
            return new Ruling(decided, requirements, Outcome.INCONCLUSIVE, "not judged: " + why);
        }
        if (!refuted.isEmpty()) {
            return new Ruling(decided, requirements, Outcome.REFUTED, "against the prediction: " + Plain.list(refuted));
        }
        if (!open.isEmpty()) {
            return new Ruling(decided, requirements, Outcome.INCONCLUSIVE, "undecided: " + Plain.list(open));
        }
        String all = decided.size() == 1 ? "as predicted" : "all " + decided.size() + " findings are as predicted";
        return new Ruling(decided, requirements, Outcome.SUPPORTED, all);
    }

    /**
     * The same findings, each decided on its own at its full error: a control's, of which all must be excluded for the claim, so
     * that none shares its error with the others (an intersection-union test, Berger 1982).
     */
    Ruling each() {
        List<Finding> own = findings.stream()
                .map(finding -> finding.kind().isExact() ? finding : finding.with(ERROR, ERROR))
                .toList();
        return new Ruling(own, requirements, outcome, reason);
    }

    /** The claim's main finding. */
    public Finding main() {
        return findings.getFirst();
    }

    /** Whether there was enough to judge: requirements met, and enough seeds or settings in every finding. */
    public boolean isJudged() {
        return requirements.stream().allMatch(Requirement::met)
                && findings.stream().allMatch(finding -> finding.sample().isEnough());
    }

    private static List<Finding> corrected(List<Finding> findings) {
        double[] support = errors(findings, Finding::pValueSupport);
        double[] against = errors(findings, Finding::pValueAgainst);
        List<Finding> decided = new ArrayList<>();
        for (int i = 0; i < findings.size(); i++) {
            Finding finding = findings.get(i);
            decided.add(finding.kind().isExact() ? finding : finding.with(support[i], against[i]));
        }
        return decided;
    }

    /** Each finding's share of the error: ERROR / (m - i) in the order of p-values; from the first failure on, that one's. */
    private static double[] errors(List<Finding> findings, ToDoubleFunction<Finding> pValue) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < findings.size(); i++) {
            if (!findings.get(i).kind().isExact()) {
                order.add(i);
            }
        }
        order.sort(Comparator.comparingDouble(i -> pValue.applyAsDouble(findings.get(i))));
        double[] errors = new double[findings.size()];
        boolean failed = false;
        double error = ERROR;
        for (int rank = 0; rank < order.size(); rank++) {
            int finding = order.get(rank);
            error = failed ? error : ERROR / (order.size() - rank);
            failed |= pValue.applyAsDouble(findings.get(finding)) > error;
            errors[finding] = error;
        }
        return errors;
    }

    private static List<String> names(List<Finding> findings, Outcome outcome) {
        return findings.stream()
                .filter(finding -> finding.outcome() == outcome)
                .map(Finding::name)
                .toList();
    }
}
