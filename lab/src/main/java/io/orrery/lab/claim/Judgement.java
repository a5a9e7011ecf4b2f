package io.orrery.lab.claim;

import io.orrery.lab.judge.Ruling;
import io.orrery.lab.judge.Verdict;
import java.util.List;

/**
 * What a claim's measurements say.
 *
 * @param sentences the source's first if there is one, each with its findings and their control
 * @param figures the first shows the effect; the rest what else a reader would ask for
 * @param remarks plain words for the page that depend on what was seen
 */
public record Judgement(List<Sentence> sentences, List<Figure> figures, List<String> remarks) {
    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException without a sentence
     */
    public Judgement {
        sentences = List.copyOf(sentences);
        figures = List.copyOf(figures);
        remarks = List.copyOf(remarks);
        if (sentences.isEmpty()) {
            throw new IllegalArgumentException("a judgement needs at least one sentence");
        }
    }

    /** Of one statement, ours: the card's. */
    public Judgement(Ruling treatment, Ruling control, List<Figure> figures, List<String> remarks) {
        this(List.of(Sentence.ours("", treatment, control)), figures, remarks);
    }

    /** Of one statement, ours, with one figure and no remarks. */
    public Judgement(Ruling treatment, Ruling control, Figure figure) {
        this(treatment, control, List.of(figure), List.of());
    }

    /** The sentence whose verdict is the claim's: the source's first, else the first of ours. */
    public Sentence headline() {
        return sentences.stream()
                .filter(sentence -> sentence.whose() == Sentence.Whose.SOURCE)
                .findFirst()
                .orElse(sentences.getFirst());
    }

    /** The headline's findings. */
    public Ruling treatment() {
        return headline().treatment();
    }

    /** The same questions asked of the headline's control. */
    public Ruling control() {
        return headline().control();
    }

    /** The claim's verdict: the headline's. */
    public Verdict verdict() {
        return headline().verdict();
    }
}
