package io.orrery.lab.judge;

import io.orrery.lab.judge.statistics.Interval;
import io.orrery.lab.judge.statistics.Plain;
import io.orrery.lab.judge.statistics.Range;
import io.orrery.lab.judge.statistics.Sample;
import io.orrery.lab.judge.statistics.Sampling;
import io.orrery.lab.judge.statistics.Threshold;

/**
 * What one criterion found.
 *
 * @param name a short label, such as {@code NC1 ratio}
 * @param prediction the prediction in one sentence
 * @param effect its estimate; NaN if there is none
 * @param interval where the effect lies; it bears out the outcome: wholly on one side of the threshold, or not
 * @param pValueSupport chance of evidence this strong for the prediction were it false
 * @param pValueAgainst chance of evidence this strong against the prediction were it true
 * @param sample what it rests on
 * @param explanation effect, interval, sample and threshold in plain words
 * @param basis what the interval can be computed from again, at another level
 */
public record Finding(
        String name,
        Kind kind,
        String prediction,
        double effect,
        Interval interval,
        Threshold threshold,
        Outcome outcome,
        Sample sample,
        double pValueSupport,
        double pValueAgainst,
        String explanation,
        Basis basis) {

    /** Fewest values that, all alike, decide anything: 2^-5 is more than {@link Ruling#ERROR}. */
    static final int ALIKE = 6;

    /** What a finding is computed from. */
    public record Basis(Sampling sampling, Phrase phrase, String note, Pairing pairing) {
        Basis(Sampling sampling, Phrase phrase, String note) {
            this(sampling, phrase, note, new Pairing.ByPlace());
        }
    }

    /** Decided on its own: each direction of error {@link Ruling#ERROR}, a 95% interval. */
    public static Finding of(
            String name,
            Kind kind,
            String prediction,
            Phrase phrase,
            Sampling sampling,
            Threshold threshold,
            Sample sample,
            String note) {
        return decided(
                name,
                kind,
                prediction,
                threshold,
                sample,
                new Basis(sampling, phrase, note),
                Ruling.ERROR,
                Ruling.ERROR);
    }

    /** How many seeds or settings it rests on. */
    public int samples() {
        return sample.used();
    }

    /** The same as a consequence of mathematics: it tests the code, earns nothing in a summary, and is counted with identities. */
    public Finding asTheorem() {
        return as(Kind.IDENTITY);
    }

    /** The same under another kind; for criteria built of others. */
    public Finding as(Kind other) {
        return decided(name, other, prediction, threshold, sample, basis, Ruling.ERROR, Ruling.ERROR);
    }

    /** The same under another name: {@code named("exponent of v1")}. */
    public Finding named(String other) {
        return new Finding(
                other,
                kind,
                prediction,
                effect,
                interval,
                threshold,
                outcome,
                sample,
                pValueSupport,
                pValueAgainst,
                explanation,
                basis);
    }

    /** The same of a quantity that can only lie in a range, such as {@link Range#SHARE}: its interval is cut there. */
    public Finding in(Range range) {
        Basis ranged = new Basis(new Sampling.Ranged(basis.sampling, range), basis.phrase, basis.note, basis.pairing);
        return decided(name, kind, prediction, threshold, sample, ranged, Ruling.ERROR, Ruling.ERROR);
    }

    /** The same as the control of the treatment's finding of a name: {@code finding.controlling("exponent of v1")}. */
    public Finding controlling(String treatmentFinding) {
        return pairing(new Pairing.With(treatmentFinding));
    }

    /** The same as a finding for which there can be no control, with the reason: a theorem's bound, say, has no cause to remove. */
    public Finding withoutControl(String reason) {
        return pairing(new Pairing.Nothing(reason));
    }

    private Finding pairing(Pairing pairing) {
        return new Finding(
                name,
                kind,
                prediction,
                effect,
                interval,
                threshold,
                outcome,
                sample,
                pValueSupport,
                pValueAgainst,
                explanation,
                new Basis(basis.sampling, basis.phrase, basis.note, pairing));
    }

    /**
     * The same, decided with other errors.
     *
     * @param supportError largest p-value that supports
     * @param againstError largest p-value that refutes
     */
    Finding with(double supportError, double againstError) {
        boolean full = supportError == Ruling.ERROR && againstError == Ruling.ERROR;
        if (full && interval.level() == 1 - 2 * Ruling.ERROR) {
            return this;
        }
        return decided(name, kind, prediction, threshold, sample, basis, supportError, againstError);
    }

    private static Finding decided(
            String name,
            Kind kind,
            String prediction,
            Threshold threshold,
            Sample sample,
            Basis basis,
            double supportError,
            double againstError) {
        Sampling sampling = settled(basis.sampling, threshold);
        boolean judged = sample.isEnough() && !Double.isNaN(sampling.estimate());
        double support = judged ? threshold.pValueSupport(sampling) : 1;
        double against = judged || isViolated(kind, sampling, threshold) ? threshold.pValueAgainst(sampling) : 1;
        Outcome outcome = against <= againstError
                ? Outcome.REFUTED
                : support <= supportError ? Outcome.SUPPORTED : Outcome.INCONCLUSIVE;
        double error = switch (outcome) {
            case SUPPORTED -> supportError;
            case REFUTED -> againstError;
            case INCONCLUSIVE -> Math.min(supportError, againstError);
        };
        Interval interval = sampling.interval(1 - 2 * error);
        String complaint = sample.isEnough() || !isViolated(kind, sampling, threshold)
                ? sample.complaint()
                : "one violation is enough to refute it";
        String explanation = explain(kind, threshold, sample, basis, sampling, interval, complaint);
        return new Finding(
                name,
                kind,
                prediction,
                sampling.estimate(),
                interval,
                threshold,
                outcome,
                sample,
                support,
                against,
                explanation,
                basis);
    }

    /** Values that are all alike, with the spread that so many leave beside the limit. */
    private static Sampling settled(Sampling sampling, Threshold threshold) {
        return switch (sampling) {
            case Sampling.Alike alike -> alike.against(threshold);
            case Sampling.Ranged(Sampling inner, Range range) -> new Sampling.Ranged(settled(inner, threshold), range);
            case Sampling.Clustered(Sampling.Ranks settings, Sampling seeds) ->
                new Sampling.Clustered(settings, settled(seeds, threshold));
            default -> sampling;
        };
    }

    private static boolean isAlike(Sampling sampling) {
        return switch (sampling) {
            case Sampling.Alike _ -> true;
            case Sampling.Ranged(Sampling inner, Range _) -> isAlike(inner);
            default -> false;
        };
    }

    private static boolean isPermuted(Sampling sampling) {
        return switch (sampling) {
            case Sampling.Permuted _ -> true;
            case Sampling.Ranged(Sampling inner, Range _) -> isPermuted(inner);
            default -> false;
        };
    }

    /** One violation of an exact statement refutes it, however few the seeds. */
    private static boolean isViolated(Kind kind, Sampling sampling, Threshold threshold) {
        return kind.isExact() && !Double.isNaN(sampling.estimate()) && !threshold.holds(sampling.estimate());
    }

    private static String explain(
            Kind kind,
            Threshold threshold,
            Sample sample,
            Basis basis,
            Sampling sampling,
            Interval interval,
            String complaint) {
        double effect = sampling.estimate();
        double limit = threshold.nearest(effect);
        int digits = Plain.digitsFor(interval.low(), interval.high(), limit, effect);
        String spread;
        boolean alike = isAlike(basis.sampling);
        if (kind.isExact()) {
            spread = sample.text();
        } else if (!interval.isKnown()) {
            spread = (alike ? "the same in all of " : "") + sample.text();
        } else {
            String what = isPermuted(basis.sampling) ? " of permutations " : " interval ";
            spread = Plain.percent(interval.level()) + what + Plain.number(interval.low(), digits) + " to "
                    + Plain.number(interval.high(), digits) + ", " + (alike ? "the same in all of " : "")
                    + sample.text();
        }
        StringBuilder words = new StringBuilder();
        words.append(basis.phrase.around(Plain.number(effect, digits)));
        words.append(" (").append(spread).append("); predicted ").append(threshold.text());
        String few = alike && !kind.isExact() && sample.isEnough() && sample.used() < ALIKE
                ? "values that are all alike say little of others: at least " + ALIKE + " " + sample.unit()
                        + " are needed"
                : "";
        for (String more : new String[] {complaint, few, basis.note}) {
            if (!more.isEmpty()) {
                words.append("; ").append(more);
            }
        }
        return words.toString();
    }
}
