package io.orrery.lab.model;

import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Shape;
import io.orrery.lab.UserError;
import io.orrery.lab.model.ModelSpec.Normalization;
import io.orrery.lab.model.layer.Layer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * A classifier with known sizes: its parameters, its statistics, and what it does to a batch. Layers are named by their
 * place in the architecture, pooling layers counted ({@code layers.0}, {@code layers.2}), so parameters are called what
 * they would be called in a PyTorch module whose {@code layers} is a Sequential of the same layers. Where several networks are in one run,
 * each but the main one has a role, and everything of it is named with it: {@code teacher/layers.0.weight}. Immutable.
 */
public final class Network {
    /** The scale of a network under frobenius normalization. */
    public static final String RHO = "rho";

    private final String role;
    private final ModelSpec spec;
    private final Shape example;
    private final int outputs;
    private final List<Block> blocks;
    private final boolean homogeneousLayers;
    private final List<WeightLayer> layers;
    private final List<Parameter> parameters;
    private final List<Statistic> statistics;

    private Network(
            String role, ModelSpec spec, Shape example, int outputs, List<Block> blocks, boolean homogeneousLayers) {
        this.role = role;
        this.spec = spec;
        this.example = example;
        this.outputs = outputs;
        this.blocks = blocks;
        this.homogeneousLayers = homogeneousLayers;
        this.layers = blocks.stream().flatMap(block -> block.layers().stream()).toList();
        this.parameters = parameters(named(role, RHO), spec, blocks);
        this.statistics = layers.stream()
                .flatMap(layer -> layer.normalization().stream())
                .flatMap(norm -> java.util.stream.Stream.of(norm.mean(), norm.variance()))
                .toList();
    }

    /**
     * The network of a spec for examples of a shape ([features] or [channels, height, width]).
     *
     * @throws UserError naming the layer and the shapes if a layer does not fit, or if normalization excludes a setting
     */
    public static Network of(ModelSpec spec, Shape example, int outputs) {
        return of("", spec, example, outputs);
    }

    /**
     * The same in a role.
     *
     * @param role begins the names of its layers and arrays, with a slash; empty for the main network
     */
    public static Network of(String role, ModelSpec spec, Shape example, int outputs) {
        if (spec.normalization() == Normalization.FROBENIUS) {
            requireHomogeneous(spec);
        }
        if (!(spec.dropout() >= 0 && spec.dropout() < 1)) {
            throw new UserError(
                    "model.dropout: expected a fraction from 0 up to, not including, 1, found " + spec.dropout());
        }
        List<Layer> layers = spec.architecture().layers(example, outputs);
        List<Block> blocks = PlacedBlocks.of(named(role, "layers"), spec, layers, example, outputs);
        Optional<String> inhomogeneous = layers.stream()
                .flatMap(layer -> layer.traits().inhomogeneous().stream())
                .findFirst();
        if (spec.normalization() == Normalization.FROBENIUS) {
            inhomogeneous.ifPresent(reason -> {
                throw new UserError("model.normalization: frobenius does not go with this network, because " + reason
                        + " (g = rho f no longer holds layer by layer); use none, weight or batch");
            });
        }
        Network network = new Network(role, spec, example, outputs, blocks, inhomogeneous.isEmpty());
        if (spec.dropout() > 0 && network.layers.stream().noneMatch(WeightLayer::activated)) {
            throw new UserError(
                    "model.dropout: drops activations of hidden layers, and this network has none; set it to 0");
        }
        int scales = spec.initialScales().size();
        if (scales != 0 && scales != network.layers.size()) {
            throw new UserError("model.initialScales: expected one factor for each weight layer, "
                    + network.layers.size() + " of them (" + network.layerNames() + "), found " + scales);
        }
        return network;
    }

    /** The role that it has in its run; empty for the main network. */
    public String role() {
        return role;
    }

    /** The name in a role of what the main network has under a name, such as {@code teacher/layers.0.weight}. */
    public static String named(String role, String name) {
        return role.isEmpty() ? name : role + "/" + name;
    }

    /** The setting that this network was built from. */
    public ModelSpec spec() {
        return spec;
    }

    /** Shape of one example. */
    public Shape example() {
        return example;
    }

    /** Number of outputs. */
    public int outputs() {
        return outputs;
    }

    /** Layers with weights in forward order; projections of residual blocks after their inner layers. */
    public List<WeightLayer> layers() {
        return layers;
    }

    /** Names of the layers with weights, separated by commas, for messages. */
    public String layerNames() {
        return layers.stream().map(WeightLayer::name).collect(Collectors.joining(", "));
    }

