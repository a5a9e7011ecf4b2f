package io.orrery.lab.model;

import io.orrery.engine.graph.Composites;
import io.orrery.engine.graph.Draw.Distribution;
import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.graph.Window;
import io.orrery.lab.UserError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** Builds the nodes of one application of a network to a batch. */
public final class ForwardPass {
    private final ModelSpec spec;
    private final Graph graph;
    private final Map<String, Node> values;
    /** The step that keys dropout; present in training mode only. */
    private final Optional<Node> trainingStep;

    private final List<LayerView> views = new ArrayList<>();
    private final SequencedMap<String, Node> statistics = new LinkedHashMap<>();
    private String producer = "";

    ForwardPass(ModelSpec spec, Graph graph, Map<String, Node> values, Optional<Node> trainingStep) {
        this.spec = spec;
        this.graph = graph;
        this.values = values;
        this.trainingStep = trainingStep;
    }

    List<LayerView> views() {
        return views;
    }

    SequencedMap<String, Node> statistics() {
        return statistics;
    }

    /** Blocks one after the other. */
    public Node apply(List<Block> blocks, Node input) {
        Node x = input;
        for (Block block : blocks) {
            x = block.apply(x, this);
        }
        return x;
    }

    /** The name of the layer whose result is at hand; empty for the examples themselves. */
    public String producer() {
        return producer;
    }

    /** Says that a layer without a weight has changed what is at hand: from here it is no longer the examples themselves. */
    public void changed(String layer) {
        producer = producer.isEmpty() ? layer : producer;
    }

    /** Says whose result is at hand from here. */
    public void produced(String layer) {
        producer = layer;
    }

    /**
     * The product with a layer's weight and what follows it: bias, normalization, activation, dropout. Instruments see it.
     *
     * @param x [batch, ...input]
     * @return [batch, ...output]
     */
    public Node weighted(WeightLayer layer, Node x) {
        Node input = layer.input().rank() == 1
                ? x.reshape(x.shape().size(0), layer.input().size(0))
                : x;
        Node weight = weight(layer);
        Node product = switch (layer.kind()) {
            case DENSE -> input.matmul(weight, false, true);
            case CONVOLUTION -> input.convolve(weight, layer.window());
            case LOCAL -> local(layer, input, weight);
            case POSITIONWISE -> everywhere(layer, input, weight);
        };
        Node preActivation = layer.bias()
                .map(bias -> product.add(channelwise(value(bias), product)))
                .orElse(product);
        Node activation = preActivation;
        if (layer.activated()) {
            Node normalized = layer.normalization()
                    .map(norm -> normalize(norm, preActivation, layer.name()))
                    .orElse(preActivation);
            activation = Activations.apply(spec.activation(), normalized);
        }
        seen(new LayerView(layer, weight, producer, input, preActivation, activation));
        return layer.activated() ? dropped(layer.name(), activation) : activation;
    }

    /** Shows instruments a layer that a block applies in a way of its own. */
    public void seen(LayerView view) {
        views.add(view);
    }

    /** [batch, positions, in] with one matrix at all positions. */
    private static Node everywhere(WeightLayer layer, Node sequences, Node weight) {
        int rows = sequences.shape().size(0) * layer.positions();
        return sequences
                .reshape(rows, layer.columns())
                .matmul(weight, false, true)
                .reshape(sequences.shape().with(-1, layer.rows()));
    }

    /** A layer's weight as the network uses it: under weight normalization row by row g v / ||v|| (Salimans and Kingma 2016, equation 2). */
    public Node weight(WeightLayer layer) {
        Node direct = value(layer.weight());
        if (layer.magnitude().isEmpty()) {
            return direct;
        }
        Node magnitude = value(layer.magnitude().get());
        Node norms =
                direct.square().sum(axesFrom(layer.rowAxes(), direct.shape())).squareRoot();
        return direct.multiply(magnitude.divide(norms.reshape(magnitude.shape())));
    }

