package io.orrery.engine.device.cpu;

import io.orrery.engine.kernel.ConvolutionSizes;
import io.orrery.engine.kernel.FloatConvolution;
import io.orrery.engine.kernel.FloatMatmul;
import io.orrery.engine.plan.Call;
import io.orrery.engine.plan.Storages;
import java.util.Set;

/**
 * How the scratch memory of an image chain is divided: the local buffers of each part's images; what each link keeps from
 * block to block, packed kernels and transposed weights once for all parts, sums of kernel gradients for each; and working
 * memory for each part, which the links use in turn.
 */
final class FloatChainScratch {
    private static final int ALIGNMENT = 16;

    private final int localStride;
    private final int[] keptAt;
    private final int[] keptStride;
    private final int workAt;
    private final int workStride;
    private final int length;

    FloatChainScratch(Call.ImageChain chain, int parts) {
        Set<Integer> shares = new Rounds(chain.images(), chain.block(), parts).shares();
        this.keptAt = new int[chain.calls().size()];
        this.keptStride = new int[keptAt.length];
        this.localStride = aligned(chain.localLength());
        int at = Math.multiplyExact(localStride, parts);
        int work = 0;
        for (int i = 0; i < keptAt.length; i++) {
            keptAt[i] = at;
            Call call = chain.calls().get(i);
            if (call instanceof Call.Convolve convolve) {
                boolean isSum = convolve.kind() == Call.ConvolutionKind.KERNEL_GRADIENT;
                keptStride[i] = aligned(kept(convolve));
                at = Math.addExact(at, keptStride[i] * (isSum ? parts : 1));
                for (int images : shares) {
                    work = Math.max(work, work(convolve.kind(), convolve.sizes().withBatch(images)));
                }
            } else if (call instanceof Call.Multiply product) {
                keptStride[i] = product.transposeRight() ? aligned(product.n() * product.k()) : 0;
                at = Math.addExact(at, keptStride[i]);
                work = Math.max(work, FloatMatmul.scratchLength(chain.block(), product.n(), product.k(), false, false));
            } else if (call instanceof Call.Fused fused) {
                work = Math.max(work, FloatProgram.scratchLength(fused));
            }
        }
        this.workAt = at;
        this.workStride = aligned(work);
        this.length = Math.addExact(at, Math.multiplyExact(workStride, parts));
    }

    /** Elements in all. */
    int length() {
        return length;
    }

    /** Where the local buffers of a part's images begin. */
    int localsAt(int part) {
        return part * localStride;
    }

    /** Whether a link keeps anything: if it is no sum, then its second operand as it is used. */
    boolean keeps(int link) {
        return keptStride[link] > 0;
    }

    /** Where a part finds what a link keeps; kernels are packed as if by part 0. */
    int keptAt(int link, int part) {
        return keptAt[link] + part * keptStride[link];
    }

    /** Where the working memory of a part begins. */
    int workAt(int part) {
        return workAt + part * workStride;
    }

    private static int kept(Call.Convolve convolve) {
        return switch (convolve.kind()) {
            case FORWARD -> 0;
            case INPUT_GRADIENT -> FloatConvolution.packedKernel(convolve.sizes());
            case KERNEL_GRADIENT -> FloatConvolution.kernelGradientSums(convolve.sizes());
        };
    }

    private static int work(Call.ConvolutionKind kind, ConvolutionSizes sizes) {
        return switch (kind) {
            case FORWARD -> FloatConvolution.forwardScratch(sizes);
            case INPUT_GRADIENT -> FloatConvolution.packedScratch(sizes);
            case KERNEL_GRADIENT -> FloatConvolution.kernelGradientWork(sizes);
        };
    }

    private static int aligned(int count) {
        return Storages.aligned(count, ALIGNMENT);
    }
}
