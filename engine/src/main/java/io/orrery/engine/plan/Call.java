package io.orrery.engine.plan;

import io.orrery.engine.graph.Draw;
import io.orrery.engine.graph.Elementwise;
import io.orrery.engine.kernel.ConvolutionSizes;
import io.orrery.engine.kernel.PoolingSizes;
import java.util.List;

/**
 * One call of a kernel on buffers: all that an executor needs to know. Calls are data, independent of the precision,
 * and hold no Java callbacks.
 */
public sealed interface Call {

    /** Floating-point operations; a multiply-add counts 2, any elementwise function 1. */
    default long flops() {
        return 0;
    }

    /** Elements read and written, reals and integers alike. */
    long traffic();

    /** A chain of elementwise operations over arrays of one length, block by block. */
    record Fused(int length, int block, int registers, List<Instruction> instructions) implements Call {
        /** Copies the list. */
        public Fused {
            instructions = List.copyOf(instructions);
        }

        @Override
        public long flops() {
            long total = 0;
            for (Instruction instruction : instructions) {
                total += switch (instruction) {
                    case Instruction.Expand _ -> 0L;
                    case Instruction.Apply apply ->
                        (apply.operation() instanceof Elementwise.MultiplyAdd ? 2L : 1L) * length;
                    case Instruction.ScaledSum _ -> 2L * length;
                    case Instruction.Descent descent -> (descent.decay().isPresent() ? 6L : 4L) * length;
                };
            }
            return total;
        }

        @Override
        public long traffic() {
            long total = 0;
            for (Instruction instruction : instructions) {
                total += switch (instruction) {
                    case Instruction.Expand expand -> expand.count();
                    case Instruction.Apply apply ->
                        apply.operands().stream().mapToLong(this::memory).sum() + memory(apply.to());
                    case Instruction.ScaledSum sum -> memory(sum.factor()) + memory(sum.addend()) + memory(sum.to());
                    case Instruction.Descent descent ->
                        2 * memory(descent.weight()) + memory(descent.gradient()) + 2 * memory(descent.velocity());
                };
            }
            return total;
        }

        private long memory(Instruction.Operand operand) {
            return operand instanceof Instruction.Operand.Elements ? length : 0;
        }
    }

    /** Products of pairs of matrices, one pair or many. */
    record Multiply(
            int pairs,
            int m,
            int n,
            int k,
            boolean transposeLeft,
            boolean transposeRight,
            Buffer left,
            Buffer right,
            Buffer to)
            implements Call {
        @Override
        public long flops() {
            return 2L * pairs * m * n * k;
        }

        @Override
        public long traffic() {
            return (long) left.length() + right.length() + to.length();
        }
    }

    /**
     * A product that is not stored: strips of its rows are handed to a chain of elementwise operations while they are in the
     * cache.
     */
    record ProductChain(int m, int n, int k, boolean transposeLeft, Buffer left, Buffer right, Fused chain)
            implements Call {
        @Override
        public long flops() {
            return 2L * m * n * k + chain.flops();
        }

        @Override
        public long traffic() {
            return (long) left.length() + right.length() + chain.traffic();
        }
    }

    /** Which of a convolution's three operations. */
    enum ConvolutionKind {
        FORWARD,
        INPUT_GRADIENT,
        KERNEL_GRADIENT
    }

    /** A convolution or one of its gradients; the operands in the order of the graph's operation. */
    record Convolve(ConvolutionKind kind, ConvolutionSizes sizes, Buffer first, Buffer second, Buffer to)
            implements Call {
        @Override
        public long flops() {
            return sizes.operations();
        }

        @Override
        public long traffic() {
            return (long) first.length() + second.length() + to.length();
        }
    }

    /** Which pooling operation. */
    enum PoolingKind {
        MAXIMUM_POSITIONS,
        WINDOW_SUM,
        WINDOW_SPREAD
    }

    /** Pooling of planes; the sizes are those of the large images. */
    record Pool(PoolingKind kind, PoolingSizes sizes, Buffer from, Buffer to) implements Call {
        @Override
        public long flops() {
            int pooled = kind == PoolingKind.WINDOW_SPREAD ? from.length() : to.length();
            return (long) pooled * sizes.window().kernelY() * sizes.window().kernelX();
        }

        @Override
        public long traffic() {
            return (long) from.length() + to.length();
        }
    }

