package io.orrery.lab.recomputed;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.random.RandomStream;
import io.orrery.engine.state.State;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.Split;
import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.data.set.TargetKind;
import io.orrery.lab.data.set.Targets;
import io.orrery.lab.model.ModelSpec.Normalization;
import io.orrery.lab.setup.Spec;
import io.orrery.lab.train.loss.LossSpec;
import io.orrery.lab.train.update.DecaySpec;
import io.orrery.lab.train.update.OptimizerSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/** A run at one step, by its arrays alone: what recomputations look at. */
final class Moment {
    final Spec spec;
    final long seed;
    final Dataset data;
    final long step;
    /** Sum of the learning rates of all updates before this step. */
    final double time;

    final PlainNetwork now;
    final PlainNetwork start;
    final List<PlainNetwork.Weighted> layers;
    final List<PlainNetwork.Weighted> initialLayers;
    final PlainLoss loss;

    private final Map<String, double[]> arrays;
    private final Map<SplitName, Probe> probes = new EnumMap<>(SplitName.class);
    private final Map<Integer, double[]> gradients = new HashMap<>();
    private final Map<Part, double[]> parts = new HashMap<>();

    /** One example's gradient along one array. */
    private record Part(String parameter, int row) {}

    /**
     * What the network does with the probe set of a split.
     *
     * @param features what enters each layer but the first, by the name of what gave it
     */
    record Probe(
            int[] rows,
            Targets targets,
            double[][] inputs,
            SequencedMap<String, double[][]> features,
            double[][] outputs) {
        int[] labels() {
            return targets.labels();
        }

        /** The features, or for a linear classifier the inputs under that name. */
        SequencedMap<String, double[][]> read() {
            return features.isEmpty() ? new LinkedHashMap<>(Map.of("inputs", inputs)) : features;
        }

        /** What enters the last layer with weights. */
        double[][] last() {
            return read().lastEntry().getValue();
        }
    }

    /** The data of the run, of which its tasks are made. */
    private final Dataset all;

    Moment(Spec spec, long seed, Dataset all, long step, double time, State state, State initial) {
        this.spec = spec;
        this.seed = seed;
        this.all = all;
        this.step = step;
        this.data = ofTask(task());
        this.time = time;
        this.loss = new PlainLoss(spec.loss(), data.target());
        this.arrays = arrays(state);
        this.now = new PlainNetwork(spec.model(), data.exampleShape(), loss.outputs(), arrays);
        this.start = new PlainNetwork(spec.model(), data.exampleShape(), loss.outputs(), arrays(initial));
        this.layers = now.layers();
        this.initialLayers = start.layers();
    }

    private static Map<String, double[]> arrays(State state) {
        Map<String, double[]> arrays = new HashMap<>();
        state.layout().names().forEach(name -> arrays.put(name, state.read(name)));
        return arrays;
    }

    /** How many tasks the run has. */
    int taskCount() {
        return spec.tasks().sequence().count(all);
    }

    /** The task that is trained, from 0: the step at which one ends belongs to it. */
    int task() {
        return taskCount() == 1 || step == 0
                ? 0
                : (int) ((step - 1) / spec.stop().steps().orElseThrow());
    }

    /** The examples of a task. */
    Dataset ofTask(int task) {
        return spec.tasks().sequence().task(task, all, spec.data(), seed);
    }

    double[] array(String name) {
        return now.array(name);
    }

    /** The names of all arrays of the state. */
    Set<String> names() {
        return arrays.keySet();
    }

    /** Whether the spec asks for this look: loss and accuracy are then taken on all examples. */
    boolean whole() {
        return spec.measure().at().contains(step);
    }

    boolean frobenius() {
        return spec.model().normalization() == Normalization.FROBENIUS;
    }

    boolean bits() {
        return data.target() instanceof TargetKind.Bits;
    }

    boolean square() {
        return spec.loss().kind() == LossSpec.Kind.SQUARE;
    }