    /** Patches of all positions as [positions, patch, batch], multiplied pair by pair with [positions, out, patch]. */
    private Node local(WeightLayer layer, Node images, Node weight) {
        Window window = layer.window();
        int batch = images.shape().size(0);
        int channels = images.shape().size(1);
        int height = images.shape().size(2) + 2 * window.paddingY();
        int width = images.shape().size(3) + 2 * window.paddingX();
        int positions = weight.shape().size(0);
        int patch = weight.shape().size(2);
        Node pixels = images.pad(
                        new int[] {0, 0, window.paddingY(), window.paddingX()},
                        Shape.of(batch, channels, height, width))
                .permute(1, 2, 3, 0)
                .reshape(channels * height * width, batch);
        int[] rows = patchRows(layer, channels, height, width);
        Node patches = pixels.takeRows(graph.indexConstant(Shape.of(rows.length), rows))
                .reshape(positions, patch, batch);
        Shape output = layer.output();
        return weight.matmul(patches).permute(2, 1, 0).reshape(batch, output.size(0), output.size(1), output.size(2));
    }

    private static int[] patchRows(WeightLayer layer, int channels, int height, int width) {
        Window window = layer.window();
        int[] rows = new int[layer.positions() * channels * layer.kernelArea()];
        int next = 0;
        for (int y = 0; y < layer.output().size(1); y++) {
            for (int x = 0; x < layer.output().size(2); x++) {
                for (int channel = 0; channel < channels; channel++) {
                    for (int dy = 0; dy < window.kernelY(); dy++) {
                        for (int dx = 0; dx < window.kernelX(); dx++) {
                            rows[next++] =
                                    (channel * height + y * window.strideY() + dy) * width + x * window.strideX() + dx;
                        }
                    }
                }
            }
        }
        return rows;
    }

    private Node normalize(BatchNormalization norm, Node x, String layer) {
        Node gain = channelwise(value(norm.gain()), x);
        Node shift = channelwise(value(norm.shift()), x);
        if (trainingStep.isEmpty()) {
            Node deviation =
                    statistic(norm.variance()).add(BatchNormalization.EPSILON).squareRoot();
            return x.subtract(channelwise(statistic(norm.mean()), x))
                    .divide(channelwise(deviation, x))
                    .multiply(gain)
                    .add(shift);
        }
        int count = x.shape().count() / x.shape().size(1);
        if (count < 2) {
            throw new UserError("model: batch normalization of " + layer
                    + " needs at least 2 values per channel, but a batch has 1; set data.lastBatch: drop or another"
                    + " data.batchSize");
        }
        Composites.Normalized batch = Composites.batchNormalization(x, BatchNormalization.EPSILON);
        track(norm.mean(), batch.mean());
        track(norm.variance(), batch.variance().multiply((double) count / (count - 1)));
        return batch.normalized().multiply(gain).add(shift);
    }

    private void track(Statistic statistic, Node observed) {
        statistics.put(
                statistic.name(),
                statistic(statistic)
                        .multiply(1 - BatchNormalization.NEW_SHARE)
                        .add(observed.multiply(BatchNormalization.NEW_SHARE)));
    }

    /** Inverted dropout (Srivastava et al. 2014): kept activations are divided by the fraction kept. */
    private Node dropped(String layer, Node x) {
        if (spec.dropout() == 0 || trainingStep.isEmpty()) {
            return x;
        }
        Node kept = graph.draw(Distribution.UNIFORM, "dropout/" + layer, x.shape(), trainingStep.get())
                .greater(graph.constant(spec.dropout()));
        return x.multiply(kept).divide(1 - spec.dropout());
    }

    /** One number per channel or feature, or an array of one example's shape, ready to be broadcast over the batch. */
    private static Node channelwise(Node perChannel, Node x) {
        if (perChannel.shape().rank() > 1 || x.shape().rank() <= 3) {
            return perChannel;
        }
        return perChannel.reshape(1, perChannel.shape().size(0), 1, 1);
    }

    /** The values of a trained array. */
    public Node value(Parameter parameter) {
        return java.util.Objects.requireNonNull(values.get(parameter.name()), parameter.name());
    }

    private Node statistic(Statistic statistic) {
        return java.util.Objects.requireNonNull(values.get(statistic.name()), statistic.name());
    }

    private static int[] axesFrom(int first, Shape shape) {
        return java.util.stream.IntStream.range(first, shape.rank()).toArray();
    }
}
