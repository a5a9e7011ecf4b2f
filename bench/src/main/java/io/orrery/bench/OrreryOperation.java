package io.orrery.bench;

import io.orrery.engine.device.cpu.Cpu;
import io.orrery.engine.plan.compile.Compiler;
import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.plan.Execution;
import io.orrery.engine.random.RandomStream;
import io.orrery.engine.state.State;
import io.orrery.engine.state.StateLayout;
import io.orrery.engine.worker.Workers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/** A single operation as a plan of the engine. */
final class OrreryOperation implements RepeatableWork {
    private final Execution execution;

    /**
     * Compiles the operation.
     *
     * @param shapes of its operands, which are filled with normal numbers
     * @param operation from the graph and the operands to the result
     */
    OrreryOperation(
            Precision precision, List<Shape> shapes, BiFunction<Graph, List<Node>, Node> operation, Workers workers) {
        Graph graph = new Graph(precision);
        List<Node> operands = IntStream.range(0, shapes.size())
                .mapToObj(i -> graph.input("operand" + i, shapes.get(i)))
                .toList();
        graph.output("result", operation.apply(graph, operands));
        State empty = new State(new StateLayout(precision, new LinkedHashMap<>()));
        execution = new Cpu(workers).bind(Compiler.compile(graph), empty, 1);
        for (int i = 0; i < shapes.size(); i++) {
            String name = "operand" + i;
            execution.set(
                    name, RandomStream.of(1, name).normals(0, shapes.get(i).count()));
        }
    }

    /** One matrix product. */
    static OrreryOperation product(
            int m, int n, int k, boolean transposeLeft, boolean transposeRight, Precision precision, Workers workers) {
        return new OrreryOperation(
                precision,
                List.of(
                        transposeLeft ? Shape.of(k, m) : Shape.of(m, k),
                        transposeRight ? Shape.of(n, k) : Shape.of(k, n)),
                (_, operands) -> operands.get(0).matmul(operands.get(1), transposeLeft, transposeRight),
                workers);
    }

    @Override
    public void run() {
        execution.run();
    }
}
