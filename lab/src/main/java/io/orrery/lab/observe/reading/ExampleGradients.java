package io.orrery.lab.observe.reading;

import io.orrery.engine.gradient.Gradient;
import io.orrery.engine.gradient.PerExample;
import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.plan.Execution;
import io.orrery.lab.data.set.Split;
import io.orrery.lab.model.Forward;
import io.orrery.lab.model.LayerView;
import io.orrery.lab.model.ModelSpec.Normalization;
import io.orrery.lab.model.Network;
import io.orrery.lab.model.Parameter;
import io.orrery.lab.model.WeightLayer;
import io.orrery.lab.model.WeightLayer.Kind;
import io.orrery.lab.observe.Chunks;
import io.orrery.lab.observe.Subject;
import io.orrery.lab.train.loss.Loss;
import io.orrery.lab.train.step.Batch;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Squared norms of the gradients of single examples' data losses with respect to the trained parameters, in evaluation mode:
 * a read-only plan. Where all layers are dense and nothing else is trained they come from the two factors of each gradient (see {@link PerExample}), many
 * examples at a time; else one example follows the other. Under frobenius normalization the gradient of V_k is its part
 * tangent to the sphere: g - (g V) V.
 */
final class ExampleGradients {
    private static final String SQUARES = "squares";

    private final Network network;
    private final List<Parameter> trained;
    private final Chunks chunks;
    private final Execution execution;

    private ExampleGradients(Subject subject) {
        Split train = subject.data().train();
        Loss loss = subject.loss();
        this.network = subject.network();
        this.trained = subject.trained();
        boolean factors = network.layers().stream().allMatch(ExampleGradients::hasFactors)
                && trained.stream().allMatch(ExampleGradients::belongsToLayer);
        this.chunks = new Chunks(factors ? subject.chunk(train.count()) : 1);
        Graph graph = new Graph(subject.precision());
        Batch batch = Batch.taken(graph, network, loss, train.count(), chunks.size());
        Map<String, Node> values = network.read(graph);
        Forward forward = network.evaluate(graph, values, batch.inputs());
        Node sum = loss.perExample(forward.outputs(), batch.targets()).sum();
        graph.output(SQUARES, factors ? byFactors(values, forward, sum) : whole(graph, values, sum));
        this.execution = subject.bind(graph, train);
    }

    /** The one of a run. */
    static ExampleGradients of(Subject subject) {
        return subject.once(ExampleGradients.class, () -> new ExampleGradients(subject));
    }

    /** The squared norms of the examples at the given positions. */
    double[] squares(int[] rows) {
        double[] squares = new double[rows.length];
        chunks.run(
                execution,
                Batch.ROWS,
                rows,
                (start, count) -> System.arraycopy(execution.read(SQUARES), 0, squares, start, count));
        return squares;
    }

    /** Mean of the squared norms over the examples at the given positions, added in their order. */
    double meanSquare(int[] rows) {
        double total = 0;
        for (double square : squares(rows)) {
            total += square;
        }
        return total / rows.length;
    }

    private static boolean hasFactors(WeightLayer layer) {
        return layer.kind() == Kind.DENSE
                && layer.magnitude().isEmpty()
                && layer.normalization().isEmpty();
    }

    /** Trained numbers of an activation, a table or a layer normalization have no factors. */
    private static boolean belongsToLayer(Parameter parameter) {
        return switch (parameter.role()) {
            case WEIGHT, BIAS, SCALE -> true;
            case DIRECTION, MAGNITUDE, GAIN, SHIFT, COEFFICIENT, TABLE -> false;
        };
    }

    private Node byFactors(Map<String, Node> values, Forward forward, Node sum) {
        List<LayerView> views = forward.layers().stream()
                .filter(view -> trained.contains(view.layer().weight()))
                .toList();
        List<Node> derivatives =
                Gradient.of(sum, views.stream().map(LayerView::preActivation).toList());
        Node squares = sum.graph().constant(0).broadcast(Shape.of(chunks.size()));
        for (int k = 0; k < views.size(); k++) {
            LayerView view = views.get(k);
            Node derivative = derivatives.get(k);
            Node layer = view.layer().bias().isPresent()
                    ? PerExample.squaredNormsWithBias(view.input(), derivative)
                    : PerExample.squaredNorms(view.input(), derivative);
            squares = squares.add(layer);
            if (network.spec().normalization() == Normalization.FROBENIUS) {
                Node along = derivative.multiply(view.preActivation()).sum(1);
                Node shorter = view.weight().square().sum().subtract(sum.graph().constant(2));
                squares = squares.add(along.square().multiply(shorter));
            }
        }
        Node rho = values.get(Network.RHO);
        if (rho != null) {
            // g = rho f, so the derivative with respect to rho is that along the outputs, divided by rho.
            Node outputs = forward.outputs();
            Node along = Gradient.of(sum, List.of(outputs))
                    .getFirst()
                    .multiply(outputs)
                    .sum(1);
            squares = squares.add(along.divide(rho).square());
        }
        return squares;
    }

    private Node whole(Graph graph, Map<String, Node> values, Node loss) {
        List<Node> sources = trained.stream()
                .map(parameter -> Objects.requireNonNull(values.get(parameter.name())))
                .toList();
        List<Node> gradients = Gradient.of(loss, sources);
        Node squares = graph.constant(0);
        for (int i = 0; i < gradients.size(); i++) {
            Node gradient = gradients.get(i);
            if (network.spec().normalization() == Normalization.FROBENIUS
                    && trained.get(i).role() == Parameter.Role.WEIGHT) {
                Node value = sources.get(i);
                gradient = gradient.subtract(gradient.multiply(value).sum().multiply(value));
            }
            squares = squares.add(gradient.square().sum());
        }
        return squares.reshape(1);
    }
}
