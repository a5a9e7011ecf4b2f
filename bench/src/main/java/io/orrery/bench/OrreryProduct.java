package io.orrery.bench;

import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.plan.Execution;
import io.orrery.engine.plan.Plan;
import io.orrery.engine.random.RandomStream;
import io.orrery.engine.state.State;
import io.orrery.engine.state.StateLayout;
import io.orrery.engine.worker.Workers;
import java.util.LinkedHashMap;

/** One matrix product as a plan of the engine. */
final class OrreryProduct implements Work {
    private final Execution execution;

    OrreryProduct(int m, int n, int k, boolean transposeLeft, boolean transposeRight, Workers workers) {
        Graph graph = new Graph(Precision.SINGLE);
        Node left = graph.input("left", transposeLeft ? Shape.of(k, m) : Shape.of(m, k));
        Node right = graph.input("right", transposeRight ? Shape.of(n, k) : Shape.of(k, n));
        graph.output("product", left.matmul(right, transposeLeft, transposeRight));
        State empty = new State(new StateLayout(Precision.SINGLE, new LinkedHashMap<>()));
        execution = Plan.compile(graph).bind(empty, 1, workers);
        execution.set("left", RandomStream.of(1, "left").normals(0, m * k));
        execution.set("right", RandomStream.of(1, "right").normals(0, k * n));
    }

    @Override
    public void run() {
        execution.run();
    }
}
