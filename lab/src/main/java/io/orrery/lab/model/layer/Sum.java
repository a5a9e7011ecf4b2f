package io.orrery.lab.model.layer;

import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Shape;
import io.orrery.lab.model.Block;
import io.orrery.lab.model.Chain;
import io.orrery.lab.model.ForwardPass;
import io.orrery.lab.model.WeightLayer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The sum of the result of blocks one after the other and of their input, projected where the shapes differ. */
record Sum(String name, List<Block> blocks, Optional<WeightLayer> projection) implements Chain {
    @Override
    public Shape output() {
        return blocks.getLast().output();
    }

    @Override
    public Node apply(Node x, ForwardPass pass) {
        String before = pass.producer();
        Node result = pass.apply(blocks, x);
        pass.produced(before);
        Node shortcut = projection.map(map -> pass.weighted(map, x)).orElse(x);
        pass.produced(name);
        return result.add(shortcut);
    }

    @Override
    public List<Block> parts() {
        return Stream.concat(blocks.stream(), projection.stream()).toList();
    }
}
