package io.orrery.lab.model;

import io.orrery.engine.graph.Node;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;

/** A block that is made of blocks, and has what they have; by itself it applies them one after the other. */
public interface Chain extends Block {
    /** The blocks, in the order in which their arrays are listed. */
    List<Block> parts();

    @Override
    default Node apply(Node x, ForwardPass pass) {
        return pass.apply(parts(), x);
    }

    @Override
    default List<WeightLayer> layers() {
        return parts().stream().flatMap(part -> part.layers().stream()).toList();
    }

    @Override
    default List<Parameter> parameters() {
        return parts().stream().flatMap(part -> part.parameters().stream()).toList();
    }

    @Override
    default long flops() {
        return parts().stream().mapToLong(Block::flops).sum();
    }

    @Override
    default int largestActivation() {
        return parts().stream().mapToInt(Block::largestActivation).max().orElse(1);
    }

    @Override
    default int vocabulary() {
        return parts().getFirst().vocabulary();
    }

    @Override
    default SequencedMap<String, Double> initialDeviations() {
        SequencedMap<String, Double> all = new TreeMap<>();
        parts().forEach(part -> all.putAll(part.initialDeviations()));
        return all;
    }

    @Override
    default SequencedMap<String, List<Double>> initialCoefficients() {
        SequencedMap<String, List<Double>> all = new TreeMap<>();
        parts().forEach(part -> all.putAll(part.initialCoefficients()));
        return all;
    }
}
