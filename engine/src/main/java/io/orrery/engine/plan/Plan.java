package io.orrery.engine.plan;

import io.orrery.engine.graph.Graph;
import io.orrery.engine.state.State;
import io.orrery.engine.worker.Workers;

/** A compiled graph: an immutable list of kernel calls on buffers placed ahead of time. Shareable among threads. */
public final class Plan {
    /** Compiles the outputs and assignments of a graph with all rewrites. */
    public static Plan compile(Graph graph) {
        return compile(graph, Rewrites.ALL);
    }

    /** Compiles with all or no rewrites; the bits of every result are the same. */
    public static Plan compile(Graph graph, Rewrites rewrites) {
        throw new UnsupportedOperationException("compile " + graph + rewrites);
    }

    /** Which rewrites the compiler may use. */
    public enum Rewrites {
        /** Merging, fusion, epilogues, buffers shared by liveness. */
        ALL,
        /** Each node its own call and buffer: the reference that all rewrites must equal bit for bit. */
        NONE
    }

    /** Allocates an arena and binds it to a state; the seed feeds the plan's draws. */
    public Execution bind(State state, long seed, Workers workers) {
        throw new UnsupportedOperationException("bind " + state + seed + workers);
    }

    /** Floating-point operations of one run (a multiply-add counts 2). */
    public long flops() {
        throw new UnsupportedOperationException();
    }

    /** Bytes of the arena that each execution allocates. */
    public long arenaBytes() {
        throw new UnsupportedOperationException();
    }

    /** The schedule as text: calls, shapes, FLOPs, bytes, buffers. */
    public String describe() {
        throw new UnsupportedOperationException();
    }
}
