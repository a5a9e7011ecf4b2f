package io.orrery.engine.device.cpu;

import io.orrery.engine.graph.Precision;
import io.orrery.engine.plan.Execution;
import io.orrery.engine.plan.Networks;
import io.orrery.engine.plan.Plan;
import io.orrery.engine.plan.compile.Compiler;
import io.orrery.engine.state.State;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.SplittableRandom;

/**
 * Times the training step of a 20-32-32-1 network at batch 4, where nearly all is dispatch; prints its plan first. Not
 * a test: run it by hand.
 */
final class TinyStepMain {
    private TinyStepMain() {}

    public static void main(String[] arguments) {
        Precision precision = Precision.valueOf(arguments.length > 0 ? arguments[0] : "DOUBLE");
        Networks.Network network = Networks.perceptron(precision, 64, 4, 20, 32, 32, 1);
        State state = network.state();
        Plan plan = Compiler.compile(network.graph());
        System.out.println(plan.describe());
        Execution execution = Cpu.single().bind(plan, state, 1);
        SplittableRandom random = new SplittableRandom(2);
        execution.set("images", random.doubles(64 * 20).toArray());
        execution.set("targets", random.doubles(64).toArray());
        execution.setScalar("decay", 1e-3);
        int[] rows = random.ints(4 * 1000, 0, 64).toArray();
        // The thread's own time: other work on the machine counts less.
        ThreadMXBean clock = ManagementFactory.getThreadMXBean();
        for (int round = 0; round < 30; round++) {
            long start = clock.getCurrentThreadCpuTime();
            int steps = 100_000;
            for (int step = 0; step < steps; step++) {
                execution.setScalar("rate", 1e-3);
                execution.setIndices("rows", rows, 4 * (step % 1000));
                execution.run();
            }
            System.out.printf(
                    "%.2f us a step, loss %.4f%n",
                    (clock.getCurrentThreadCpuTime() - start) / 1e3 / steps, execution.scalar("loss"));
        }
    }
}
