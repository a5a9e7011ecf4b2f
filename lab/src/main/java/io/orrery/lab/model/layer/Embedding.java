package io.orrery.lab.model.layer;

import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Shape;
import io.orrery.lab.UserError;
import io.orrery.lab.model.Block;
import io.orrery.lab.model.ForwardPass;
import io.orrery.lab.model.Parameter;
import io.orrery.lab.model.Parameter.Role;
import io.orrery.lab.spec.About;
import io.orrery.lab.spec.Kind;
import io.orrery.lab.spec.Serves;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The rows of a table by the numbers of tokens, as PyTorch's {@code Embedding}: [positions] to [positions, features]. The table starts
 * normal with variance 1 / features. A row for each position may be added, which starts normal with deviation 0.02 (as in GPT-2); without it
 * layers that treat all positions alike cannot tell them apart. The first layer of a network for tokens.
 */
@Serves("004-29")
@Kind("embedding")
public record Embedding(
        @About("tokens that are told apart: examples hold the numbers 0 to vocabulary - 1")
        int vocabulary,

        @About("numbers that stand for a token") int features,

        @About("whether a trained row for each position is added")
        boolean positions)
        implements Layer {
    private static final double POSITION_DEVIATION = 0.02;
    private static final Traits TRAITS = new Traits(
            Optional.of("an embedding's table is no weight that scales what a layer is given"), false, false, 1);

    /** 16 tokens, 32 features, positions. */
    public static Embedding defaults() {
        return new Embedding(16, 32, true);
    }

    @Override
    public Block at(LayerPlace place) {
        if (place.input().rank() != 1) {
            throw new UserError("model: " + place.name()
                    + ": an embedding needs numbers of tokens [positions], but its input is " + place.input());
        }
        int length = place.input().size(0);
        Parameter table = table(place, "weight", vocabulary);
        return new Lookup(
                place.name(),
                Shape.of(length, features),
                table,
                positions ? Optional.of(table(place, "positions", length)) : Optional.empty());
    }

    private Parameter table(LayerPlace place, String part, int rows) {
        return new Parameter(
                place.name() + "." + part, place.name(), Shape.of(rows, features), rows, features, Role.TABLE);
    }

    @Override
    public void check(LayerCheck check) {
        check.require(vocabulary >= 2, "vocabulary", "expected 2 or more, found " + vocabulary);
        check.width("features", features);
    }

    @Override
    public Traits traits() {
        return TRAITS;
    }

    private record Lookup(String name, Shape output, Parameter table, Optional<Parameter> places) implements Block {
        @Override
        public Node apply(Node x, ForwardPass pass) {
            int batch = x.shape().size(0);
            Node rows = oneHot(x.reshape(x.shape().count(), 1))
                    .matmul(pass.value(table))
                    .reshape(batch, output.size(0), output.size(1));
            return places.map(place -> rows.add(pass.value(place))).orElse(rows);
        }

        /** Numbers [n, 1] as rows of zeros with a single 1: a product with them gives the rows of a table exactly. */
        private Node oneHot(Node numbers) {
            Graph graph = numbers.graph();
            Node words = graph.constant(
                    Shape.of(1, vocabulary()),
                    IntStream.range(0, vocabulary()).asDoubleStream().toArray());
            return numbers.equalTo(words);
        }

        @Override
        public int vocabulary() {
            return table.shape().size(0);
        }

        @Override
        public long flops() {
            return 2L * output.count() * vocabulary();
        }

        @Override
        public int largestActivation() {
            return output.size(0) * Math.max(output.size(1), vocabulary());
        }

        @Override
        public List<Parameter> parameters() {
            List<Parameter> parameters = new ArrayList<>(List.of(table));
            places.ifPresent(parameters::add);
            return parameters;
        }

        @Override
        public SequencedMap<String, Double> initialDeviations() {
            SequencedMap<String, Double> deviations = new TreeMap<>();
            deviations.put(table.name(), 1 / Math.sqrt(output.size(1)));
            places.ifPresent(place -> deviations.put(place.name(), POSITION_DEVIATION));
            return deviations;
        }
    }
}
