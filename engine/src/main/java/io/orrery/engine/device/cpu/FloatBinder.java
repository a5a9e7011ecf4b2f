package io.orrery.engine.device.cpu;

import io.orrery.engine.graph.Draw;
import io.orrery.engine.kernel.ConvolutionSizes;
import io.orrery.engine.kernel.FloatConvolution;
import io.orrery.engine.kernel.FloatMatmul;
import io.orrery.engine.kernel.FloatMovement;
import io.orrery.engine.kernel.FloatPooling;
import io.orrery.engine.kernel.FloatReduction;
import io.orrery.engine.kernel.PoolingSizes;
import io.orrery.engine.plan.Call;
import io.orrery.engine.plan.Storages;
import io.orrery.engine.random.FloatRandom;
import io.orrery.engine.random.RandomStream;
import io.orrery.engine.worker.Workers;
import java.util.List;

/** Turns calls into steps: finds the arrays and offsets of their buffers once, ahead of all runs. */
final class FloatBinder {
    private static final int ALIGNMENT = 16;

    private final FloatMemory memory;
    private final float[] scratch;
    private final long seed;
    private final Workers workers;
    private final FloatIndexBinder indexing;

    FloatBinder(FloatMemory memory, float[] scratch, long seed, Workers workers) {
        this.memory = memory;
        this.scratch = scratch;
        this.seed = seed;
        this.workers = workers;
        this.indexing = new FloatIndexBinder(memory);
    }

    /** Elements of scratch memory that a call needs, which so many parts share. */
    static int scratchLength(Call call, int parts) {
        return call instanceof Call.ImageChain chain
                ? FloatImageChain.scratchLength(chain, parts)
                : Math.multiplyExact(Storages.aligned(partLength(call), ALIGNMENT), parts);
    }

    /** Elements of scratch memory that each part of a call needs. */
    private static int partLength(Call call) {
        return switch (call) {
            case Call.Fused fused -> FloatProgram.scratchLength(fused);
            case Call.Multiply multiply ->
                FloatMatmul.scratchLength(
                        multiply.m(), multiply.n(), multiply.k(), multiply.transposeLeft(), multiply.transposeRight());
            case Call.ProductChain chain -> FloatProductChain.scratchLength(chain);
            case Call.Convolve convolve ->
                switch (convolve.kind()) {
                    case FORWARD -> FloatConvolution.forwardScratch(convolve.sizes());
                    case INPUT_GRADIENT -> FloatConvolution.inputGradientScratch(convolve.sizes());
                    case KERNEL_GRADIENT -> FloatConvolution.kernelGradientScratch(convolve.sizes());
                };
            case Call.Random random -> random.distribution() == Draw.Distribution.NORMAL ? FloatRandom.SCRATCH : 0;
            default -> 0;
        };
    }

    /** Binds a call; an image chain shares its own work among the workers if it is to be divided. */
    FloatStep bind(Call call, boolean isDivided) {
        return switch (call) {
            case Call.Fused fused -> new FloatProgram(fused, memory, scratch);
            case Call.Multiply multiply -> multiply(multiply, scratchLength(call, 1));
            case Call.ProductChain chain -> new FloatProductChain(chain, memory, scratch);
            case Call.ImageChain chain -> new FloatImageChain(chain, memory, scratch, workers, isDivided);
            case Call.Convolve convolve -> convolve(convolve, scratchLength(call, 1));
            case Call.Pool pool -> pool(pool);
            case Call.MaximumPool pool -> maximumPool(pool);
            case Call.MaximumSpread spread -> maximumSpread(spread);
            case Call.Sum sum -> {
                float[] from = memory.reals(sum.from());
                int fromOffset = memory.offset(sum.from());
                float[] to = memory.reals(sum.to());
                int toOffset = memory.offset(sum.to());
                yield (part, parts) -> FloatReduction.sum(
                        sum.outer(), sum.count(), sum.inner(), from, fromOffset, to, toOffset, part, parts);
            }
            case Call.ArgMax argMax -> {
                float[] from = memory.reals(argMax.from());
                int fromOffset = memory.offset(argMax.from());
                int[] to = memory.indices(argMax.to());
                int toOffset = memory.offset(argMax.to());
                yield (part, parts) -> FloatReduction.argMax(
                        argMax.outer(), argMax.count(), argMax.inner(), from, fromOffset, to, toOffset, part, parts);
            }
            case Call.Copy copy -> copy(copy);
            case Call.Clear clear -> {
                float[] to = memory.reals(clear.to());
                int toOffset = memory.offset(clear.to());
                int length = clear.to().length();
                yield (part, parts) -> FloatMovement.clear(to, toOffset, length, part, parts);
            }
            case Call.CopyIndices _,
                    Call.TakeRows _,
                    Call.AddRows _,
                    Call.TakeAlong _,
                    Call.AddAlong _,
                    Call.OneHot _,
                    Call.SameIndex _,
                    Call.TakeIndices _ -> indexing.bind(call);
            case Call.Random random -> random(random);
        };
    }

