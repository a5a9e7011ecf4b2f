package io.orrery.lab.observe;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.state.State;
import io.orrery.engine.worker.Workers;
import io.orrery.lab.data.Dataset;
import io.orrery.lab.data.Split;
import io.orrery.lab.data.SplitName;
import io.orrery.lab.model.Network;
import io.orrery.lab.model.Parameter;
import io.orrery.lab.model.WeightLayer;
import io.orrery.lab.observe.Instrument.Need;
import io.orrery.lab.observe.Observation.Evaluation;
import io.orrery.lab.observe.Observation.LayerWeights;
import io.orrery.lab.observe.Observation.Probe;
import io.orrery.lab.setup.Spec;
import io.orrery.lab.theory.bound.InputNorms;
import io.orrery.lab.train.Decay;
import io.orrery.lab.train.LearningRate;
import io.orrery.lab.train.Loss;
import io.orrery.lab.train.Trained;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * Prepares what instruments see of a run. Its plans only read the state, and are compiled when first needed; each part is
 * prepared once per look however many instruments need it.
 */
public final class Observer {
    /** A gradient costs about as much as three forward passes. */
    private static final double BACKWARD = 3;
    /** What instruments do with a weight, or with a feature of an example, takes as long as so many FLOPs of a kernel. */
    private static final double PER_WEIGHT = 2000;

    private static final double PER_FEATURE = 800;

    private static final Scores NOTHING = Scores.of(new int[0]);

    private final Spec spec;
    private final long seed;
    private final Network network;
    private final Loss loss;
    private final Decay decay;
    private final Dataset data;
    private final State state;
    private final Optional<State> initial;
    private final Workers workers;
    private final Map<SplitName, Evaluator> evaluators = new EnumMap<>(SplitName.class);
    private final Map<SplitName, int[]> samples = new EnumMap<>(SplitName.class);
    private final Map<SplitName, int[]> probeRows = new EnumMap<>(SplitName.class);
    private final Map<SplitName, ProbeReader> probes = new EnumMap<>(SplitName.class);
    private final Derived derived;
    private Optional<GradientReader> gradients = Optional.empty();
    private Optional<UpdateReader> updates = Optional.empty();
    private Optional<InputNorms> inputNorms = Optional.empty();
    private Optional<Observation.Start> start = Optional.empty();

    /**
     * An observer of a run.
     *
     * @param data in the precision of the state
     * @param state the run's state, read at every look
     * @param initial where training began, if that is known
     */
    public Observer(
            Spec spec,
            long seed,
            Network network,
            Loss loss,
            Decay decay,
            Dataset data,
            State state,
            Optional<State> initial,
            Workers workers) {
        this.spec = spec;
        this.seed = seed;
        this.network = network;
        this.loss = loss;
        this.decay = decay;
        this.data = data;
        this.state = state;
        this.initial = initial;
        this.workers = workers;
        this.derived = Derived.ofRun(workers);
    }

    /** Which examples of a split loss and accuracy are taken on. */
    public enum Extent {
        /** The probe set. */
        PROBE,
        /** As many as the spec says. */
        SAMPLE,
        /** All. */
        WHOLE
    }

    /**
     * What can be seen now: the needed parts, prepared.
     *
     * @param whole loss and accuracy on whole splits rather than samples
     */
    public Observation look(long step, boolean thorough, boolean whole, LearningRate learningRate, Set<Need> needs) {
        return look(step, thorough, whole ? Extent.WHOLE : Extent.SAMPLE, learningRate, needs);
    }

