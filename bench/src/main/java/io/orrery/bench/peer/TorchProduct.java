package io.orrery.bench.peer;

import static org.bytedeco.pytorch.global.torch.matmul;
import static org.bytedeco.pytorch.global.torch.randn;

import io.orrery.bench.RepeatableWork;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** One matrix product in libtorch (OpenBLAS). */
public final class TorchProduct implements RepeatableWork {
    private final Tensor left;
    private final Tensor right;

    /** [m, k] x [k, n]; a transposed side is a view, as PyTorch's dense layers have it. */
    public TorchProduct(int m, int n, int k, boolean transposeLeft, boolean transposeRight, boolean doubles) {
        TensorOptions type = new TensorOptions(doubles ? ScalarType.Double : ScalarType.Float);
        left = transposeLeft ? randn(new long[] {k, m}, type).t() : randn(new long[] {m, k}, type);
        right = transposeRight ? randn(new long[] {n, k}, type).t() : randn(new long[] {k, n}, type);
    }

    @Override
    public void run() {
        try (PointerScope scope = new PointerScope()) {
            matmul(left, right);
        }
    }
}
