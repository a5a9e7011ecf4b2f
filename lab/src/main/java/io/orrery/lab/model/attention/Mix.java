package io.orrery.lab.model.attention;

import io.orrery.engine.graph.Node;
import io.orrery.lab.spec.Choice;
import java.util.Optional;

/**
 * How values are mixed, in each head by itself. A kind is a record of its settings with a {@code @Kind} name: one file, its test, and
 * its name in the permits clause.
 */
@Choice("kind")
public sealed interface Mix permits SoftmaxMix, LinearMix {
    /**
     * Adds the nodes of a mix.
     *
     * @param queries [heads, positions, width], a head of an example after the other; keys and values are of the same shape
     * @param mask which positions may be read from which
     */
    Mixed mix(Node queries, Node keys, Node values, Mask mask);

    /** What heads start with where nothing is said: softmax. */
    static Mix standard() {
        return SoftmaxMix.defaults();
    }

    /**
     * What comes out.
     *
     * @param values [heads, positions, width]
     * @param shares [heads, positions, positions]: of each position (row) the shares of those that it reads from; empty where there
     *     are no such shares
     */
    record Mixed(Node values, Optional<Node> shares) {
        /** Values mixed by shares. */
        static Mixed of(Node shares, Node values) {
            return new Mixed(shares.matmul(values), Optional.of(shares));
        }
    }
}
