package io.orrery.lab.claim.trial;

import io.orrery.lab.UserError;
import io.orrery.lab.claim.Card;
import io.orrery.lab.setup.SpecDocument;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a user changed in a claim's protocol: the same assignments in every arm, control included. Other data are asked the
 * same question; a change of what the claim does not list as free makes it another question, which the verdict says.
 *
 * @param assignments as given to {@code --set}
 * @param seeds as given to {@code --seeds}; empty for the protocol's
 */
public record Alterations(List<String> assignments, Optional<String> seeds) {
    /** The protocol as it stands. */
    public static final Alterations NONE = new Alterations(List.of(), Optional.empty());

    /** Copies the assignments. */
    public Alterations {
        assignments = List.copyOf(assignments);
    }

    /** Whether nothing was changed. */
    public boolean none() {
        return assignments.isEmpty() && seeds.isEmpty();
    }

    /**
     * An arm's spec with the changes.
     *
     * @throws UserError if one of them is not an assignment, or the claim needs its own data
     */
    SpecDocument of(SpecDocument spec, Card card) {
        SpecDocument altered = spec;
        for (String assignment : expanded(card)) {
            altered = altered.with(assignment);
        }
        return altered;
    }

    /** The same without the assignments of some keys. */
    Alterations without(Set<String> keys) {
        return new Alterations(
                assignments.stream()
                        .filter(assignment -> !keys.contains(key(assignment)))
                        .toList(),
                seeds);
    }

    /** As on the command line: {@code --set KEY=VALUE} and {@code --seeds SEEDS}. */
    public List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        assignments.forEach(assignment -> arguments.addAll(List.of("--set", assignment)));
        seeds.ifPresent(text -> arguments.addAll(List.of("--seeds", text)));
        return List.copyOf(arguments);
    }

    /** Whether other data are asked. */
    boolean otherData() {
        return assignments.stream().anyMatch(Alterations::choosesData);
    }

    /** Whether a block of the spec, or one of its keys, is changed. */
    boolean gives(String block) {
        return assignments.stream()
                .map(Alterations::key)
                .anyMatch(key -> key.equals(block) || key.startsWith(block + "."));
    }

    /** The assignments of keys that the claim does not list as free. */
    public List<String> beyond(Card card) {
        return assignments.stream()
                .filter(assignment -> {
                    String key = key(assignment);
                    return card.free().stream().noneMatch(free -> key.equals(free) || key.startsWith(free + "."));
                })
                .toList();
    }

    /** A short name of these changes for folders; empty if there are none. */
    String suffix() {
        if (none()) {
            return "";
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((assignments + " " + seeds).getBytes(StandardCharsets.UTF_8));
            return "-" + HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    private List<String> expanded(Card card) {
        List<String> expanded = new ArrayList<>();
        for (String assignment : assignments) {
            if (choosesData(assignment) && card.ownData().isPresent()) {
                throw new UserError("--set " + assignment + ": the claim " + card.id() + " needs its own data: "
                        + card.ownData().get());
            }
            if (key(assignment).equals("data")) {
                expanded.addAll(DataShorthand.expand(value(assignment)));
            } else {
                expanded.add(assignment);
            }
        }
        return expanded;
    }

    private static boolean choosesData(String assignment) {
        return List.of("data", "data.source").contains(key(assignment));
    }

    /** The key of an assignment. */
    static String key(String assignment) {
        int equals = assignment.indexOf('=');
        return (equals < 0 ? assignment : assignment.substring(0, equals)).strip();
    }

    private static String value(String assignment) {
        int equals = assignment.indexOf('=');
        return equals < 0 ? "" : assignment.substring(equals + 1).strip();
    }
}
