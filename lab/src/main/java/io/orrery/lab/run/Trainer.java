package io.orrery.lab.run;

import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.graph.ShapeException;
import io.orrery.engine.plan.Execution;
import io.orrery.engine.plan.Plan;
import io.orrery.engine.state.State;
import io.orrery.engine.state.StateLayout;
import io.orrery.engine.worker.Workers;
import io.orrery.lab.UserError;
import io.orrery.lab.data.Dataset;
import io.orrery.lab.data.SplitName;
import io.orrery.lab.instrument.Instruments;
import io.orrery.lab.model.Initial;
import io.orrery.lab.model.ModelSpec;
import io.orrery.lab.model.Network;
import io.orrery.lab.model.PyTorchWeights;
import io.orrery.lab.observe.Instrument;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.observe.Observer;
import io.orrery.lab.observe.Subject;
import io.orrery.lab.setup.Spec;
import io.orrery.lab.train.Batch;
import io.orrery.lab.train.BatchOrder;
import io.orrery.lab.train.Decay;
import io.orrery.lab.train.Learner;
import io.orrery.lab.train.LearningRate;
import io.orrery.lab.train.Loss;
import io.orrery.lab.train.Optimizer;
import io.orrery.lab.train.StopSpec;
import io.orrery.lab.train.TrainingPlan;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/**
 * One run: a network, its state, the plans of its steps, and the instruments that watch. The same spec, seed and data give
 * the same bits at every step, however many threads work and whatever is measured. For use by one thread.
 */
public final class Trainer {
    private static final String WEIGHTS = "model.weights";
    private static final String INITIAL_WEIGHTS = "model.initialWeights";

    private final Spec spec;
    private final Network network;
    private final Learner learner;
    private final BatchOrder order;
    private final LearningRate learningRate;
    private final long totalSteps;
    private final State state;
    private final State initial;
    private final List<Instrument> instruments;
    private final Observer observer;
    private final TrainingPlan plan;
    private final Execution execution;
    private final Optional<TrainingPlan> lastPlan;
    private final Optional<Execution> lastExecution;

    private final long dataBytes;

    private long step;
    private boolean ratesSet;
    private Map<String, String> cursor = Map.of();

    /**
     * Prepares a run at step 0.
     *
     * @throws UserError if the spec asks for something impossible, naming the key
     */
    public Trainer(Spec spec, long seed, Dataset loaded, List<Instrument> instruments, Workers workers) {
        this(spec, seed, loaded, instruments, workers, Plan.Rewrites.ALL);
    }

    /** The same with all or no rewrites of plans, which never change a bit. */
    public Trainer(
            Spec spec,
            long seed,
            Dataset loaded,
            List<Instrument> instruments,
            Workers workers,
            Plan.Rewrites rewrites) {
        Dataset data = loaded.in(spec.precision());
        int examples = data.train().count();
        Loss loss = Loss.of(spec.loss(), data);
        this.dataBytes = java.util.Arrays.stream(SplitName.values())
                .flatMap(name -> data.split(name).stream())
                .mapToLong(split ->
                        (long) split.inputs().shape().count() * spec.precision().bytes())
                .sum();
        this.spec = spec;
        this.instruments = List.copyOf(instruments);
        this.network = Network.of(spec.model(), data.exampleShape(), loss.outputs());
        Decay decay = Decay.of(spec.decay(), spec.optimizer(), network);
        Optimizer optimizer = new Optimizer(spec.optimizer(), decay, network);
        this.learner = new Learner(spec.rule(), network, loss, optimizer, examples);
        RunMemory.requireState(network, learner.memory(), spec.precision());
        this.order = BatchOrder.of(spec.data(), examples, seed);
        this.totalSteps = totalSteps(spec.stop(), order);
        this.learningRate = new LearningRate(spec.optimizer().learningRate(), spec.schedule(), totalSteps);
        this.state = new State(layout());
        initial(spec, network, seed).forEach(state::write);
        learner.initial(seed).forEach(state::write);
        this.initial = state.copy();
        this.plan = compiled(order.batch(), rewrites);
        RunMemory.requireStep(plan.plan(), state, order);
        this.execution = plan.bind(state, seed, data.train(), workers);
        boolean partial = order.lastBatch() != order.batch();
        this.lastPlan = partial ? Optional.of(compiled(order.lastBatch(), rewrites)) : Optional.empty();
        this.lastExecution = lastPlan.map(last -> last.bind(state, seed, data.train(), workers));
        this.observer = new Observer(new Subject(spec, seed, network, loss, decay, data, state, start(), workers));
    }

    private TrainingPlan compiled(int batch, Plan.Rewrites rewrites) {
        try {
            return TrainingPlan.compile(learner, spec.precision(), batch, order.full(), rewrites);
        } catch (ShapeException | ArithmeticException tooLarge) {
            throw new UserError(
                    "one step on " + batch + " examples does not fit: " + tooLarge.getMessage()
                            + "; use a smaller data.batchSize or model",
                    tooLarge);
        }
    }

