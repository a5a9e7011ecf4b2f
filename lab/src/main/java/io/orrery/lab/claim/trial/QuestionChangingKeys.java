package io.orrery.lab.claim.trial;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The one table of keys that make of any claim's protocol another question, though a claim leave their whole block free: what
 * labels say, how classes are sized and told apart, how gradients are drawn, and whether there is training at all.
 */
final class QuestionChangingKeys {
    /**
     * A key and why a change of it is another question.
     *
     * @param key dotted; of an open block all that is below it
     */
    private record Row(String key, String reason) {}

    private static final List<Row> ALWAYS = List.of(
            new Row("data.order", "it changes how gradients are drawn, and with it the noise of SGD"),
            new Row("data.permute", "it destroys what neighbouring features tell"),
            new Row("data.imbalance", "it changes the balance of classes"),
            new Row("data.classSizes", "it changes the balance of classes"),
            new Row("data.labelNoise", "it changes what labels say"),
            new Row("data.randomLabels", "it takes away what labels say"),
            new Row("data.separation", "it changes how far classes lie apart"),
            new Row("data.spread", "it changes how far the examples of a class lie apart"),
            new Row("data.scale", "it changes how far classes lie apart"),
            new Row("decay", "it changes what weights are charged for"),
            new Row("loss", "it changes what is minimized"),
            new Row("model.kind", "it is another kind of network"),
            new Row("model.normalization", "it changes what decay and gradients act on"),
            new Row("model.initialRho", "it changes where training starts"),
            new Row("model.bias", "it changes which symmetries the network has"));

    /** Of the protocol's learning rate: with less, its steps do not leave the start. */
    private static final double LEAST_RATE = 1e-2;

    private static final String STOP = "stop";
    private static final String SHORTER = "training ends earlier than in the protocol";

    private QuestionChangingKeys() {}

    /**
     * Why a changed value is another question; empty if it is not.
     *
     * @param key dotted
     * @param before the protocol's value, empty if it has none
     * @param after the altered value, empty if it has none: then other data have taken its place
     */
    static Optional<String> reason(String key, String before, String after) {
        if (key.equals("data.perClass") && number(after).orElse(2) < 2) {
            return Optional.of("single examples have no spread within their class");
        }
        if (key.equals("optimizer.learningRate")
                && number(after).orElse(1) < number(before).orElse(0) * LEAST_RATE) {
            return Optional.of("hardly anything is trained in the protocol's steps");
        }
        if (key.equals("data.batchSize")
                && number(after).orElse(0) > number(before).orElse(Double.POSITIVE_INFINITY)) {
            return Optional.of("larger batches lessen the noise of SGD, and one as large as the set has none");
        }
        if (key.startsWith(STOP + ".")) {
            boolean longer = number(after).orElse(0) >= number(before).orElse(Double.POSITIVE_INFINITY);
            return longer ? Optional.empty() : Optional.of(SHORTER);
        }
        boolean gone = key.startsWith("data.") && after.isEmpty();
        return gone
                ? Optional.empty()
                : ALWAYS.stream()
                        .filter(row -> key.equals(row.key) || key.startsWith(row.key + "."))
                        .map(Row::reason)
                        .findFirst();
    }

    private static OptionalDouble number(String text) {
        try {
            return OptionalDouble.of(Double.parseDouble(text));
        } catch (NumberFormatException none) {
            return OptionalDouble.empty();
        }
    }
}
