package io.orrery.bench;

import io.orrery.engine.graph.Precision;
import java.util.Arrays;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Arrays of doubles to tensors of libtorch and back. */
final class Tensors {
    private Tensors() {}

    /** Row-major values rounded to a precision. */
    static Tensor of(Precision precision, double[] values, long... shape) {
        return Tensor.create(values, shape).to(type(precision));
    }

    /** Row-major integers. */
    static Tensor ofIndices(int[] values) {
        return Tensor.create(Arrays.stream(values).asLongStream().toArray(), values.length);
    }

    /** Row-major values. */
    static double[] values(Tensor tensor) {
        try (PointerScope scope = new PointerScope()) {
            Tensor copy = tensor.detach().to(ScalarType.Double).contiguous();
            double[] values = new double[Math.toIntExact(copy.numel())];
            new DoublePointer(copy.data_ptr_double()).get(values);
            return values;
        }
    }

    static ScalarType type(Precision precision) {
        return precision == Precision.SINGLE ? ScalarType.Float : ScalarType.Double;
    }
}
