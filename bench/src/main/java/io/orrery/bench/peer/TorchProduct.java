package io.orrery.bench.peer;

import static org.bytedeco.pytorch.global.torch.matmul;
import static org.bytedeco.pytorch.global.torch.randn;

import io.orrery.bench.Work;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/** One matrix product in libtorch (OpenBLAS). */
public final class TorchProduct implements Work {
    private final Tensor left;
    private final Tensor right;

    /** [m, k] x [k, n]; a transposed side is a view, as PyTorch's dense layers have it. */
    public TorchProduct(int m, int n, int k, boolean transposeLeft, boolean transposeRight) {
        left = transposeLeft ? randn(k, m).t() : randn(m, k);
        right = transposeRight ? randn(n, k).t() : randn(k, n);
    }

    @Override
    public void run() {
        try (PointerScope scope = new PointerScope()) {
            matmul(left, right);
        }
    }
}
