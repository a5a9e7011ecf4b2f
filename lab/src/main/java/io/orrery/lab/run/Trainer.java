package io.orrery.lab.run;

import io.orrery.engine.device.Device;
import io.orrery.engine.device.cpu.Cpu;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.plan.Plan;
import io.orrery.engine.plan.compile.Rewrites;
import io.orrery.engine.state.State;
import io.orrery.engine.state.StateLayout;
import io.orrery.engine.worker.Workers;
import io.orrery.lab.UserError;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.instrument.Instruments;
import io.orrery.lab.model.Initial;
import io.orrery.lab.model.Network;
import io.orrery.lab.model.PyTorchWeights;
import io.orrery.lab.observe.Instrument;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.observe.Observer;
import io.orrery.lab.setup.Spec;
import io.orrery.lab.train.LearningRate;
import io.orrery.lab.train.step.Learner;
import io.orrery.lab.train.step.NetworkRole;
import io.orrery.lab.train.step.RoleNetwork;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One run: a network, its state, the plans of its steps, and the instruments that watch. The same spec, seed and data give
 * the same bits at every step, however many threads work and whatever is measured. For use by one thread.
 */
public final class Trainer {
    private static final String WEIGHTS = "model.weights";
    private static final String INITIAL_WEIGHTS = "model.initialWeights";

    private final Spec spec;
    private final Network network;
    private final long seed;
    private final Device device;
    private final TaskCourse course;
    private final LearningRate learningRate;
    private final State state;
    private final State initial;
    private final List<Instrument> instruments;
    /** Which instruments have nothing to read of such targets, and why. */
    private final Optional<String> leftOut;

    private final Stages stages;
    private final long dataBytes;

    private Stage stage;
    private long step;
    private boolean ratesSet;
    private Map<String, String> cursor = Map.of();

    /**
     * Prepares a run at step 0.
     *
     * @throws UserError if the spec asks for something impossible, naming the key
     */
    public Trainer(Spec spec, long seed, Dataset loaded, List<Instrument> instruments, Workers workers) {
        this(spec, seed, loaded, instruments, workers, Rewrites.ALL);
    }

    /** The same with all or no rewrites of plans, which never change a bit. */
    public Trainer(
            Spec spec, long seed, Dataset loaded, List<Instrument> instruments, Workers workers, Rewrites rewrites) {
        this(spec, seed, loaded, instruments, new Cpu(workers), workers, rewrites);
    }