    private FloatStep multiply(Call.Multiply call, int scratchStride) {
        float[] left = memory.reals(call.left());
        int leftOffset = memory.offset(call.left());
        float[] right = memory.reals(call.right());
        int rightOffset = memory.offset(call.right());
        float[] to = memory.reals(call.to());
        int toOffset = memory.offset(call.to());
        int m = call.m();
        int n = call.n();
        int k = call.k();
        boolean transposeLeft = call.transposeLeft();
        boolean transposeRight = call.transposeRight();
        if (call.pairs() == 1) {
            return (part, parts) -> FloatMatmul.multiply(
                    m,
                    n,
                    k,
                    transposeLeft,
                    transposeRight,
                    left,
                    leftOffset,
                    right,
                    rightOffset,
                    to,
                    toOffset,
                    scratch,
                    part * scratchStride,
                    part,
                    parts);
        }
        return (part, parts) -> {
            for (int pair = 0; pair < call.pairs(); pair++) {
                FloatMatmul.multiply(
                        m,
                        n,
                        k,
                        transposeLeft,
                        transposeRight,
                        left,
                        leftOffset + pair * m * k,
                        right,
                        rightOffset + pair * k * n,
                        to,
                        toOffset + pair * m * n,
                        scratch,
                        part * scratchStride,
                        part,
                        parts);
            }
        };
    }

    private FloatStep convolve(Call.Convolve call, int scratchStride) {
        ConvolutionSizes sizes = call.sizes();
        float[] first = memory.reals(call.first());
        int firstOffset = memory.offset(call.first());
        float[] second = memory.reals(call.second());
        int secondOffset = memory.offset(call.second());
        float[] to = memory.reals(call.to());
        int toOffset = memory.offset(call.to());
        return switch (call.kind()) {
            case FORWARD ->
                (part, parts) -> FloatConvolution.forward(
                        sizes,
                        first,
                        firstOffset,
                        second,
                        secondOffset,
                        to,
                        toOffset,
                        scratch,
                        part * scratchStride,
                        part,
                        parts);
            case INPUT_GRADIENT ->
                (part, parts) -> FloatConvolution.inputGradient(
                        sizes,
                        first,
                        firstOffset,
                        second,
                        secondOffset,
                        to,
                        toOffset,
                        scratch,
                        part * scratchStride,
                        part,
                        parts);
            case KERNEL_GRADIENT ->
                (part, parts) -> FloatConvolution.kernelGradient(
                        sizes,
                        first,
                        firstOffset,
                        second,
                        secondOffset,
                        to,
                        toOffset,
                        scratch,
                        part * scratchStride,
                        part,
                        parts);
        };
    }

    private FloatStep pool(Call.Pool call) {
        PoolingSizes sizes = call.sizes();
        float[] from = memory.reals(call.from());
        int fromOffset = memory.offset(call.from());
        int toOffset = memory.offset(call.to());
        float[] to = memory.reals(call.to());
        int[] positions = memory.indices(call.to());
        return switch (call.kind()) {
            case MAXIMUM_POSITIONS ->
                (part, parts) ->
                        FloatPooling.maximumPositions(sizes, from, fromOffset, positions, toOffset, part, parts);
            case WINDOW_SUM ->
                (part, parts) -> FloatPooling.windowSum(sizes, from, fromOffset, to, toOffset, part, parts);
            case WINDOW_SPREAD ->
                (part, parts) -> FloatPooling.windowSpread(sizes, from, fromOffset, to, toOffset, part, parts);
        };
    }

    private FloatStep maximumPool(Call.MaximumPool call) {
        PoolingSizes sizes = call.sizes();
        float[] from = memory.reals(call.from());
        int fromOffset = memory.offset(call.from());
        int[] positions = memory.indices(call.positions());
        int positionsOffset = memory.offset(call.positions());
        float[] to = memory.reals(call.to());
        int toOffset = memory.offset(call.to());
        float floor = call.relu() ? 0 : Float.NEGATIVE_INFINITY;
        return (part, parts) -> FloatPooling.maximum(
                sizes, from, fromOffset, positions, positionsOffset, to, toOffset, floor, part, parts);
    }

    private FloatStep maximumSpread(Call.MaximumSpread call) {
        PoolingSizes sizes = call.sizes();
        float[] values = memory.reals(call.values());
        int valuesOffset = memory.offset(call.values());
        float[] mask = memory.reals(call.mask());
        int maskOffset = memory.offset(call.mask());
        int[] positions = memory.indices(call.positions());
        int positionsOffset = memory.offset(call.positions());
        float[] to = memory.reals(call.to());
        int toOffset = memory.offset(call.to());
        return (part, parts) -> FloatPooling.maximumSpread(
                sizes, values, valuesOffset, mask, maskOffset, positions, positionsOffset, to, toOffset, part, parts);
    }

    private FloatStep copy(Call.Copy call) {
        int[] sizes = array(call.sizes());
        int[] fromStrides = array(call.fromStrides());
        int[] toStrides = array(call.toStrides());
        float[] from = memory.reals(call.from());
        int fromOffset = memory.offset(call.from());
        float[] to = memory.reals(call.to());
        int toOffset = memory.offset(call.to());
        return (part, parts) ->
                FloatMovement.copy(sizes, fromStrides, toStrides, from, fromOffset, to, toOffset, part, parts);
    }

    private FloatStep random(Call.Random call) {
        FloatRandom random = new FloatRandom(RandomStream.key(seed, call.stream()));
        int[] step = memory.indices(call.step());
        int stepOffset = memory.offset(call.step());
        float[] to = memory.reals(call.to());
        int toOffset = memory.offset(call.to());
        int length = call.to().length();
        int scratchStride = scratchLength(call, 1);
        return switch (call.distribution()) {
            case UNIFORM -> (part, parts) -> random.uniform(step[stepOffset], to, toOffset, length, part, parts);
            case NORMAL ->
                (part, parts) -> random.normal(
                        step[stepOffset], to, toOffset, length, scratch, part * scratchStride, part, parts);
        };
    }

    private static int[] array(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }
}
