package io.orrery.lab.observe.reading;

import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.model.Parameter;
import io.orrery.lab.observe.Extent;
import io.orrery.lab.observe.Look;
import io.orrery.lab.observe.Observation.Evaluation;
import io.orrery.lab.observe.Reading;
import io.orrery.lab.observe.Scores;
import io.orrery.lab.observe.Subject;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Loss and accuracy of the splits, each example looked at once. */
public final class EvaluationReader implements Reading.Reader<Map<SplitName, Evaluation>> {
    private static final Scores NOTHING = Scores.of(new int[0]);

    private final Subject subject;
    private final Map<SplitName, Evaluator> evaluators = new EnumMap<>(SplitName.class);

    private EvaluationReader(Subject subject) {
        this.subject = subject;
    }

    /** The one of a run. */
    public static EvaluationReader of(Subject subject) {
        return subject.once(EvaluationReader.class, () -> new EvaluationReader(subject));
    }

    @Override
    public Map<SplitName, Evaluation> read(Look look) {
        Map<SplitName, Evaluation> evaluations = new EnumMap<>(SplitName.class);
        double decayed = decayTerm();
        for (SplitName name : SplitName.values()) {
            evaluate(name, look.extent(), look.scores(name).orElse(NOTHING), decayed)
                    .ifPresent(evaluation -> evaluations.put(name, evaluation));
        }
        return evaluations;
    }

    /** Loss and accuracy of every split, on all of its examples. */
    Map<SplitName, Evaluation> whole() {
        Map<SplitName, Evaluation> evaluations = new EnumMap<>(SplitName.class);
        for (SplitName name : SplitName.values()) {
            evaluate(name, Extent.WHOLE).ifPresent(evaluation -> evaluations.put(name, evaluation));
        }
        return evaluations;
    }

    /** Loss and accuracy of a split; empty if the data has no such split. */
    public Optional<Evaluation> evaluate(SplitName name, Extent extent) {
        return evaluate(name, extent, NOTHING, decayTerm());
    }

    /** The same where some of its examples were seen at this look. */
    private Optional<Evaluation> evaluate(SplitName name, Extent extent, Scores known, double decayed) {
        return subject.data().split(name).map(split -> {
            Scores scores = Scores.of(subject.rows(name, extent));
            int[] left = scores.take(known);
            if (left.length > 0) {
                evaluators
                        .computeIfAbsent(name, _ -> new Evaluator(subject, split))
                        .score(scores, left);
            }
            double loss = scores.loss();
            OptionalDouble whole = subject.loss().severalQuestions() ? scores.whole() : OptionalDouble.empty();
            return new Evaluation(loss, loss + decayed, scores.accuracy(), whole, scores.rows().length);
        });
    }

    /** The sum over what decays of half the decay gradient's factor times the squared norm. */
    private double decayTerm() {
        double sum = 0;
        for (Parameter parameter : subject.decay().parameters()) {
            double square = 0;
            for (double value : subject.array(parameter.name())) {
                square += value * value;
            }
            sum += subject.decay().factor(parameter) / 2 * square;
        }
        return sum;
    }
}
