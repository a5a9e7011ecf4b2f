package io.orrery.lab.model.layer;

import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Shape;
import io.orrery.lab.model.Block;
import io.orrery.lab.model.Chain;
import io.orrery.lab.model.ForwardPass;
import java.util.List;

/**
 * A layer's block at its place: after it, what is at hand is no longer the examples themselves, whether or not it has a weight. Without
 * that, instruments would take the examples for the features that enter the first weight behind a pooling.
 */
record Placed(String name, Block block) implements Chain {
    @Override
    public Node apply(Node x, ForwardPass pass) {
        Node result = block.apply(x, pass);
        pass.changed(name);
        return result;
    }

    @Override
    public Shape output() {
        return block.output();
    }

    @Override
    public List<Block> parts() {
        return List.of(block);
    }
}
