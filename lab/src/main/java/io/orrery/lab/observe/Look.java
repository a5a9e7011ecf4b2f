package io.orrery.lab.observe;

import io.orrery.lab.data.Dataset;
import io.orrery.lab.data.SplitName;
import io.orrery.lab.setup.Spec;
import io.orrery.lab.theory.bound.InputNorms;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parts of an observation that were prepared; asking for another says which need is missing. */
final class Look implements Observation {
    private final Observer observer;
    private final long step;
    private final boolean thorough;
    private final double learningRate;
    private final double time;
    private final Derived derived;
    private final Map<SplitName, Optional<Probe>> probes = new EnumMap<>(SplitName.class);
    private Optional<Map<SplitName, Evaluation>> evaluations = Optional.empty();
    private Optional<List<LayerWeights>> weights = Optional.empty();
    private Optional<Start> start = Optional.empty();
    private Optional<Gradients> gradients = Optional.empty();
    private Optional<Updates> updates = Optional.empty();
    private Optional<InputNorms> inputNorms = Optional.empty();

    Look(Observer observer, long step, boolean thorough, double learningRate, double time) {
        this.observer = observer;
        this.step = step;
        this.thorough = thorough;
        this.learningRate = learningRate;
        this.time = time;
        this.derived = observer.derived().ofLook();
    }

    void evaluations(Map<SplitName, Evaluation> prepared) {
        evaluations = Optional.of(prepared);
    }

    void weights(List<LayerWeights> present, Optional<Start> began) {
        weights = Optional.of(present);
        start = began;
    }

    void probe(SplitName split, Optional<Probe> prepared) {
        probes.put(split, prepared);
    }

    void gradients(Gradients prepared) {
        gradients = Optional.of(prepared);
    }

    void updates(Updates prepared) {
        updates = Optional.of(prepared);
    }

    void inputNorms(InputNorms prepared) {
        inputNorms = Optional.of(prepared);
    }

    @Override
    public long step() {
        return step;
    }

    @Override
    public boolean thorough() {
        return thorough;
    }

    @Override
    public Spec spec() {
        return observer.spec();
    }

    @Override
    public long seed() {
        return observer.seed();
    }

    @Override
    public int classes() {
        return observer.classes();
    }

    @Override
    public double learningRate() {
        return learningRate;
    }

    @Override
    public double time() {
        return time;
    }

    @Override
    public Dataset.Labels labels() {
        return observer.labels();
    }

    @Override
    public Optional<Evaluation> evaluation(SplitName split) {
        return Optional.ofNullable(
                prepared(evaluations, Instrument.Need.EVALUATION).get(split));
    }

    @Override
    public List<LayerWeights> weights() {
        return prepared(weights, Instrument.Need.WEIGHTS);
    }

    @Override
    public Optional<Start> start() {
        prepared(weights, Instrument.Need.WEIGHTS);
        return start;
    }

    @Override
    public Optional<Probe> probe(SplitName split) {
        Optional<Probe> probe = probes.get(split);
        if (probe == null) {
            throw new IllegalStateException("the instrument must name its need of the " + split.text()
                    + " probe; probes exist of train and test");
        }
        return probe;
    }

    @Override
    public Derived derived() {
        return derived;
    }

    @Override
    public Gradients gradients() {
        return prepared(gradients, Instrument.Need.GRADIENTS);
    }

    @Override
    public Updates updates() {
        return prepared(updates, Instrument.Need.UPDATES);
    }

    @Override
    public InputNorms inputNorms() {
        return prepared(inputNorms, Instrument.Need.INPUT_NORMS);
    }

    private static <T> T prepared(Optional<T> part, Instrument.Need need) {
        return part.orElseThrow(() -> new IllegalStateException("the instrument must name its need of " + need));
    }
}
