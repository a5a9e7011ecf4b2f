package io.orrery.engine.plan;

import io.orrery.engine.graph.ElementType;
import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.state.State;
import io.orrery.engine.worker.Workers;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.ToIntFunction;

/** A compiled graph: an immutable list of kernel calls on buffers placed ahead of time. Shareable among threads. */
public final class Plan {
    private final Precision precision;
    private final List<Call> calls;
    private final List<Storage> storages;
    private final SequencedMap<String, Output> outputs;
    private final boolean writesState;

    private Plan(
            Precision precision,
            List<Call> calls,
            List<Storage> storages,
            SequencedMap<String, Output> outputs,
            boolean writesState) {
        this.precision = precision;
        this.calls = List.copyOf(calls);
        this.storages = storages;
        this.outputs = Collections.unmodifiableSequencedMap(outputs);
        this.writesState = writesState;
    }

    /** Compiles the outputs and assignments of a graph with all rewrites. */
    public static Plan compile(Graph graph) {
        return compile(graph, Rewrites.ALL);
    }

    /** Compiles with all or no rewrites; the bits of every result are the same. */
    public static Plan compile(Graph graph, Rewrites rewrites) {
        Values values = rewrites == Rewrites.ALL
                ? PooledRelu.movedBehindPools(Values.of(graph, rewrites))
                : Values.of(graph, rewrites);
        Demand demand = Demand.of(values, rewrites);
        List<Step> steps = Fusion.steps(demand, rewrites);
        if (rewrites == Rewrites.ALL) {
            steps = PoolSteps.joined(steps, demand);
            steps = ProductChains.joined(steps, demand, graph.precision());
            steps = ImageChains.joined(steps, demand, graph.precision());
        }
        Placement placement = Placement.of(values, demand, steps, graph.precision(), rewrites);
        Lowering lowering = new Lowering(values, demand, placement);
        List<Call> calls = lowering.calls(steps);
        SequencedMap<String, Output> outputs = new LinkedHashMap<>();
        demand.outputs()
                .forEach((label, view) -> outputs.put(
                        label,
                        new Output(
                                lowering.afterSnapshot(view),
                                values.output(label).shape(),
                                values.output(label).type())));
        List<Storage> storages = placement.storages().list(placement.arenaLength(), placement.indexArenaLength());
        return new Plan(
                graph.precision(),
                calls,
                storages,
                outputs,
                !values.assignments().isEmpty());
    }

    /** Which rewrites the compiler may use. */
    public enum Rewrites {
        /** Merging, fusion, epilogues, buffers shared by liveness. */
        ALL,
        /** Each node its own call and buffer: the reference that all rewrites must equal bit for bit. */
        NONE
    }

    /** A result that can be read after a run. */
    public record Output(Buffer buffer, Shape shape, ElementType type) {}

    /**
     * Allocates an arena and binds it to a state; the seed feeds the plan's draws.
     *
     * @throws IllegalArgumentException if the state lacks an array that the plan names, or has it in another shape or
     *     precision
     */
    public Execution bind(State state, long seed, Workers workers) {
        return precision == Precision.SINGLE
                ? new FloatExecution(this, state, seed, workers)
                : new DoubleExecution(this, state, seed, workers);
    }

    /** The type of all reals. */
    public Precision precision() {
        return precision;
    }

    /** The calls in order. */
    public List<Call> calls() {
        return calls;
    }

    /** The arrays that the buffers of calls refer to. */
    public List<Storage> storages() {
        return storages;
    }

    /** The results by name. */
    public SequencedMap<String, Output> outputs() {
        return outputs;
    }

    /** Whether results depend on an input of that name, which must then be set before a run. */
    public boolean hasInput(String label) {
        return storages.stream()
                .anyMatch(storage -> storage instanceof Storage.InputArray input
                        && input.label().equals(label));
    }

    /** Whether a run changes the state. Only a training plan may. */
    public boolean writesState() {
        return writesState;
    }

    /** Floating-point operations of one run (a multiply-add counts 2). */
    public long flops() {
        return calls.stream().mapToLong(Call::flops).sum();
    }

    /** Bytes that one run moves, and the least that it could. */
    public Traffic traffic() {
        return Traffic.of(this);
    }

    /** Bytes of the arena that each execution allocates. */
    public long arenaBytes() {
        return (long) storages.get(Storages.ARENA).length() * precision.bytes()
                + (long) storages.get(Storages.INDEX_ARENA).length() * Integer.BYTES;
    }

    /** Bytes of working memory that each execution on one thread allocates beside the arena: those of its neediest call. */
    public long scratchBytes() {
        ToIntFunction<Call> length = call -> precision == Precision.SINGLE
                ? FloatBinder.scratchLength(call, 1)
                : DoubleBinder.scratchLength(call, 1);
        return (long) calls.stream().mapToInt(length).max().orElse(0) * precision.bytes();
    }

    /** The schedule as text: calls, sizes, FLOPs, bytes, buffers; at the end the bytes of a run. */
    public String describe() {
        return Description.of(this);
    }

    @Override
    public String toString() {
        return describe();
    }
}
