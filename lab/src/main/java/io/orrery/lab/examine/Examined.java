package io.orrery.lab.examine;

import io.orrery.engine.worker.Workers;
import io.orrery.lab.UserError;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.Split;
import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.model.Network;
import io.orrery.lab.setup.Spec;
import io.orrery.lab.train.loss.Loss;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/** A run at one of its states, to be read: its network, the arrays of it, its data, and what any such arrays would do on them. Used by one thread. */
public final class Examined {
    private final Spec spec;
    private final long seed;
    private final long step;
    private final Network network;
    private final Dataset data;
    private final Workers workers;
    private final SequencedMap<String, double[]> arrays;
    private final Map<SplitName, SplitEvaluation> evaluators = new EnumMap<>(SplitName.class);

    /**
     * A network with its arrays.
     *
     * @param step updates that it had seen
     * @param data in the precision of the spec
     * @param arrays parameters and statistics by name, row-major
     */
    Examined(
            Spec spec,
            long seed,
            long step,
            Network network,
            Dataset data,
            SequencedMap<String, double[]> arrays,
            Workers workers) {
        this.spec = spec;
        this.seed = seed;
        this.step = step;
        this.network = network;
        this.data = data;
        this.arrays = arrays;
        this.workers = workers;
    }

    /** The resolved spec. */
    public Spec spec() {
        return spec;
    }

    /** The run's seed. */
    public long seed() {
        return seed;
    }

    /** Updates done. */
    public long step() {
        return step;
    }

    /** The network with its sizes. */
    public Network network() {
        return network;
    }

    /** The examples that it was trained and tested on. */
    public Dataset data() {
        return data;
    }

    /** One of its arrays by name: a copy, row-major. */
    public double[] array(String name) {
        double[] array = arrays.get(name);
        if (array == null) {
            throw new IllegalArgumentException("the network has no array " + name + "; it has " + arrays.keySet());
        }
        return array.clone();
    }

    /** All parameters and statistics by name: copies, row-major. */
    public SequencedMap<String, double[]> arrays() {
        SequencedMap<String, double[]> copies = new LinkedHashMap<>();
        arrays.keySet().forEach(name -> copies.put(name, array(name)));
        return Collections.unmodifiableSequencedMap(copies);
    }

    /**
     * What it does on all examples of a split, in evaluation mode.
     *
     * @throws UserError if the data have no such split
     */
    public Evaluated evaluate(SplitName split) {
        return evaluate(split, arrays);
    }

    /**
     * What the network does with other arrays, in evaluation mode, in the precision of its spec.
     *
     * @param values of every parameter and statistic, by name
     * @throws UserError if the data have no such split
     */
    public Evaluated evaluate(SplitName split, Map<String, double[]> values) {
        return evaluator(split).evaluate(values);
    }

    /**
     * What a layer hands on for all examples of a split, with given arrays: see {@code LayerView.activation}.
     *
     * @param layer as {@code layers.0}
     * @return [example][feature], channels first
     * @throws UserError if the data have no such split
     */
    public double[][] features(SplitName split, String layer, Map<String, double[]> values) {
        return evaluator(split).features(layer, values);
    }

    private SplitEvaluation evaluator(SplitName name) {
        return evaluators.computeIfAbsent(name, _ -> {
            Split split = data.split(name)
                    .orElseThrow(() ->
                            new UserError("the data of the run have no " + name.text() + " split to examine it on"));
            return new SplitEvaluation(network, Loss.of(spec.loss(), data), spec.precision(), split, workers);
        });
    }
}
