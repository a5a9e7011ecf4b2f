package io.orrery.bench.peer;

import static org.bytedeco.pytorch.global.torch.get_num_threads;
import static org.bytedeco.pytorch.global.torch.set_num_threads;

/** libtorch, through its JavaCPP binding, in this process. */
public final class Torch {
    private Torch() {}

    /** Sets how many threads its kernels use. Waiting OpenMP threads spin unless OMP_WAIT_POLICY is passive. */
    public static void threads(int threads) {
        set_num_threads(threads);
    }

    /** What the measurements are made against, for the table's heading. */
    public static String describe() {
        String wait = System.getenv("OMP_WAIT_POLICY");
        return "libtorch 2.10 (OpenBLAS, oneDNN), " + get_num_threads() + " thread(s), OMP_WAIT_POLICY "
                + (wait == null ? "not set" : wait);
    }
}
