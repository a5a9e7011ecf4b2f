package io.orrery.lab.train.update;

import io.orrery.lab.UserError;
import io.orrery.lab.model.Network;
import io.orrery.lab.model.Parameter;
import io.orrery.lab.model.WeightLayer;
import io.orrery.lab.text.Nearest;
import java.util.List;

/** Which parameters of a network are trained: all but those of frozen layers. */
public final class Trained {
    private Trained() {}

    /**
     * The parameters that updates change, in the order of the network.
     *
     * @throws UserError if {@code optimizer.frozen} names a layer that is not there, or leaves nothing to train
     */
    public static List<Parameter> parameters(OptimizerSpec optimizer, Network network) {
        List<String> names = network.layers().stream().map(WeightLayer::name).toList();
        for (String frozen : optimizer.frozen()) {
            if (!names.contains(frozen)) {
                throw new UserError("optimizer.frozen: the network has no layer with weights called " + frozen + "; "
                        + Nearest.hint(frozen, names));
            }
        }
        List<Parameter> trained = network.parameters().stream()
                .filter(parameter -> !optimizer.frozen().contains(parameter.layer()))
                .toList();
        if (trained.isEmpty()) {
            throw new UserError("optimizer.frozen: all layers are frozen (" + network.layerNames()
                    + "), so there is nothing to train; leave one out");
        }
        return trained;
    }
}