    /**
     * Refuses what a run of a spec on given data could not do, without the cost of preparing one.
     *
     * @throws UserError naming the key
     */
    public static void check(Spec spec, Dataset data) {
        Loss loss = Loss.of(spec.loss(), data);
        Network network = Network.of(spec.model(), data.exampleShape(), loss.outputs());
        Decay decay = Decay.of(spec.decay(), spec.optimizer(), network);
        Optimizer optimizer = new Optimizer(spec.optimizer(), decay, network);
        Learner learner =
                new Learner(spec.rule(), network, loss, optimizer, data.train().count());
        RunMemory.requireState(network, learner.memory(), spec.precision());
        BatchOrder order = BatchOrder.of(spec.data(), data.train().count(), 0);
        LookSchedule.of(totalSteps(spec.stop(), order), spec.measure());
        if (spec.model().normalization() == ModelSpec.Normalization.BATCH) {
            // The rest of an epoch may be too small a batch.
            Graph graph = new Graph(spec.precision());
            Node inputs = Batch.whole(graph, network, loss, order.lastBatch()).inputs();
            network.train(graph, network.read(graph), inputs, graph.indexInput("step", Shape.SCALAR));
        }
        Instruments.named(spec.measure().instruments());
        spec.model().weights().ifPresent(file -> PyTorchWeights.read(network, Path.of(file), WEIGHTS));
        spec.model().initialWeights().ifPresent(file -> PyTorchWeights.read(network, Path.of(file), INITIAL_WEIGHTS));
    }

    /** Steps of the whole run unless a stop rule ends it earlier. */
    public long totalSteps() {
        return totalSteps;
    }

    /** Updates done so far. */
    public long step() {
        return step;
    }

    /** The network that is trained. */
    public Network network() {
        return network;
    }

    /** Parameters, statistics, memory of the update and of the rule; not to be changed. */
    public State state() {
        return state;
    }

    /** What instruments are shown. */
    public Observer observer() {
        return observer;
    }

    /** The plan of a regular step, for its costs. */
    public Plan plan() {
        return plan.plan();
    }

    /** Bytes of the examples of all splits, which runs on the same data share. */
    public long dataBytes() {
        return dataBytes;
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
        cursor = Map.copyOf(atCursor);
    }

    /** Runs to the end, to divergence, or until the monitor asks to stop. Never throws because numbers diverge. */
    public RunEnd run(RunRecorder recorder, RunMonitor monitor) {
        LookSchedule looks = LookSchedule.of(totalSteps, spec.measure());
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
        return new Looker(observer, instruments, budget(looks()))
                .look(new Looker.Occasion(step, 0, true), learningRate, new LinkedHashMap<>());
    }

    /** At which steps instruments look, from step 0. */
    LookSchedule looks() {
        return LookSchedule.of(totalSteps, spec.measure());
    }

    /** Which readings the looks take. */
    LookBudget budget(LookSchedule looks) {
        return LookBudget.of(observer, instruments, looks, spec, (double) totalSteps * plan().flops());
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

    /** Does the next update and returns the loss of its batch before it. */
    public double advance() {
        boolean last = lastExecution.isPresent() && order.endsEpoch(step);
        TrainingPlan now = last ? lastPlan.orElse(plan) : plan;
        Execution running = last ? lastExecution.orElse(execution) : execution;
        now.set(running, order, order.prepare(step), step);
        if (!ratesSet || !learningRate.constant() || learner.dependsOnStep()) {
            double rate = learningRate.at(step);
            learner.set(execution, step, rate);
            if (lastExecution.isPresent()) {
                learner.set(lastExecution.get(), step, rate);
            }
            ratesSet = true;
        }
        running.run();
        step++;
        return now.loss(running);
    }

    /** Whether the next update sees a batch of the regular size rather than the rest of an epoch. */
    public boolean beforeWholeBatch() {
        return lastExecution.isEmpty() || !order.endsEpoch(step);
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

    private StateLayout layout() {
        SequencedMap<String, Shape> shapes = new LinkedHashMap<>(network.arrays());
        shapes.putAll(learner.memory());
        return new StateLayout(spec.precision(), shapes);
    }

    /** Where training began: unknown for weights from a file, unless another file says so. */
    private Optional<State> start() {
        if (spec.model().weights().isEmpty()) {
            return Optional.of(initial);
        }
        return spec.model().initialWeights().map(file -> {
            State start = new State(layout());
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
     * Updates of a run on so many training examples, if nothing ends it earlier.
     *
     * @throws UserError if the spec gives no end, or no batch can be made
     */
    public static long totalSteps(Spec spec, int examples) {
        return totalSteps(spec.stop(), BatchOrder.of(spec.data(), examples, 0));
    }

    private static long totalSteps(StopSpec stop, BatchOrder order) {
        if (stop.steps().isEmpty() && stop.epochs().isEmpty()) {
            throw new UserError("stop: expected steps or epochs, found neither; a run needs an end");
        }
        long bySteps = stop.steps().orElse(Long.MAX_VALUE);
        long byEpochs = stop.epochs().isPresent()
                ? Math.multiplyExact((long) stop.epochs().getAsInt(), order.stepsPerEpoch())
                : Long.MAX_VALUE;
        long total = Math.min(bySteps, byEpochs);
        if (total < 0 || total > Integer.MAX_VALUE) {
            throw new UserError("stop: expected 0 to " + Integer.MAX_VALUE + " steps, found " + total);
        }
        return total;
    }
}