    /**
     * What can be seen now: the needed parts, prepared.
     *
     * @param extent what loss and accuracy are taken on
     */
    public Observation look(long step, boolean thorough, Extent extent, LearningRate learningRate, Set<Need> needs) {
        Look look = new Look(this, step, thorough, learningRate.at(step), learningRate.timeAt(step));
        Map<SplitName, Scores> known = new EnumMap<>(SplitName.class);
        boolean probing = needs.contains(Need.TRAIN_PROBE) || needs.contains(Need.TEST_PROBE);
        if (needs.contains(Need.WEIGHTS) || probing) {
            List<LayerWeights> weights = LayerWeightsReader.read(network, state);
            double rho = LayerWeightsReader.rho(state, weights);
            if (needs.contains(Need.WEIGHTS)) {
                look.weights(weights, start());
            }
            if (needs.contains(Need.TRAIN_PROBE)) {
                look.probe(SplitName.TRAIN, probe(SplitName.TRAIN, rho, known));
            }
            if (needs.contains(Need.TEST_PROBE)) {
                look.probe(SplitName.TEST, probe(SplitName.TEST, rho, known));
            }
        }
        if (needs.contains(Need.EVALUATION)) {
            Map<SplitName, Evaluation> evaluations = new EnumMap<>(SplitName.class);
            double decayed = decayTerm();
            for (SplitName name : SplitName.values()) {
                evaluate(name, extent, known.getOrDefault(name, NOTHING), decayed)
                        .ifPresent(evaluation -> evaluations.put(name, evaluation));
            }
            look.evaluations(evaluations);
        }
        if (needs.contains(Need.GRADIENTS)) {
            look.gradients(gradients().read());
        }
        if (needs.contains(Need.UPDATES)) {
            look.updates(updates().read());
        }
        if (needs.contains(Need.INPUT_NORMS)) {
            look.inputNorms(inputNorms());
        }
        return look;
    }

    /** Loss and accuracy of a split, whole or on its sample; empty if the data has no such split. */
    public Optional<Evaluation> evaluate(SplitName name, boolean whole) {
        return evaluate(name, whole ? Extent.WHOLE : Extent.SAMPLE, NOTHING, decayTerm());
    }

    /** The same where some of its examples were seen at this look. */
    private Optional<Evaluation> evaluate(SplitName name, Extent extent, Scores known, double decayed) {
        return data.split(name).map(split -> {
            int[] rows = switch (extent) {
                case PROBE -> probeRows(name, split);
                case SAMPLE -> sampleRows(name, split);
                case WHOLE -> ExampleChoice.all(split.count());
            };
            Scores scores = Scores.of(rows);
            int[] left = scores.take(known);
            if (left.length > 0) {
                evaluator(name, split).score(scores, left);
            }
            double loss = scores.loss();
            return new Evaluation(loss, loss + decayed, scores.accuracy(), rows.length);
        });
    }

    /**
     * Predicted FLOPs of preparing a part once, loss and accuracy on samples, and of what instruments do with every number
     * of it.
     */
    public double flops(Need need) {
        double each = network.flops();
        return switch (need) {
            case EVALUATION -> each * examples(spec.measure().sampleSize());
            case WEIGHTS ->
                PER_WEIGHT
                        * network.layers().stream()
                                .mapToLong(layer -> (long) layer.rows() * layer.columns())
                                .sum();
            // Norms of the inputs are computed once in a run.
            case INPUT_NORMS -> 0;
            case TRAIN_PROBE -> (each + PER_FEATURE * features()) * probed(SplitName.TRAIN);
            case TEST_PROBE -> (each + PER_FEATURE * features()) * probed(SplitName.TEST);
            case GRADIENTS ->
                BACKWARD
                        * each
                        * (probed(SplitName.TRAIN)
                                + (double) GradientReader.BATCHES * spec.data().batchSize());
            // The whole set, its batches, and each example alone.
            case UPDATES -> 3 * BACKWARD * each * probed(SplitName.TRAIN);
        };
    }

    /** Predicted FLOPs of the network on both probes alone. */
    public double probeFlops() {
        return (double) network.flops() * (probed(SplitName.TRAIN) + probed(SplitName.TEST));
    }

    /** How large the things are that instruments read. */
    public Sizes sizes() {
        int examples = probed(SplitName.TRAIN);
        return new Sizes(
                network.layers().stream()
                        .map(layer -> new Sizes.Size(layer.rows(), layer.columns()))
                        .toList(),
                network.layers().stream()
                        .map(layer -> new Sizes.Size(examples, layer.input().count()))
                        .toList(),
                network.layers().stream()
                        .map(layer -> layer.kind() == WeightLayer.Kind.DENSE)
                        .toList(),
                network.layers().stream()
                        .map(layer -> layer.kind() == WeightLayer.Kind.CONVOLUTION ? layer.positions() : 1)
                        .toList());
    }

    private long features() {
        return network.layers().stream()
                .skip(1)
                .mapToLong(layer -> layer.input().count())
                .sum();
    }

