package io.orrery.lab.model;

import io.orrery.engine.graph.Shape;
import io.orrery.lab.UserError;
import io.orrery.lab.model.layer.Layer;
import io.orrery.lab.model.layer.LayerPlace;
import java.util.List;

/** Gives the layers of an architecture their sizes, in forward order, or says which one does not fit. */
final class PlacedBlocks {
    private PlacedBlocks() {}

    /**
     * The blocks of a network.
     *
     * @param list begins the names of its layers
     */
    static List<Block> of(String list, ModelSpec spec, List<Layer> layers, Shape example, int outputs) {
        int last = layers.size() - 1;
        while (last >= 0 && !layers.get(last).weighted()) {
            last--;
        }
        if (last < 0 || !layers.get(last).endsInProduct()) {
            throw new UserError("model: the last layer with weights must be dense, conv, local or positionwise, found "
                    + (last < 0 ? "no layer with weights" : "a block of other layers")
                    + "; set outputLayer: true or add one");
        }
        List<Block> resolved = LayerPlace.chain(spec, list, layers, example, last);
        Shape result = resolved.getLast().output();
        if (result.count() != outputs) {
            throw new UserError("model: the last layer gives " + result + ", but the data and loss need " + outputs
                    + " output" + (outputs == 1 ? "" : "s") + "; change it or set outputLayer: true");
        }
        return resolved;
    }
}
