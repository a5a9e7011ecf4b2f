package io.orrery.engine.plan.compile;

import io.orrery.engine.graph.Graph;
import io.orrery.engine.plan.Call;
import io.orrery.engine.plan.Plan;
import io.orrery.engine.plan.Plan.Output;
import io.orrery.engine.plan.compile.Rewrites.Pass;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Makes plans of graphs. */
public final class Compiler {
    private Compiler() {}

    /** Compiles the outputs and assignments of a graph with all rewrites. */
    public static Plan compile(Graph graph) {
        return compile(graph, Rewrites.ALL);
    }

    /** Compiles with some rewrites; the bits of every result are the same with any. */
    public static Plan compile(Graph graph, Rewrites rewrites) {
        LiveValues values = LiveValues.of(graph, rewrites);
        if (rewrites.use(Pass.POOLED_RELU)) {
            values = PooledRelu.movedBehindPools(values);
        }
        Demand demand = Demand.of(values, rewrites);
        List<Step> steps = Fusion.steps(demand, rewrites);
        if (rewrites.use(Pass.POOL_STEPS)) {
            steps = PoolSteps.joined(steps, demand);
        }
        if (rewrites.use(Pass.PRODUCT_CHAINS)) {
            steps = ProductChains.joined(steps, demand, graph.precision());
        }
        if (rewrites.use(Pass.IMAGE_CHAINS)) {
            steps = ImageChains.joined(steps, demand, graph.precision());
        }
        Placement placement = Placement.of(values, demand, steps, graph.precision(), rewrites);
        Lowering lowering = new Lowering(values, demand, placement);
        List<Call> calls = lowering.calls(steps);
        return new Plan(
                graph.precision(),
                calls,
                placement.storages().list(placement.arenaLength(), placement.indexArenaLength()),
                outputs(values, demand, lowering),
                !values.assignments().isEmpty());
    }

    private static SequencedMap<String, Output> outputs(LiveValues values, Demand demand, Lowering lowering) {
        SequencedMap<String, Output> outputs = new LinkedHashMap<>();
        demand.outputs()
                .forEach((label, view) -> outputs.put(
                        label,
                        new Output(
                                lowering.afterSnapshot(view),
                                values.output(label).shape(),
                                values.output(label).type())));
        return outputs;
    }
}