    /** All trained arrays in forward order, rho last. */
    public List<Parameter> parameters() {
        return parameters;
    }

    /** Where coefficients of trained activations start, by the names of their arrays. */
    public SequencedMap<String, List<Double>> initialCoefficients() {
        SequencedMap<String, List<Double>> all = new LinkedHashMap<>();
        blocks.forEach(block -> all.putAll(block.initialCoefficients()));
        return all;
    }

    /** Standard deviations with which tables start, by the names of their arrays. */
    public SequencedMap<String, Double> initialDeviations() {
        SequencedMap<String, Double> all = new LinkedHashMap<>();
        blocks.forEach(block -> all.putAll(block.initialDeviations()));
        return all;
    }

    /** How many tokens are told apart, where examples are numbers of tokens; 0 where they are reals. */
    public int vocabulary() {
        return blocks.getFirst().vocabulary();
    }

    /** Arrays that training updates without a gradient. */
    public List<Statistic> statistics() {
        return statistics;
    }

    /** Whether the output is positively homogeneous in each layer's weights: W to c W gives c times the output. */
    public boolean homogeneous() {
        return !spec.biased()
                && spec.normalization() != Normalization.BATCH
                && Activations.homogeneous(spec.activation())
                && homogeneousLayers;
    }

    /** Whether training draws random numbers, and so needs the step as an input. */
    public boolean drawsAtRandom() {
        return spec.dropout() > 0;
    }

    /** Elements of the largest array that one example becomes on its way, the example itself included. */
    public int largestActivation() {
        return blocks.stream().mapToInt(Block::largestActivation).max().orElse(example.count());
    }

    /** Floating-point operations of the products for one example (a multiply-add counts 2). */
    public long flops() {
        return blocks.stream().mapToLong(Block::flops).sum();
    }

    /** Names and shapes of parameters and statistics: what a state must hold. */
    public SequencedMap<String, Shape> arrays() {
        SequencedMap<String, Shape> arrays = new LinkedHashMap<>();
        parameters.forEach(parameter -> arrays.put(parameter.name(), parameter.shape()));
        statistics.forEach(statistic -> arrays.put(statistic.name(), statistic.shape()));
        return arrays;
    }

    /** Nodes that read parameters and statistics from the state, by name. */
    public SequencedMap<String, Node> read(Graph graph) {
        SequencedMap<String, Node> nodes = new LinkedHashMap<>();
        arrays().forEach((name, shape) -> nodes.put(name, graph.state(name, shape)));
        return nodes;
    }

    /**
     * Adds the network in evaluation mode: dropout off, batch normalization by its running statistics.
     *
     * @param values parameters and statistics by name
     * @param input [batch, ...example]
     */
    public Forward evaluate(Graph graph, Map<String, Node> values, Node input) {
        return forward(graph, values, input, Optional.empty());
    }

    /**
     * Adds the network in training mode.
     *
     * @param step scalar index that keys dropout
     */
    public Forward train(Graph graph, Map<String, Node> values, Node input, Node step) {
        return forward(graph, values, input, Optional.of(step));
    }

    private Forward forward(Graph graph, Map<String, Node> values, Node input, Optional<Node> trainingStep) {
        ForwardPass pass = new ForwardPass(spec, graph, values, trainingStep);
        Node result = pass.apply(blocks, input).reshape(input.shape().size(0), outputs);
        Node rho = values.get(named(role, RHO));
        return new Forward(rho == null ? result : result.multiply(rho), List.copyOf(pass.views()), pass.statistics());
    }

    private static void requireHomogeneous(ModelSpec spec) {
        String reason =
                "; frobenius normalization needs a network that is homogeneous in each layer's weights (g = rho f)";
        if (spec.biased()) {
            throw new UserError(
                    "model." + (spec.bias() ? "bias" : "outputBias") + ": expected false, found true" + reason);
        }
        if (!Activations.homogeneous(spec.activation())) {
            throw new UserError("model.activation: expected relu, leaky or linear, found "
                    + spec.activation().name().toLowerCase(java.util.Locale.ROOT) + reason);
        }
    }

    private static List<Parameter> parameters(String scale, ModelSpec spec, List<Block> blocks) {
        List<Parameter> parameters = new ArrayList<>();
        blocks.forEach(block -> parameters.addAll(block.parameters()));
        if (spec.normalization() == Normalization.FROBENIUS) {
            parameters.add(new Parameter(scale, "", Shape.SCALAR, 1, 1, Parameter.Role.SCALE));
        }
        return List.copyOf(parameters);
    }
}
