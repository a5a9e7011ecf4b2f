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
    }

    /**
     * Calls that work image by image, done one after the other for a few images at a time: what they pass on is still in the
     * cache. Every array that they read or write has a stretch for each image, but for kernels, numbers, and what is expanded.
     *
     * @param images in all
     * @param block images that are taken together, unless the parts need smaller shares; the last ones may be fewer
     * @param calls elementwise chains, convolutions and their gradients, poolings, sums within images, products of their rows
     */
    record ImageChain(int images, int block, List<Call> calls) implements Call {
        /** Copies the list. */
        public ImageChain {
            calls = List.copyOf(calls);
        }

        @Override
        public long flops() {
            return calls.stream().mapToLong(Call::flops).sum();
        }

        /** Elements of working memory for what a block's calls pass on. */
        public int localLength() {
            return calls.stream()
                    .flatMap(call -> Accesses.results(call).stream())
                    .map(Accesses.Access::buffer)
                    .filter(Buffer::isLocal)
                    .mapToInt(buffer -> buffer.offset() + buffer.length() / images * block)
                    .max()
                    .orElse(0);
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
    }

    /** The largest pixel of each window, or its relu, and its position, in one pass. */
    record MaximumPool(PoolingSizes sizes, boolean relu, Buffer from, Buffer positions, Buffer to) implements Call {
        @Override
        public long flops() {
            return (long) to.length()
                    * sizes.window().kernelY()
                    * sizes.window().kernelX();
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
    }

    /** Sums over the middle axis of [outer, count, inner]. */
    record Sum(int outer, int count, int inner, Buffer from, Buffer to) implements Call {
        @Override
        public long flops() {
            return (long) outer * count * inner;
        }
    }

    /** Positions of the largest elements along the middle axis of [outer, count, inner]. */
    record ArgMax(int outer, int count, int inner, Buffer from, Buffer to) implements Call {}

    /** Copies a box of reals from the start of one buffer to the start of another; a stride of 0 repeats. */
    record Copy(List<Integer> sizes, List<Integer> fromStrides, List<Integer> toStrides, Buffer from, Buffer to)
            implements Call {
        /** Copies the lists. */
        public Copy {
            sizes = List.copyOf(sizes);
            fromStrides = List.copyOf(fromStrides);
            toStrides = List.copyOf(toStrides);
        }
    }

    /** Fills with zeros. */
    record Clear(Buffer to) implements Call {}

    /** Copies integers. */
    record CopyIndices(Buffer from, Buffer to) implements Call {}

    /** Rows of a table of reals at positions. */
    record TakeRows(int rows, int width, Buffer table, Buffer positions, Buffer to) implements Call {}

    /** Zeros with each row of values added to the row at its position. */
    record AddRows(int rows, int width, Buffer values, Buffer positions, Buffer to) implements Call {
        @Override
        public long flops() {
            return values.length();
        }
    }

    /** Elements of [outer, size, inner] at positions [outer, count, inner] along the middle axis. */
    record TakeAlong(int outer, int size, int count, int inner, Buffer values, Buffer positions, Buffer to)
            implements Call {}

    /** Zeros [outer, size, inner] with values [outer, count, inner] added at positions along the middle axis. */
    record AddAlong(int outer, int size, int count, int inner, Buffer values, Buffer positions, Buffer to)
            implements Call {
        @Override
        public long flops() {
            return values.length();
        }
    }

    /** Integers as rows with a single 1. */
    record OneHot(int classes, Buffer positions, Buffer to) implements Call {}

    /** 1 where two arrays of integers agree, else 0. */
    record SameIndex(Buffer left, Buffer right, Buffer to) implements Call {}

    /** Integers of a table at positions. */
    record TakeIndices(Buffer table, Buffer positions, Buffer to) implements Call {}

    /** Random numbers of a stream at the step found in a buffer of one integer. */
    record Random(Draw.Distribution distribution, String stream, Buffer step, Buffer to) implements Call {
        @Override
        public long flops() {
            return 20L * to.length();
        }
    }
}
