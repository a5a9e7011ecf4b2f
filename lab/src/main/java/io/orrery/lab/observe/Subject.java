package io.orrery.lab.observe;

import io.orrery.engine.device.Device;
import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Precision;
import io.orrery.engine.plan.Execution;
import io.orrery.engine.plan.Plan;
import io.orrery.engine.plan.compile.Compiler;
import io.orrery.engine.state.State;
import io.orrery.engine.worker.Workers;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.Split;
import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.model.Network;
import io.orrery.lab.model.Parameter;
import io.orrery.lab.setup.Spec;
import io.orrery.lab.train.loss.Loss;
import io.orrery.lab.train.step.Batch;
import io.orrery.lab.train.step.Learner;
import io.orrery.lab.train.step.RoleNetwork;
import io.orrery.lab.train.update.Decay;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A run as readings see it: its parts, to be read only. Arrays of the state are given as copies, and plans are bound here,
 * where one that would write the state is refused: that is why measuring cannot change a run.
 */
public final class Subject {
    private final Spec spec;
    private final long seed;
    private final Learner learner;
    private final Dataset data;
    private final State state;
    private final Optional<State> initial;
    private final Device device;
    private final TaskSubjects tasks;
    private final Derived derived;
    private final Map<SplitName, int[]> samples = new EnumMap<>(SplitName.class);
    private final Map<SplitName, int[]> probes = new EnumMap<>(SplitName.class);
    private final Map<Class<?>, Object> shared = new HashMap<>();

    /**
     * The parts of a run.
     *
     * @param learner of the present task
     * @param data of the present task, in the precision of the state
     * @param state the run's state, read at every look
     * @param initial where training began, if that is known
     * @param device what runs the plans of readings
     * @param workers the threads on which what is computed from readings may be divided
     * @param tasks the tasks of the run
     */
    public Subject(
            Spec spec,
            long seed,
            Learner learner,
            Dataset data,
            State state,
            Optional<State> initial,
            Device device,
            Workers workers,
            TaskSubjects tasks) {
        this.spec = spec;
        this.seed = seed;
        this.learner = learner;
        this.data = data;
        this.state = state;
        this.initial = initial;
        this.device = device;
        this.tasks = tasks;
        this.derived = Derived.ofRun(workers);
    }

    /** The resolved spec. */
    public Spec spec() {
        return spec;
    }

    /** The run's seed. */
    public long seed() {
        return seed;
    }

    /** What learns the present task. */
    public Learner learner() {
        return learner;
    }

    /** The network that is trained. */
    public Network network() {
        return learner.network();
    }

    /** The networks of other roles that have the inputs and outputs of the one that is trained. */
    public List<Network> others() {
        return learner.others().stream()
                .map(RoleNetwork::network)
                .filter(other -> other.example().equals(network().example())
                        && other.outputs() == network().outputs())
                .toList();
    }

    /** The data loss. */
    public Loss loss() {
        return learner.loss();
    }

    /** What decays, and how much. */
    public Decay decay() {
        return learner.optimizer().decay();
    }

    /** The examples, in the precision of the run. */
    public Dataset data() {
        return data;
    }

    /** The tasks of the run. */
    public TaskSubjects tasks() {
        return tasks;
    }

    /** The parameters that training changes. */
    public List<Parameter> trained() {
        return learner.trained();
    }

    /** The precision in which the run computes. */
    public Precision precision() {
        return state.layout().precision();
    }

    /** An array of the state as it stands, by name: a copy, row-major. */
    public double[] array(String name) {
        return state.read(name);
    }

    /** The state itself, for what reads several arrays of it. */
    public State state() {
        return state;
    }

    /** The state where training began, if that is known. */
    public Optional<State> initial() {
        return initial;
    }

    /** What follows from matrices that stay the same during the run. */
    public Derived derived() {
        return derived;
    }

    /**
     * A plan that reads the state and examples of a split, taken by {@link Batch#taken}.
     *
     * @throws IllegalStateException if it would write the state
     */
    public Execution bind(Graph graph, Split split) {
        Plan plan = Compiler.compile(graph);
        if (plan.writesState()) {
            throw new IllegalStateException("a reading must not write the state of the run");
        }
        Execution execution = device.bind(plan, state, spec.trainingSeed(seed));
        Batch.share(execution, loss(), split);
        return execution;
    }

    /** Positions of the probe set in a split, ascending, the same throughout a run; none if the data has no such split. */
    public int[] probeRows(SplitName name) {
        return probes.computeIfAbsent(
                name,
                _ -> data.split(name)
                        .map(split -> ExampleChoice.probe(
                                seed,
                                name,
                                data,
                                split,
                                !spec.data().imbalance().isEmpty()))
                        .orElse(new int[0]));
    }

    /** Positions of the examples on which loss and accuracy are taken; none if the data has no such split. */
    public int[] rows(SplitName name, Extent extent) {
        int count = data.split(name).map(Split::count).orElse(0);
        return switch (extent) {
            case PROBE -> probeRows(name);
            case SAMPLE ->
                samples.computeIfAbsent(
                        name,
                        _ -> ExampleChoice.sample(
                                seed, name, count, spec.measure().sampleSize()));
            case WHOLE -> ExampleChoice.all(count);
        };
    }

    /** How many of a number of examples a plan should take at a time: see {@link Chunks#sizeFor}. */
    public int chunk(int examples) {
        return Chunks.sizeFor(network().largestActivation(), examples);
    }

    /** What several readings share, such as a compiled plan: made when first asked for, once a run. */
    public <V> V once(Class<V> kind, Supplier<V> make) {
        Object known = shared.get(kind);
        if (known == null) {
            known = make.get();
            shared.put(kind, known);
        }
        return kind.cast(known);
    }
}
