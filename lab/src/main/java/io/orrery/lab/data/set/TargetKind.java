package io.orrery.lab.data.set;

import io.orrery.engine.state.SharedArray;
import io.orrery.lab.UserError;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the targets of a data set mean. Closed: whoever treats targets switches over it, so that the compiler names every
 * place that a further kind must be thought of. The loss of each kind is a class of its own ({@code io.orrery.lab.train.loss.Loss}).
 */
public sealed interface TargetKind {
    /** What one example is answered with, in a few words for messages, such as "one of 10 classes". */
    String words();

    /**
     * Refuses targets of another kind, or impossible ones.
     *
     * @param where such as {@code training}
     * @throws IllegalArgumentException if the numbers are of another form, which is a mistake of the source
     * @throws UserError if a number is impossible
     */
    void check(Targets targets, String where);

    /** Whether they are labels, classes or bits, between which outputs decide. */
    default boolean labels() {
        return switch (this) {
            case Classes _, Bits _ -> true;
            case Reals _, Tokens _, None _ -> false;
        };
    }

    /** How many classes or bits there are. 0 for other kinds, which have neither. */
    default int classes() {
        return names().size();
    }

    /** Names of classes or bits. None for other kinds. */
    default List<String> names() {
        return List.of();
    }

    /**
     * One class.
     *
     * @param names one per class
     */
    record Classes(List<String> names) implements TargetKind {
        /** Copies the names. */
        public Classes {
            names = List.copyOf(names);
        }

        /** Classes with their numbers as names. */
        public static Classes numbered(int classes) {
            return new Classes(
                    IntStream.range(0, classes).mapToObj(Integer::toString).toList());
        }

        @Override
        public String words() {
            return "one of " + names.size() + " classes";
        }

        @Override
        public void check(Targets targets, String where) {
            requireLabels(targets);
        }
    }

    /**
     * Several questions with the answers yes or no: bit i of the number is the wanted value of output i.
     *
     * @param names one per bit
     */
    record Bits(List<String> names) implements TargetKind {
        /** Copies the names. */
        public Bits {
            names = List.copyOf(names);
        }

        @Override
        public String words() {
            return names.size() + " bits";
        }

        @Override
        public void check(Targets targets, String where) {
            requireLabels(targets);
        }
    }

    /**
     * Real numbers, as many as there are outputs.
     *
     * @param outputs names of the outputs
     */
    record Reals(List<String> outputs) implements TargetKind {
        /** Copies the names. */
        public Reals {
            outputs = List.copyOf(outputs);
        }

        @Override
        public String words() {
            return outputs.size() == 1 ? "a real number" : outputs.size() + " real numbers";
        }

        @Override
        public void check(Targets targets, String where) {
            if (!(targets instanceof Targets.Real(SharedArray values))
                    || values.shape().size(1) != outputs.size()) {
                throw new IllegalArgumentException("expected " + outputs.size() + " real numbers for each example");
            }
            for (int i = 0; i < values.shape().count(); i++) {
                if (!Double.isFinite(values.get(i))) {
                    throw new UserError(outputs.get(i % outputs.size()) + ", a target, of " + where + " example "
                            + i / outputs.size() + " is " + values.get(i) + "; targets must be finite numbers");
                }
            }
        }
    }

    /**
     * A token at each marked position of a sequence.
     *
     * @param positions of a sequence
     * @param vocabulary tokens are 0 to vocabulary - 1; -1 stands where nothing is asked
     */
    record Tokens(int positions, int vocabulary) implements TargetKind {
        /** What stands at a position at which nothing is asked. */
        public static final int UNMARKED = -1;

        @Override
        public String words() {
            return "tokens of " + vocabulary + " at marked positions of " + positions;
        }

        @Override
        public void check(Targets targets, String where) {
            if (!(targets instanceof Targets.Whole(int[] values, int width)) || width != positions) {
                throw new IllegalArgumentException("expected " + positions + " tokens for each example");
            }
            for (int start = 0; start < values.length; start += positions) {
                boolean marked = false;
                for (int p = start; p < start + positions; p++) {
                    if (values[p] < UNMARKED || values[p] >= vocabulary) {
                        throw new IllegalArgumentException("token " + values[p] + " is none of " + vocabulary);
                    }
                    marked |= values[p] != UNMARKED;
                }
                if (!marked) {
                    throw new IllegalArgumentException(where + " example " + start / positions
                            + " has no marked position: nothing is asked of it");
                }
            }
        }
    }

    /** Nothing: the loss is the rule's own affair, as for energy models. */
    record None() implements TargetKind {
        @Override
        public String words() {
            return "nothing";
        }

        @Override
        public void check(Targets targets, String where) {
            if (!(targets instanceof Targets.None)) {
                throw new IllegalArgumentException("expected no targets");
            }
        }
    }

    private static void requireLabels(Targets targets) {
        if (!(targets instanceof Targets.Whole(int[] _, int width)) || width != 1) {
            throw new IllegalArgumentException("expected one whole number for each example");
        }
    }
}
