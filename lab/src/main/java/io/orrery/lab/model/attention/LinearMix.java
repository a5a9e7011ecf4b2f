package io.orrery.lab.model.attention;

import io.orrery.engine.graph.Node;
import io.orrery.lab.spec.Kind;

/**
 * Shares proportional to phi(q) . phi(k) with phi(x) = elu(x) + 1, elementwise (Katharopoulos et al. 2020, arXiv 2006.16236, equations
 * 4 and 7). All pairs are computed: at the lengths of this laboratory that is cheaper than the recurrent form.
 */
@Kind("linear")
public record LinearMix() implements Mix {
    /** No settings. */
    public static LinearMix defaults() {
        return new LinearMix();
    }

    @Override
    public Mixed mix(Node queries, Node keys, Node values, Mask mask) {
        Node weights = mask.weights(phi(queries).matmul(phi(keys), false, true));
        Node sums = weights.sum(-1).reshape(weights.shape().with(-1, 1));
        return Mixed.of(weights.divide(sums), values);
    }

    /** x + 1 above 0, else exp(x), whose exponential never overflows. */
    private static Node phi(Node x) {
        Node zero = x.graph().constant(0);
        return x.minimum(zero).exponential().add(x.relu());
    }
}
