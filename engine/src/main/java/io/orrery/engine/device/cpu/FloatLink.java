package io.orrery.engine.device.cpu;

import io.orrery.engine.kernel.ConvolutionSizes;
import io.orrery.engine.kernel.FloatConvolution;
import io.orrery.engine.kernel.FloatMatmul;
import io.orrery.engine.kernel.FloatPooling;
import io.orrery.engine.kernel.FloatReduction;
import io.orrery.engine.kernel.PoolingSizes;

/** One call of an image chain, bound to arrays and to a number of images: works on so many at a time. */
sealed interface FloatLink {
    /**
     * Works on images from the first on.
     *
     * @param first number of the first image
     * @param locals where the local buffers of the images at work begin in scratch memory
     * @param work where working memory begins there
     */
    void run(int first, int locals, int work);

    /** Where an operand lies: all its images, or those at work. */
    record Place(float[] array, int offset, int imageLength, boolean isLocal) {
        int at(int image, int locals) {
            return isLocal ? locals + offset : offset + image * imageLength;
        }
    }

    /** The same for integers, which are never local. */
    record IndexPlace(int[] array, int offset, int imageLength) {
        int at(int image) {
            return offset + image * imageLength;
        }
    }

    /** Elementwise operations on so many elements of each image. */
    record Chain(FloatProgram program, int images, int imageLength) implements FloatLink {
        @Override
        public void run(int first, int locals, int work) {
            int from = first * imageLength;
            program.run(from, from + images * imageLength, work, locals - from, true);
        }
    }

    /** A convolution. */
    record Forward(ConvolutionSizes sizes, Place from, float[] kernel, int kernelAt, Place to, float[] scratch)
            implements FloatLink {
        @Override
        public void run(int first, int locals, int work) {
            FloatConvolution.forward(
                    sizes,
                    from.array(),
                    from.at(first, locals),
                    kernel,
                    kernelAt,
                    to.array(),
                    to.at(first, locals),
                    scratch,
                    work,
                    0,
                    1);
        }
    }

    /** The gradient in a convolution's images, with the kernel as packed for all blocks. */
    record InputGradient(ConvolutionSizes sizes, Place from, float[] kernel, int kernelAt, Place to, float[] scratch)
            implements FloatLink {
        @Override
        public void run(int first, int locals, int work) {
            FloatConvolution.inputGradientPacked(
                    sizes,
                    from.array(),
                    from.at(first, locals),
                    kernel,
                    kernelAt,
                    to.array(),
                    to.at(first, locals),
                    scratch,
                    work,
                    0,
                    1);
        }
    }

    /** A product of the images' rows with a matrix, [k, n]. */
    record Rows(int images, int n, int k, Place from, float[] right, int rightAt, Place to, float[] scratch)
            implements FloatLink {
        @Override
        public void run(int first, int locals, int work) {
            FloatMatmul.multiply(
                    images,
                    n,
                    k,
                    false,
                    false,
                    from.array(),
                    from.at(first, locals),
                    right,
                    rightAt,
                    to.array(),
                    to.at(first, locals),
                    scratch,
                    work,
                    0,
                    1);
        }
    }

    /** Sums within images: over the middle axis of [outer, count, inner]. */
    record Sum(int outer, int count, int inner, Place from, Place to) implements FloatLink {
        @Override
        public void run(int first, int locals, int work) {
            FloatReduction.sum(
                    outer, count, inner, from.array(), from.at(first, locals), to.array(), to.at(first, locals), 0, 1);
        }
    }

    /** The sums of windows. */
    record WindowSum(PoolingSizes sizes, Place from, Place to) implements FloatLink {
        @Override
        public void run(int first, int locals, int work) {
            FloatPooling.windowSum(sizes, from.array(), from.at(first, locals), to.array(), to.at(first, locals), 0, 1);
        }
    }

    /** The way back from sums of windows. */
    record WindowSpread(PoolingSizes sizes, Place from, Place to) implements FloatLink {
        @Override
        public void run(int first, int locals, int work) {
            FloatPooling.windowSpread(
                    sizes, from.array(), from.at(first, locals), to.array(), to.at(first, locals), 0, 1);
        }
    }

    /** The largest pixels, or their relu, and their positions. */
    record MaximumPool(PoolingSizes sizes, float floor, Place from, IndexPlace positions, Place to)
            implements FloatLink {
        @Override
        public void run(int first, int locals, int work) {
            FloatPooling.maximum(
                    sizes,
                    from.array(),
                    from.at(first, locals),
                    positions.array(),
                    positions.at(first),
                    to.array(),
                    to.at(first, locals),
                    floor,
                    0,
                    1);
        }
    }

    /** The way back from largest pixels, through a mask. */
    record MaximumSpread(PoolingSizes sizes, Place values, Place mask, IndexPlace positions, Place to)
            implements FloatLink {
        @Override
        public void run(int first, int locals, int work) {
            FloatPooling.maximumSpread(
                    sizes,
                    values.array(),
                    values.at(first, locals),
                    mask.array(),
                    mask.at(first, locals),
                    positions.array(),
                    positions.at(first),
                    to.array(),
                    to.at(first, locals),
                    0,
                    1);
        }
    }
}
