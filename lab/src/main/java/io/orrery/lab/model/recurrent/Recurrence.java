package io.orrery.lab.model.recurrent;

import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Shape;
import io.orrery.lab.model.Block;
import io.orrery.lab.model.ForwardPass;
import io.orrery.lab.model.LayerView;
import io.orrery.lab.model.Parameter;
import io.orrery.lab.model.WeightLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * A cell unrolled over the positions of a sequence: at position t it takes W x_t + U h_(t-1) + b and its states before, and hands on h_t.
 *
 * @param output [positions, units]
 * @param ofInput W, for all positions at once
 * @param ofState U
 * @param initialBias what b starts from
 */
public record Recurrence(
        String name,
        Shape output,
        WeightLayer ofInput,
        WeightLayer ofState,
        Parameter bias,
        List<Double> initialBias,
        Cell cell)
        implements Block {
    /** What is made of a position. */
    @FunctionalInterface
    public interface Cell {
        /**
         * The next states.
         *
         * @param given W x_t + U h_(t-1) + b [batch, gates * units]
         * @param before its states before, empty at the first position, where all are 0
         * @return its states; the last is h_t [batch, units]
         */
        List<Node> next(Node given, List<Node> before);
    }

    @Override
    public Node apply(Node x, ForwardPass pass) {
        int batch = x.shape().size(0);
        int positions = output.size(0);
        Node ofInputs = pass.weighted(ofInput, x).add(pass.value(bias));
        int gates = ofInputs.shape().size(2);
        Node weight = pass.weight(ofState);
        List<Node> results = new ArrayList<>();
        List<Node> products = new ArrayList<>();
        List<Node> states = List.of();
        for (int t = 0; t < positions; t++) {
            Node given = ofInputs.slice(new int[] {0, t, 0}, Shape.of(batch, 1, gates))
                    .reshape(batch, gates);
            if (t > 0) {
                Node product = states.getLast().matmul(weight, false, true);
                products.add(product.reshape(batch, 1, gates));
                given = given.add(product);
            }
            states = cell.next(given, states);
            results.add(states.getLast().reshape(batch, 1, output.size(1)));
        }
        show(pass, weight, results, products);
        pass.produced(name);
        return x.graph().concat(1, results);
    }

    /** Shows instruments U as a weight that is applied to the states before each position, the first of which is 0. */
    private void show(ForwardPass pass, Node weight, List<Node> results, List<Node> products) {
        Node before = shifted(results.subList(0, results.size() - 1), results.getFirst());
        Node product = shifted(
                products,
                weight.graph()
                        .constant(0)
                        .broadcast(results.getFirst()
                                .shape()
                                .with(2, weight.shape().size(0))));
        pass.produced(name + ".before");
        pass.seen(new LayerView(ofState, weight, pass.producer(), before, product, product));
    }

    /** Parts [batch, 1, width] one position later, after zeros of the shape of a part. */
    private static Node shifted(List<Node> parts, Node like) {
        List<Node> all = new ArrayList<>();
        all.add(like.graph().constant(0).broadcast(like.shape()));
        all.addAll(parts);
        return like.graph().concat(1, all);
    }

    @Override
    public List<WeightLayer> layers() {
        return List.of(ofInput, ofState);
    }

    @Override
    public List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>(ofInput.parameters());
        parameters.addAll(ofState.parameters());
        parameters.add(bias);
        return parameters;
    }

    @Override
    public SequencedMap<String, List<Double>> initialCoefficients() {
        return new TreeMap<>(Map.of(bias.name(), initialBias));
    }
}
