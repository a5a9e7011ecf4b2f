package io.orrery.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.orrery.engine.graph.Elementwise.BinaryFunction;
import io.orrery.engine.graph.Elementwise.UnaryFunction;
import io.orrery.engine.graph.Window;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Bits stay the same from the first, interpreted call to the compiled ones, and at the machine's own vector width the
 * compiled ones allocate nothing. The double twin runs in the same JVM.
 */
@Tag("kernel")
class FloatStabilityTest {
    private static final int LENGTH = 83;
    private static final Window HALVING = Window.square(2, 2, 0);
    private static final PoolingSizes TWO_PLANES = new PoolingSizes(2, 4, 10, HALVING);
    private static final PoolingSizes FOUR_PLANES = new PoolingSizes(4, 2, 6, HALVING);
    private static final PoolingSizes ONE_PLANE = new PoolingSizes(1, 2, 41, HALVING);
    private static final int ROUND = 500;
    private static final int FEW_ROUNDS = 4;
    private static final long PATIENCE_NANOS = 40_000_000_000L;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final float[] a = numbers(1);
    private final float[] b = numbers(2);
    private final float[] c = numbers(3);
    private final float[] nothing = new float[LENGTH];
    private final float[] weight = numbers(4);
    private final float[] velocity = numbers(5);
    private final int[] positions = new int[40];
    private final float[] out = new float[64 * LENGTH];

    @Test
    void elementwise() {
        staysTheSame(this::everyFunction);
    }

    @Test
    void sums() {
        staysTheSame(this::everySum);
    }

    @Test
    void pooling() {
        staysTheSame(this::everyPooling);
    }

    private void everyPooling() {
        FloatPooling.maximumPositions(TWO_PLANES, a, 0, positions, 0, 0, 1);
        FloatPooling.maximumPositions(FOUR_PLANES, a, 0, positions, 0, 0, 1);
        FloatPooling.maximumPositions(ONE_PLANE, a, 0, positions, 20, 0, 1);
        FloatPooling.maximum(TWO_PLANES, a, 0, positions, 0, out, 200, 0, 0, 1);
        FloatPooling.maximum(ONE_PLANE, a, 0, positions, 20, out, 240, Float.NEGATIVE_INFINITY, 0, 1);
        FloatPooling.maximumSpread(ONE_PLANE, a, 0, b, 0, positions, 20, out, 300, 0, 1);
        FloatIndexing.takeAlong(2, 40, 10, 1, a, 0, positions, 0, out, 0, 0, 1);
        FloatIndexing.addAlong(2, 40, 10, 1, a, 0, positions, 0, out, 20, 0, 1);
        FloatIndexing.takeAlong(1, LENGTH, 20, 1, a, 0, positions, 20, out, 100, 0, 1);
    }

    private void everyFunction() {
        int to = 0;
        for (UnaryFunction function : UNARY) {
            FloatElementwise.unary(function, a, 0, out, to, LENGTH);
            to += LENGTH;
        }
        for (BinaryFunction function : BINARY) {
            FloatElementwise.binary(function, a, 0, b, 0, out, to, LENGTH);
            FloatElementwise.binaryScalarLeft(function, 0.7f, a, 0, out, to + LENGTH, LENGTH);
            FloatElementwise.binaryScalarRight(function, a, 0, 0.7f, out, to + 2 * LENGTH, LENGTH);
            to += 3 * LENGTH;
        }
        FloatElementwise.select(a, 0, b, 0, c, 0, out, to, LENGTH);
        FloatElementwise.multiplyAdd(a, 0, b, 0, c, 0, out, to + LENGTH, LENGTH);
        FloatScaledSums.add(a, 0, 0.7f, b, 0, out, to + 2 * LENGTH, LENGTH);
        FloatScaledSums.subtract(a, 0, 0.7f, b, 0, out, to + 3 * LENGTH, LENGTH);
        FloatScaledSums.fused(a, 0, 0.7f, b, 0, out, to + 4 * LENGTH, LENGTH);
        // A rate of 0 keeps weights and velocity as they are, and so the bits of every round.
        FloatDescents.descend(weight, 0, nothing, 0, velocity, 0, 1, 0, LENGTH);
        FloatDescents.decayed(weight, 0, nothing, 0, velocity, 0, 0, 1, 0, LENGTH);
        System.arraycopy(velocity, 0, out, to + 5 * LENGTH, LENGTH);
    }

    private void everySum() {
        FloatReduction.sum(1, LENGTH, 1, a, 0, out, 0, 0, 1);
        FloatReduction.sum(8, 10, 1, a, 0, out, 1, 0, 1);
        FloatReduction.sum(1, 2, LENGTH / 2, a, 0, out, 9, 0, 1);
        FloatReduction.sum(2, 3, 13, a, 0, out, 60, 0, 1);
    }

    private static final UnaryFunction[] UNARY = UnaryFunction.values();
    private static final BinaryFunction[] BINARY = BinaryFunction.values();

    /**
     * Rounds go on until one allocates less than a byte a call (asking costs a few bytes): the compiler works in the
     * background and takes what time it takes; patience is counted in processor time, as on a loaded machine both get little.
     * Only kernels that box for ever use up the patience. At widths that are not
     * the machine's own a few rounds show that the bits stay.
     */
    private void staysTheSame(Runnable kernels) {
        kernels.run();
        long[] first = Bits.of(out);
        long last = 0;
        boolean preferred = VectorWidth.BITS == Math.min(512, FloatVector.SPECIES_PREFERRED.vectorBitSize());
        long start = THREADS.getCurrentThreadCpuTime();
        for (int round = 0;
                round < FEW_ROUNDS || preferred && THREADS.getCurrentThreadCpuTime() - start < PATIENCE_NANOS;
                round++) {
            long before = allocated();
            for (int call = 0; call < ROUND; call++) {
                kernels.run();
            }
            long bytes = allocated() - before;
            last = bytes;
            assertThat(Arrays.equals(Bits.of(out), first)).as("round %d", round).isTrue();
            if (bytes < ROUND) {
                return;
            }
        }
        assertThat(preferred)
                .as("every round allocated, the last %d bytes", last)
                .isFalse();
    }

    private static long allocated() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }

    private static float[] numbers(int seed) {
        Random random = new Random(seed);
        float[] numbers = new float[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            numbers[i] = (float) (random.nextGaussian() * Math.exp(2 * random.nextGaussian()));
        }
        return numbers;
    }
}
