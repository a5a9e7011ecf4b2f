package io.orrery.lab.model.attention;

import io.orrery.engine.graph.Composites;
import io.orrery.engine.graph.Node;
import io.orrery.lab.spec.Kind;

/** Shares softmax(Q K^T / sqrt(width)), row by row (Vaswani et al. 2017, arXiv 1706.03762, equation 1). */
@Kind("softmax")
public record SoftmaxMix() implements Mix {
    /** No settings. */
    public static SoftmaxMix defaults() {
        return new SoftmaxMix();
    }

    @Override
    public Mixed mix(Node queries, Node keys, Node values, Mask mask) {
        Node scores = queries.matmul(keys, false, true)
                .divide(Math.sqrt(queries.shape().size(-1)));
        return Mixed.of(Composites.softmax(mask.scores(scores)), values);
    }
}