    /**
     * The same on a device.
     *
     * @param device what runs all plans of the run
     * @param workers the threads on which what is computed from readings may be divided
     */
    public Trainer(
            Spec spec,
            long seed,
            Dataset loaded,
            List<Instrument> instruments,
            Device device,
            Workers workers,
            Rewrites rewrites) {
        Dataset data = loaded.in(spec.precision());
        this.dataBytes = Arrays.stream(SplitName.values())
                .flatMap(name -> data.split(name).stream())
                .mapToLong(split ->
                        (long) split.inputs().shape().count() * spec.precision().bytes())
                .sum();
        this.spec = spec;
        this.seed = seed;
        this.device = device;
        this.instruments = Instruments.reading(data.target(), instruments);
        String without = instruments.stream()
                .filter(instrument -> !instrument.reads(data.target()))
                .map(Instrument::name)
                .collect(Collectors.joining(", "));
        this.leftOut = without.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "Left out: " + without + ", for they need classes or bits, and the targets of the data are "
                                + data.target().words() + ".");
        this.course = TaskCourse.of(spec, data);
        Learners learners = Learners.of(spec, data);
        this.network = learners.network();
        Learner learner = learners.of(0);
        RunMemory.requireState(learner, spec.precision());
        this.learningRate = new LearningRate(spec.optimizer().learningRate(), spec.schedule(), course.totalSteps());
        this.state = new State(layout(learner));
        initial(spec, network, spec.trainingSeed(seed)).forEach(state::write);
        learner.initialOthers(spec.trainingSeed(seed)).forEach(state::write);
        learner.initial(spec.trainingSeed(seed)).forEach(state::write);
        this.initial = state.copy();
        this.stages = new Stages(spec, seed, data, course, learners, state, start(learner), device, workers, rewrites);
        this.stage = stages.of(0);
    }

    /**
     * Refuses what a run of a spec on given data could not do, without the cost of preparing one.
     *
     * @throws UserError naming the key
     */
    public static void check(Spec spec, Dataset data) {
        Learners learners = Learners.of(spec, data);
        RunMemory.requireState(learners.of(0), spec.precision());
        TaskCourse course = TaskCourse.of(spec, data);
        LookSchedule.of(course.totalSteps(), spec.measure(), course.switches());
        learners.check();
        Network network = learners.network();
        Instruments.named(spec.measure().instruments());
        Instruments.requireReading(data.target(), spec.measure().instruments());
        spec.model().weights().ifPresent(file -> PyTorchWeights.read(network, Path.of(file), WEIGHTS));
        spec.model().initialWeights().ifPresent(file -> PyTorchWeights.read(network, Path.of(file), INITIAL_WEIGHTS));
    }

    /**
     * Refuses a run with a network that must begin where something says, if nothing says so.
     *
     * @param given roles of the networks that start from other runs
     * @throws UserError naming the key that could
     */
    public static void requireStarts(Spec spec, Dataset data, Set<String> given) {
        for (RoleNetwork other : Learners.of(spec, data).of(0).others()) {
            if (other.needsStart() && !given.contains(other.role().role())) {
                throw new UserError(other.weightsKey() + ": expected a safetensors file with the weights of the "
                        + other.role().role()
                        + ", found none; write one with orrery export --weights, or let the arm of a claim"
                        + " start it from another arm");
            }
        }
    }

    /** Steps of the whole run unless a stop rule ends it earlier. */
    public long totalSteps() {
        return course.totalSteps();
    }

    /** Updates done so far. */
    public long step() {
        return step;
    }

    /** The network that is trained, the main one of several. */
    public Network network() {
        return network;
    }

    /** All networks that steps change, the main one first. */
    List<Network> changing() {
        return Stream.concat(
                        Stream.of(network),
                        stage.learner().others().stream()
                                .filter(other -> other.role().change() != NetworkRole.Change.NONE)
                                .map(RoleNetwork::network))
                .toList();
    }

    /** Parameters, statistics, memory of the update and of the rule; not to be changed. */
    public State state() {
        return state;
    }

    /** What instruments are shown. */
    public Observer observer() {
        return stage.observer();
    }

    /** The plan of a regular step, for its costs. */
    public Plan plan() {
        return stage.whole().plan().plan();
    }

    /** Bytes that the plan of a regular step works in, beside the state. */
    public long workingBytes() {
        return plan().arenaBytes() + device.scratchBytes(plan());
    }

    /** Bytes of the examples of all splits, which runs on the same data share. */
    public long dataBytes() {
        return dataBytes;
    }

    /**
     * Starts from given arrays instead of those of the initialization; before {@link #resume} and before any update.
     *
     * @param arrays some or all of the state's, by name; the others keep their initial values
     */
    public void begin(Map<String, double[]> arrays) {
        arrays.forEach(state::write);
        initial.become(state);
    }

    /**
     * Continues from a checkpoint instead of step 0.
     *
     * @param atCursor as {@link RunRecorder#checkpoint} was given it
     * @param restore puts every array of the checkpoint into the state that it is given, bit for bit
     */
    public void resume(long atStep, Map<String, String> atCursor, Consumer<State> restore) {
        restore.accept(state);
        step = atStep;
        ratesSet = false;
        cursor = Map.copyOf(atCursor);
        if (course.taskAt(step) != stage.task()) {
            stage = stages.of(course.taskAt(step));
        }
    }

    /** Runs to the end, to divergence, or until the monitor asks to stop. Never throws because numbers diverge. */
    public RunEnd run(RunRecorder recorder, RunMonitor monitor) {
        LookSchedule looks = looks();
        return new RunLoop(this, looks, cursor, recorder, monitor).run();
    }

    /**
     * All instruments once on the present state, in full.
     *
     * @throws UserError if the initial weights that the spec names are the measured ones
     */
    public List<Measurement> measure() {
        spec.model()
                .weights()
                .ifPresent(file -> spec.model()
                        .initialWeights()
                        .ifPresent(initialFile -> requireOtherStart(network, file, initialFile)));
        return new TimedLooks(observer(), instruments, budget(looks()))
                .look(new TimedLooks.Occasion(step, 0, true), learningRate, new LinkedHashMap<>());
    }

    /** At which steps instruments look, from step 0. */
    LookSchedule looks() {
        return LookSchedule.of(course.totalSteps(), spec.measure(), course.switches());
    }

    /** Which readings the looks take. */
    LookBudget budget(LookSchedule looks) {
        return LookBudget.of(observer(), instruments, looks, spec, (double) totalSteps() * plan().flops())
                .noting(leftOut);
    }

    /** What measuring is predicted to cost. */
    public LookCosts lookCosts() {
        return budget(looks()).costs();
    }

    /**
     * What a run from here to its end would record at its looks, foretold from two looks at the present state, a full one and
     * a usual one on few examples. A stop rule may end it earlier.
     *
     * @param bytes how much a record of some measurements takes
     */
    public LookForecast forecast(ToLongFunction<List<Measurement>> bytes) {
        return LookForecast.of(this, looks(), bytes);
    }

    /** The present state, to be seen later. */
    State snapshot() {
        return step == 0 ? initial : state.copy();
    }

    /** Does something while an earlier state is the present one, which is put aside and back, bit for bit. */
    void seeing(State earlier, Runnable look) {
        State present = state.copy();
        state.become(earlier);
        try {
            look.run();
        } finally {
            state.become(present);
        }
    }

    /** Whether the task of this step is done and another follows. */
    boolean betweenTasks() {
        return step == course.end(stage.task()) && stage.task() + 1 < course.count();
    }

    /** Updates done when the present task ends. */
    long taskEnd() {
        return course.end(stage.task());
    }

    /** Begins the next task: resets what the spec asks for. */
    void beginNextTask() {
        stage = stages.of(stage.task() + 1);
        ratesSet = false;
        new Reset(spec, network, stage.learner(), spec.trainingSeed(seed)).apply(state, stage.task());
    }

    /** Does the next update of the present task and returns the loss of its batch before it. */
    public double advance() {
        if (!ratesSet || !learningRate.constant() || stage.learner().dependsOnStep()) {
            stage.set(step, learningRate.at(step));
            ratesSet = true;
        }
        double loss = stage.advance(step);
        step++;
        return loss;
    }

    /** Does the updates up to a step, as a run does them that nobody looks at. */
    public void advanceTo(long wanted) {
        while (step < wanted) {
            if (betweenTasks()) {
                beginNextTask();
            }
            advance();
        }
    }

    /** Whether the next update sees a batch of the regular size rather than the rest of an epoch. */
    public boolean beforeWholeBatch() {
        return stage.beforeWholeBatch(step);
    }

    Spec spec() {
        return spec;
    }

    List<Instrument> instruments() {
        return instruments;
    }

    LearningRate learningRate() {
        return learningRate;
    }

    private StateLayout layout(Learner learner) {
        SequencedMap<String, Shape> shapes = new LinkedHashMap<>(learner.arrays());
        shapes.putAll(learner.memory());
        return new StateLayout(spec.precision(), shapes);
    }

    /** Where training began: unknown for weights from a file, unless another file says so. */
    private Optional<State> start(Learner learner) {
        if (spec.model().weights().isEmpty()) {
            return Optional.of(initial);
        }
        return spec.model().initialWeights().map(file -> {
            State start = new State(layout(learner));
            PyTorchWeights.read(network, Path.of(file), INITIAL_WEIGHTS).forEach(start::write);
            return start;
        });
    }

    private static void requireOtherStart(Network network, String file, String initialFile) {
        Map<String, double[]> measured = PyTorchWeights.read(network, Path.of(file), WEIGHTS);
        Map<String, double[]> start = PyTorchWeights.read(network, Path.of(initialFile), INITIAL_WEIGHTS);
        if (measured.entrySet().stream()
                .allMatch(array -> Arrays.equals(array.getValue(), start.get(array.getKey())))) {
            throw new UserError(INITIAL_WEIGHTS + ": the initial weights given, " + initialFile
                    + ", are the measured ones, number for number, and every distance from them is 0; give the file of the"
                    + " weights before training, or leave it out");
        }
    }

    private static SequencedMap<String, double[]> initial(Spec spec, Network network, long seed) {
        return spec.model()
                .weights()
                .map(file -> PyTorchWeights.read(network, Path.of(file), WEIGHTS))
                .orElseGet(() -> Initial.of(network, seed));
    }

    /**
     * Updates of a run on given data, if nothing ends it earlier.
     *
     * @throws UserError if the spec gives no end, or no batch can be made
     */
    public static long totalSteps(Spec spec, Dataset data) {
        return TaskCourse.of(spec, data).totalSteps();
    }
}
