package io.orrery.bench.peer;

import static org.bytedeco.pytorch.global.torch.get_num_threads;
import static org.bytedeco.pytorch.global.torch.set_num_threads;

import java.util.Locale;
import org.bytedeco.openblas.global.openblas;

/** libtorch, through its JavaCPP binding, in this process. */
public final class Torch {
    private Torch() {}

    /** Sets how many threads its kernels use: OpenMP's, and those of OpenBLAS, which has a pool of its own. */
    public static void threads(int threads) {
        set_num_threads(threads);
        openblas.blas_set_num_threads(threads);
    }

    /** What the measurements are made against, for the table's heading. */
    public static String describe() {
        return "libtorch 2.10 by JavaCPP (OpenBLAS, oneDNN), " + get_num_threads() + " thread(s), OpenBLAS "
                + openblas.blas_get_num_threads();
    }

    /** How threads of libtorch that have nothing to do wait, which they would also do while the other side is timed if turns did not begin with a rest. */
    public static String waiting() {
        String policy = System.getenv("OMP_WAIT_POLICY");
        String openmp = switch (policy == null ? "" : policy.toLowerCase(Locale.ROOT)) {
            case "" ->
                "OMP_WAIT_POLICY is not set: with two threads, idle OpenMP threads spin for some milliseconds, then sleep";
            case "passive" -> "OMP_WAIT_POLICY=passive: idle OpenMP threads sleep at once";
            default -> "OMP_WAIT_POLICY=" + policy + ": idle OpenMP threads spin and keep their cores busy";
        };
        return openmp + "; OpenBLAS's spin for a while (7 to 32 ms seen), then sleep";
    }
}
