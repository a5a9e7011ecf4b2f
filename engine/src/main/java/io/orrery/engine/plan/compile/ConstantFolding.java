package io.orrery.engine.plan.compile;

import io.orrery.engine.graph.Elementwise;
import io.orrery.engine.graph.Leaf;
import io.orrery.engine.graph.Precision;
import io.orrery.engine.kernel.DoubleElementwise;
import io.orrery.engine.kernel.FloatElementwise;
import java.util.List;

/** Elementwise functions of scalar constants, computed by the kernels that a run would use, hence with their bits. */
final class ConstantFolding {
    private ConstantFolding() {}

    static double apply(Precision precision, Elementwise operation, List<Value> constants) {
        double[] operands = constants.stream()
                .mapToDouble(
                        value -> ((Leaf.Constant) value.operation()).values().getFirst())
                .toArray();
        return precision == Precision.SINGLE ? single(operation, operands) : inDouble(operation, operands);
    }

    private static double single(Elementwise operation, double[] operands) {
        float[] x = new float[4];
        for (int i = 0; i < operands.length; i++) {
            x[i] = (float) operands[i];
        }
        switch (operation) {
            case Elementwise.Unary unary -> FloatElementwise.unary(unary.function(), x, 0, x, 3, 1);
            case Elementwise.Binary binary -> FloatElementwise.binary(binary.function(), x, 0, x, 1, x, 3, 1);
            case Elementwise.Select _ -> FloatElementwise.select(x, 0, x, 1, x, 2, x, 3, 1);
            case Elementwise.MultiplyAdd _ -> FloatElementwise.multiplyAdd(x, 0, x, 1, x, 2, x, 3, 1);
        }
        return x[3];
    }

    private static double inDouble(Elementwise operation, double[] operands) {
        double[] x = java.util.Arrays.copyOf(operands, 4);
        switch (operation) {
            case Elementwise.Unary unary -> DoubleElementwise.unary(unary.function(), x, 0, x, 3, 1);
            case Elementwise.Binary binary -> DoubleElementwise.binary(binary.function(), x, 0, x, 1, x, 3, 1);
            case Elementwise.Select _ -> DoubleElementwise.select(x, 0, x, 1, x, 2, x, 3, 1);
            case Elementwise.MultiplyAdd _ -> DoubleElementwise.multiplyAdd(x, 0, x, 1, x, 2, x, 3, 1);
        }
        return x[3];
    }
}
