package io.orrery.lab.claim;

import io.orrery.lab.judge.Ruling;
import io.orrery.lab.judge.Verdict;
import java.util.List;

/**
 * What a claim's measurements say.
 *
 * @param treatment the findings, the main one first
 * @param control the same questions asked where the effect must be absent
 * @param figures the first shows the effect; the rest what else a reader would ask for
 * @param remarks plain words for the page that depend on what was seen
 */
public record Judgement(Ruling treatment, Ruling control, List<Figure> figures, List<String> remarks) {
    /** Copies the lists. */
    public Judgement {
        figures = List.copyOf(figures);
        remarks = List.copyOf(remarks);
    }

    /** With one figure and no remarks. */
    public Judgement(Ruling treatment, Ruling control, Figure figure) {
        this(treatment, control, List.of(figure), List.of());
    }

    /** The verdict: inconclusive whatever the treatment shows if the control shows the effect too. */
    public Verdict verdict() {
        return Verdict.of(treatment, control);
    }
}