    /** Predicted FLOPs of loss and accuracy on whole splits. */
    public double wholeFlops() {
        return (double) network.flops() * examples(Integer.MAX_VALUE);
    }

    private long examples(int most) {
        long sum = 0;
        for (SplitName name : SplitName.values()) {
            sum += data.split(name).map(split -> Math.min(split.count(), most)).orElse(0);
        }
        return sum;
    }

    private int probed(SplitName name) {
        return data.split(name).map(split -> probeRows(name, split).length).orElse(0);
    }

    private int[] sampleRows(SplitName name, Split split) {
        return samples.computeIfAbsent(
                name,
                _ -> ExampleChoice.sample(
                        seed, name, split.count(), spec.measure().sampleSize()));
    }

    private int[] probeRows(SplitName name, Split split) {
        return probeRows.computeIfAbsent(
                name,
                _ -> ExampleChoice.probe(
                        seed, name, data, split, !spec.data().imbalance().isEmpty()));
    }

    Spec spec() {
        return spec;
    }

    long seed() {
        return seed;
    }

    /** Does pieces of work that do not depend on each other, several at a time if the run has several threads. */
    public void together(int count, IntConsumer piece) {
        derived.together(count, piece);
    }

    /** What follows from matrices that stay the same during the run. */
    Derived derived() {
        return derived;
    }

    private Optional<Observation.Start> start() {
        if (start.isEmpty()) {
            start = initial.map(state -> {
                List<LayerWeights> weights = LayerWeightsReader.read(network, state);
                return new Observation.Start(weights, LayerWeightsReader.rho(state, weights));
            });
        }
        return start;
    }

    int classes() {
        return data.classes();
    }

    Dataset.Labels labels() {
        return data.labels();
    }

    /** The sum over what decays of half the decay gradient's factor times the squared norm. */
    private double decayTerm() {
        double sum = 0;
        for (Parameter parameter : decay.parameters()) {
            double square = 0;
            for (double value : state.read(parameter.name())) {
                square += value * value;
            }
            sum += decay.factor(parameter) / 2 * square;
        }
        return sum;
    }

    private Evaluator evaluator(SplitName name, Split split) {
        return evaluators.computeIfAbsent(
                name, _ -> new Evaluator(network, loss, split, chunk(split), state, seed, workers));
    }

    private Optional<Probe> probe(SplitName name, double rho, Map<SplitName, Scores> known) {
        return data.split(name).map(split -> {
            ProbeReader reader = reader(name, split);
            Probe probe = reader.read(rho);
            known.put(name, reader.scores());
            return probe;
        });
    }

    private ProbeReader reader(SplitName name, Split split) {
        return probes.computeIfAbsent(name, _ -> {
            int[] rows = probeRows(name, split);
            ProbeReader reader = new ProbeReader(network, loss, split, rows, chunk(split), state, seed, workers);
            derived.lasting(reader.inputs());
            return reader;
        });
    }

    private GradientReader gradients() {
        if (gradients.isEmpty()) {
            int[] probe = probeRows(SplitName.TRAIN, data.train());
            gradients = Optional.of(new GradientReader(
                    network,
                    Trained.parameters(spec.optimizer(), network),
                    loss,
                    decay,
                    data.train(),
                    probe,
                    Math.min(spec.data().batchSize(), data.train().count()),
                    state,
                    seed,
                    workers));
        }
        return gradients.get();
    }

    private UpdateReader updates() {
        if (updates.isEmpty()) {
            Split train = data.train();
            ExampleGradients examples = new ExampleGradients(
                    network,
                    Trained.parameters(spec.optimizer(), network),
                    loss,
                    train,
                    chunk(train),
                    state,
                    seed,
                    workers);
            updates = Optional.of(
                    new UpdateReader(gradients(), examples, spec.data(), probeRows(SplitName.TRAIN, train), seed));
        }
        return updates.get();
    }

    private InputNorms inputNorms() {
        if (inputNorms.isEmpty()) {
            Split train = data.train();
            Shape example = data.exampleShape();
            int channels = example.rank() == 3 ? example.size(0) : 1;
            inputNorms = Optional.of(
                    InputNorms.of(train.count(), channels, example.count() / channels, train.inputs()::read));
        }
        return inputNorms.get();
    }

    private int chunk(Split split) {
        return Chunks.sizeFor(network.largestActivation(), split.count());
    }
}