    /** The largest pixel of each window, or its relu, and its position, in one pass. */
    record MaximumPool(PoolingSizes sizes, boolean relu, Buffer from, Buffer positions, Buffer to) implements Call {
        @Override
        public long flops() {
            return (long) to.length()
                    * sizes.window().kernelY()
                    * sizes.window().kernelX();
        }

        @Override
        public long traffic() {
            return (long) from.length() + positions.length() + to.length();
        }
    }

    /**
     * Zeros with each window's number added at its position unless the mask is 0 for the window. Windows lie apart and inside
     * the images.
     */
    record MaximumSpread(PoolingSizes sizes, Buffer values, Buffer mask, Buffer positions, Buffer to) implements Call {
        @Override
        public long flops() {
            return values.length();
        }

        @Override
        public long traffic() {
            return (long) values.length() + mask.length() + positions.length() + to.length();
        }
    }

    /** Sums over the middle axis of [outer, count, inner]. */
    record Sum(int outer, int count, int inner, Buffer from, Buffer to) implements Call {
        @Override
        public long flops() {
            return (long) outer * count * inner;
        }

        @Override
        public long traffic() {
            return (long) from.length() + to.length();
        }
    }

    /** Positions of the largest elements along the middle axis of [outer, count, inner]. */
    record ArgMax(int outer, int count, int inner, Buffer from, Buffer to) implements Call {
        @Override
        public long traffic() {
            return (long) from.length() + to.length();
        }
    }

    /** Copies a box of reals from the start of one buffer to the start of another; a stride of 0 repeats. */
    record Copy(List<Integer> sizes, List<Integer> fromStrides, List<Integer> toStrides, Buffer from, Buffer to)
            implements Call {
        /** Copies the lists. */
        public Copy {
            sizes = List.copyOf(sizes);
            fromStrides = List.copyOf(fromStrides);
            toStrides = List.copyOf(toStrides);
        }

        @Override
        public long traffic() {
            return 2L * sizes.stream().reduce(1, (a, b) -> a * b);
        }
    }

    /** Fills with zeros. */
    record Clear(Buffer to) implements Call {
        @Override
        public long traffic() {
            return to.length();
        }
    }

    /** Copies integers. */
    record CopyIndices(Buffer from, Buffer to) implements Call {
        @Override
        public long traffic() {
            return 2L * to.length();
        }
    }

    /** Rows of a table of reals at positions. */
    record TakeRows(int rows, int width, Buffer table, Buffer positions, Buffer to) implements Call {
        @Override
        public long traffic() {
            return positions.length() + 2L * to.length();
        }
    }

    /** Zeros with each row of values added to the row at its position. */
    record AddRows(int rows, int width, Buffer values, Buffer positions, Buffer to) implements Call {
        @Override
        public long flops() {
            return values.length();
        }

        @Override
        public long traffic() {
            return positions.length() + 2L * values.length() + to.length();
        }
    }

    /** Elements of [outer, size, inner] at positions [outer, count, inner] along the middle axis. */
    record TakeAlong(int outer, int size, int count, int inner, Buffer values, Buffer positions, Buffer to)
            implements Call {
        @Override
        public long traffic() {
            return 3L * to.length();
        }
    }

    /** Zeros [outer, size, inner] with values [outer, count, inner] added at positions along the middle axis. */
    record AddAlong(int outer, int size, int count, int inner, Buffer values, Buffer positions, Buffer to)
            implements Call {
        @Override
        public long flops() {
            return values.length();
        }

        @Override
        public long traffic() {
            return 3L * values.length() + to.length();
        }
    }

    /** Integers as rows with a single 1. */
    record OneHot(int classes, Buffer positions, Buffer to) implements Call {
        @Override
        public long traffic() {
            return (long) positions.length() + to.length();
        }
    }

    /** 1 where two arrays of integers agree, else 0. */
    record SameIndex(Buffer left, Buffer right, Buffer to) implements Call {
        @Override
        public long traffic() {
            return 3L * to.length();
        }
    }

    /** Integers of a table at positions. */
    record TakeIndices(Buffer table, Buffer positions, Buffer to) implements Call {
        @Override
        public long traffic() {
            return 3L * to.length();
        }
    }

    /** Random numbers of a stream at the step found in a buffer of one integer. */
    record Random(Draw.Distribution distribution, String stream, Buffer step, Buffer to) implements Call {
        @Override
        public long flops() {
            return 20L * to.length();
        }

        @Override
        public long traffic() {
            return to.length();
        }
    }
}
