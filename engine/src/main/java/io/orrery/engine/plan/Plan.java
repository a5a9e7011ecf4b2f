package io.orrery.engine.plan;

import io.orrery.engine.graph.ElementType;
import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import java.util.Collections;
import java.util.List;
import java.util.SequencedMap;

/** A compiled graph: an immutable list of kernel calls on buffers placed ahead of time. Shareable among threads. */
public final class Plan {
    private final Precision precision;
    private final List<Call> calls;
    private final List<Storage> storages;
    private final SequencedMap<String, Output> outputs;
    private final boolean writesState;

    /**
     * A plan as a compiler makes it.
     *
     * @param storages the arrays that the buffers of calls refer to, by position
     * @param writesState whether a run changes the state
     */
    public Plan(
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

    /** A result that can be read after a run. */
    public record Output(Buffer buffer, Shape shape, ElementType type) {}

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

    /** The schedule as text: calls, sizes, FLOPs, bytes, buffers; at the end the bytes of a run. */
    public String describe() {
        return Description.of(this);
    }

    @Override
    public String toString() {
        return describe();
    }
}