    /** Whether g is positively homogeneous in each layer's weights. */
    boolean homogeneous() {
        boolean activation = switch (spec.model().activation()) {
            case RELU, LEAKY, LINEAR -> true;
            case TANH, SIGMOID, GELU, SOFTPLUS -> false;
        };
        return activation
                && spec.model().normalization() != Normalization.BATCH
                && arrays.keySet().stream().noneMatch(name -> name.endsWith(".bias"))
                && layers.stream().noneMatch(layer -> layer.name().contains(".layers."));
    }

    /** Product of the layers' Frobenius norms, and of the scale under frobenius normalization. */
    double rho() {
        double product = frobenius() ? array("rho")[0] : 1;
        for (PlainNetwork.Weighted layer : layers) {
            product *= PlainAlgebra.norm(layer.rows());
        }
        return product;
    }

    Optional<Split> split(SplitName name) {
        return data.split(name);
    }

    double[] example(Split split, int row) {
        Shape shape = data.exampleShape();
        double[] values = new double[shape.count()];
        for (int j = 0; j < values.length; j++) {
            values[j] = split.inputs().get(row * values.length + j);
        }
        return values;
    }

    /** All examples up to 2,000 (or where training classes are imbalanced on purpose), else ceil(1000 / K) of each class. */
    int[] probeRows(SplitName name) {
        Split split = data.split(name).orElseThrow();
        int count = split.count();
        int[] all = new int[count];
        Arrays.setAll(all, i -> i);
        boolean imbalanced = !spec.data().imbalance().isEmpty() && name == SplitName.TRAIN;
        if (count <= 2000 || imbalanced) {
            return all;
        }
        int[] order = RandomStream.of(seed, "probe").permutation(name.ordinal(), count);
        List<Integer> chosen = new ArrayList<>();
        boolean alike = !(data.target() instanceof TargetKind.Classes);
        int perClass = (int) Math.ceil(1000.0 / (alike ? 1 : data.classes()));
        int[] taken = new int[alike ? 1 : data.classes()];
        for (int row : order) {
            int label = alike ? 0 : split.labels()[row];
            if (taken[label] < perClass) {
                taken[label]++;
                chosen.add(row);
            }
        }
        return chosen.stream().mapToInt(Integer::intValue).sorted().toArray();
    }

    Optional<Probe> probe(SplitName name) {
        return data.split(name).map(split -> probes.computeIfAbsent(name, _ -> probe(split, probeRows(name))));
    }

    private Probe probe(Split split, int[] rows) {
        double[][] inputs = new double[rows.length][];
        double[][] outputs = new double[rows.length][];
        SequencedMap<String, double[][]> features = new LinkedHashMap<>();
        for (int n = 0; n < rows.length; n++) {
            inputs[n] = example(split, rows[n]);
            PlainNetwork.Result result = now.apply(inputs[n]);
            outputs[n] = result.outputs().value();
            for (Map.Entry<String, double[]> feature : result.features().entrySet()) {
                features.computeIfAbsent(feature.getKey(), _ -> new double[rows.length][])[n] = feature.getValue();
            }
        }
        return new Probe(rows, split.targets().at(rows), inputs, features, outputs);
    }

    /** Names of the trained arrays. */
    List<String> trained() {
        List<String> names = new ArrayList<>();
        for (PlainNetwork.Weighted layer : layers) {
            if (!spec.optimizer().frozen().contains(layer.name())) {
                for (String suffix :
                        List.of(".weight_g", ".weight_v", ".weight", ".bias", ".norm.weight", ".norm.bias")) {
                    if (arrays.containsKey(layer.name() + suffix)) {
                        names.add(layer.name() + suffix);
                    }
                }
            }
        }
        if (frobenius()) {
            names.add("rho");
        }
        return names;
    }

    /** The gradient of one training example's data loss along a parameter (or {@link PlainNetwork#USED} weights). */
    double[] gradient(String parameter, int size, int row) {
        return parts.computeIfAbsent(new Part(parameter, row), _ -> {
            double[] gradient = new double[size];
            double[] input = example(data.train(), row);
            for (int i = 0; i < size; i++) {
                gradient[i] = loss.of(
                                now.along(parameter, i).apply(input).outputs(),
                                data.train().targets(),
                                row)
                        .slope();
            }
            return gradient;
        });
    }

