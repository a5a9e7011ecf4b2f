package io.orrery.engine.random;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Bits stay the same from the first, interpreted call to the compiled ones, which allocate nothing. */
class RandomStabilityTest {
    private static final int LENGTH = 333;
    private static final int ROUND = 500;
    private static final long PATIENCE_NANOS = 40_000_000_000L;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final float[] singles = new float[2 * LENGTH];
    private final float[] singleScratch = new float[FloatRandom.SCRATCH];
    private final FloatRandom singleRandom = new FloatRandom(5);
    private final double[] doubles = new double[2 * LENGTH];
    private final double[] doubleScratch = new double[DoubleRandom.SCRATCH];
    private final DoubleRandom doubleRandom = new DoubleRandom(5);

    @Test
    void drawsStayTheSameAndAllocateNothingOnceCompiled() {
        draw();
        float[] firstSingles = singles.clone();
        double[] firstDoubles = doubles.clone();
        // Patience is counted in processor time: on a loaded machine the compiler gets little, and so does this.
        long start = THREADS.getCurrentThreadCpuTime();
        long allocated = Long.MAX_VALUE;
        // Asking costs a few bytes.
        while (allocated >= ROUND && THREADS.getCurrentThreadCpuTime() - start < PATIENCE_NANOS) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int call = 0; call < ROUND; call++) {
                draw();
            }
            allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
            assertThat(Arrays.equals(singles, firstSingles)).isTrue();
            assertThat(Arrays.equals(doubles, firstDoubles)).isTrue();
        }
        assertThat(allocated).isLessThan(ROUND);
    }

    private void draw() {
        singleRandom.uniform(7, singles, 0, LENGTH, 0, 1);
        singleRandom.normal(7, singles, LENGTH, LENGTH, singleScratch, 0, 0, 1);
        doubleRandom.uniform(7, doubles, 0, LENGTH, 0, 1);
        doubleRandom.normal(7, doubles, LENGTH, LENGTH, doubleScratch, 0, 0, 1);
    }
}
