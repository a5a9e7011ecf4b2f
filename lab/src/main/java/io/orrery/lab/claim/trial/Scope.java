package io.orrery.lab.claim.trial;

import io.orrery.lab.claim.Card;
import io.orrery.lab.setup.Spec;
import io.orrery.lab.setup.SpecDifferences;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a claim's own question was asked. It was not if a user changed a key that the claim does not leave free, one that a
 * cause of the claim is removed by, or one of {@link QuestionChangingKeys}: whole specs are compared, so that no way of writing a
 * change escapes. Then there are numbers, but no verdict on the claim.
 */
final class Scope {
    private final Card card;
    private final Set<String> beyond = new LinkedHashSet<>();

    /** The scope of a claim under a user's changes; {@link #compare} adds what they do to each arm. */
    Scope(Card card, Alterations alterations) {
        this.card = card;
        beyond.addAll(alterations.beyond(card));
    }

    /**
     * What the changes do to an arm.
     *
     * @param protocol as the claim has it
     * @param altered as the user wants it
     */
    void compare(Spec protocol, Spec altered) {
        SpecDifferences apart = SpecDifferences.of(List.of(protocol, altered));
        for (int i = 0; i < apart.keys().size(); i++) {
            String key = apart.keys().get(i);
            String before = apart.values().getFirst().get(i);
            String after = apart.values().get(1).get(i);
            boolean said = beyond.stream().anyMatch(assignment -> assignment.startsWith(key + "="));
            if (!said) {
                cause(key, after)
                        .or(() -> QuestionChangingKeys.reason(key, before, after))
                        .ifPresent(reason -> beyond.add(key + "=" + after + " (" + reason + ")"));
            }
        }
    }

    /** The changes that make it another question, each with its reason where the claim's card does not tell; empty if none does. */
    List<String> beyond() {
        return List.copyOf(beyond);
    }

    /** A claim's cause is never free; of other data the keys of the protocol's own are gone, which is no change of theirs. */
    private Optional<String> cause(String key, String after) {
        return after.isEmpty()
                ? Optional.empty()
                : card.causes().stream()
                        .filter(cause -> cause.removal().stream().anyMatch(removal -> removal.startsWith(key + "=")))
                        .map(cause -> "it alters a cause that the claim names: " + cause.name())
                        .findFirst();
    }
}