    /**
     * The gradient of one training example's data loss along all trained numbers, one array after the other; under frobenius
     * normalization that of each V_k without its part along V_k.
     */
    double[] gradient(int row) {
        return gradients.computeIfAbsent(row, _ -> {
            double[] all = new double[0];
            for (String name : trained()) {
                double[] values = array(name);
                double[] part = tangent(name, gradient(name, values.length, row));
                int from = all.length;
                all = Arrays.copyOf(all, from + part.length);
                System.arraycopy(part, 0, all, from, part.length);
            }
            return all;
        });
    }

    double[] tangent(String name, double[] gradient) {
        return frobenius() && name.endsWith(".weight")
                ? PlainAlgebra.sum(gradient, -PlainAlgebra.dot(gradient, array(name)), array(name))
                : gradient;
    }

    /** The gradient of the decay term along the same numbers: d times what decays. */
    double[] decayGradient() {
        double[] all = new double[0];
        for (String name : trained()) {
            double[] values = array(name);
            int from = all.length;
            all = Arrays.copyOf(all, from + values.length);
            double factor = decayFactor(name);
            for (int i = 0; i < values.length; i++) {
                all[from + i] = factor * values[i];
            }
        }
        return all;
    }

    /** d of the decay gradient d W: 2 lambda, or lambda in the framework convention; 0 for what does not decay. */
    double decayFactor(String parameter) {
        boolean weights = parameter.endsWith(".weight") && !parameter.endsWith(".norm.weight") && !frobenius();
        boolean decays = parameter.equals("rho")
                || weights
                || parameter.endsWith(".weight_g")
                || spec.decay().applies() == DecaySpec.Applies.ALL && !parameter.endsWith(".weight");
        boolean gain = parameter.endsWith(".norm.weight") && spec.decay().applies() == DecaySpec.Applies.ALL;
        return trained().contains(parameter) && (decays || gain) ? perLambda() * lambda(parameter) : 0;
    }

    private double perLambda() {
        return spec.decay().convention() == DecaySpec.Convention.FRAMEWORK ? 1 : 2;
    }

    private double lambda(String parameter) {
        List<Double> perLayer = spec.decay().perLayer();
        for (int k = 0; k < layers.size() && !perLayer.isEmpty(); k++) {
            if (parameter.startsWith(layers.get(k).name() + ".")) {
                return perLayer.get(k);
            }
        }
        return spec.decay().lambda();
    }

    /** The lambda of lambda ||W||^2 that all layers have; empty if they differ. */
    Optional<Double> commonLambda() {
        List<Double> perLayer = spec.decay().perLayer();
        boolean someFrozen = !spec.optimizer().frozen().isEmpty() && !frobenius();
        if (perLayer.stream().distinct().count() > 1
                || someFrozen && (perLayer.isEmpty() ? spec.decay().lambda() : perLayer.getFirst()) > 0) {
            return Optional.empty();
        }
        return Optional.of((perLayer.isEmpty() ? spec.decay().lambda() : perLayer.getFirst()) * perLambda() / 2);
    }

    /** The same of the last layer, of a frozen one what it would decay with; of rho under frobenius normalization. */
    double lastLambda() {
        List<Double> perLayer = spec.decay().perLayer();
        return (perLayer.isEmpty() ? spec.decay().lambda() : perLayer.getLast()) * perLambda() / 2;
    }

    /** Whether decay shrinks weights directly instead of entering the gradient. */
    boolean decoupled() {
        return spec.decay().mode() == DecaySpec.Mode.DECOUPLED
                || spec.optimizer().kind() == OptimizerSpec.Kind.ADAMW;
    }

    boolean sgd() {
        return spec.optimizer().kind() == OptimizerSpec.Kind.SGD;
    }

    /** What stands before the mean over examples of the sum over outputs of squared errors. */
    double dataFactor() {
        return (spec.loss().half() ? 0.5 : 1)
                * (spec.loss().reduction() == LossSpec.Reduction.MEAN ? 1.0 / loss.outputs() : 1);
    }
}
