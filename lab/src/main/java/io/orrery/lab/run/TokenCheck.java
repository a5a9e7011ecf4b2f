package io.orrery.lab.run;

import io.orrery.engine.state.SharedArray;
import io.orrery.lab.UserError;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.model.Network;

/** Refuses examples that are no tokens for a network that begins with an embedding: it would take them for nothing, in silence. */
final class TokenCheck {
    private TokenCheck() {}

    static void check(Network network, Dataset data) {
        if (network.vocabulary() > 0) {
            for (SplitName name : SplitName.values()) {
                data.split(name).ifPresent(split -> check(network.vocabulary(), split.inputs(), name));
            }
        }
    }

    private static void check(int vocabulary, SharedArray inputs, SplitName name) {
        int width = inputs.shape().inner(0);
        for (int i = 0; i < inputs.shape().count(); i++) {
            double value = inputs.get(i);
            if (!(value >= 0 && value < vocabulary && value == Math.rint(value))) {
                throw new UserError("model: the embedding tells apart the tokens 0 to " + (vocabulary - 1) + ", but "
                        + name.text() + " example " + i / width + " holds " + value + " at position " + i % width
                        + "; set the embedding's vocabulary to the number of tokens, or take data whose examples are numbers of tokens"
                        + " and no data.standardize or data.unitNorm");
            }
        }
    }
}
