package io.orrery.lab.train.step;

import io.orrery.engine.graph.Shape;
import io.orrery.lab.model.ModelSpec;
import java.util.regex.Pattern;

/**
 * A network that a rule asks for beside the main one, which is trained for the spec's loss, measured and exported.
 *
 * @param role its name, such as {@code teacher}: lower-case letters and digits; begins the names of its arrays, random streams and layers
 * @param key of the spec under which its model stands, such as {@code rule.teacher}, for messages
 * @param model what it is
 * @param example shape of one example that enters it
 * @param outputs how many numbers it gives for one
 * @param change whether and how steps change it
 * @param start where its values begin
 */
public record NetworkRole(
        String role, String key, ModelSpec model, Shape example, int outputs, Change change, Start start) {
    private static final Pattern ROLE = Pattern.compile("[a-z][a-z0-9]*");

    /**
     * Refuses what could not stand in a name.
     *
     * @throws IllegalArgumentException if the role is not lower-case letters and digits
     */
    public NetworkRole {
        if (!ROLE.matcher(role).matches()) {
            throw new IllegalArgumentException("a role is lower-case letters and digits, found '" + role + "'");
        }
    }

    /** Whether and how steps change a network. */
    public enum Change {
        /** It stays as it began, and is seen in evaluation mode. */
        NONE,
        /** By the spec's optimizer and decay, with a memory of its own, from directions that the rule gives. */
        BY_DIRECTIONS,
        /** The rule says what each parameter becomes, such as an average of another network's. */
        BY_VALUES
    }

    /** Where values begin, unless another run or a file gives them. */
    public enum Start {
        /** They are drawn as its model says, from streams that have the role in their names. */
        DRAWN,
        /** Nowhere: a run without another run or a file that gives them is refused. */
        GIVEN
    }
}
