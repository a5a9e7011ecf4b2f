package io.orrery.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A kernel in a JVM of its own, timed by JMH. Single repetitions are timed and the fast ones count: another program that
 * takes the core now and then lengthens the others only.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class GuardedKernel {
    /** Name of a guard. */
    @Param("product")
    public String guard = "product";

    private RepeatableWork work = () -> {};

    /** Makes the operands. */
    @Setup
    public void prepare() {
        work = Guards.named(guard).work().get();
    }

    /** One repetition. */
    @Benchmark
    public void kernel() {
        work.run();
    }
}
