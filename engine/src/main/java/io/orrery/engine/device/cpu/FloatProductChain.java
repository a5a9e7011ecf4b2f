package io.orrery.engine.device.cpu;

import io.orrery.engine.kernel.FloatStrips;
import io.orrery.engine.kernel.Strips;
import io.orrery.engine.plan.Call;
import io.orrery.engine.plan.Storages;

/** A product whose strips of rows are handed to an elementwise program: each part works on rows of its own. */
final class FloatProductChain implements FloatStep {
    private final int m;
    private final int n;
    private final int k;
    private final int rowStride;
    private final int termStride;
    private final int stripRows;
    private final float[] left;
    private final int leftOffset;
    private final float[] right;
    private final int rightOffset;
    private final FloatProgram program;
    private final float[] scratch;
    private final int scratchStride;
    private final int stripAt;
    private final int packedAt;
    private final boolean isPacked;

    /**
     * Binds a product and its chain.
     *
     * @param scratch memory for registers, a strip and perhaps the packed right operand, {@link #scratchLength} for each part
     */
    FloatProductChain(Call.ProductChain call, FloatMemory memory, float[] scratch) {
        this.m = call.m();
        this.n = call.n();
        this.k = call.k();
        this.rowStride = call.transposeLeft() ? 1 : k;
        this.termStride = call.transposeLeft() ? m : 1;
        this.stripRows = Strips.rows(m, n, Float.BYTES);
        this.left = memory.reals(call.left());
        this.leftOffset = memory.offset(call.left());
        this.right = memory.reals(call.right());
        this.rightOffset = memory.offset(call.right());
        this.program = new FloatProgram(call.chain(), memory, scratch);
        this.scratch = scratch;
        this.scratchStride = Storages.aligned(scratchLength(call), 16);
        this.stripAt = Storages.aligned(FloatProgram.scratchLength(call.chain()), 16);
        this.packedAt = stripAt + Storages.aligned(stripRows * n, 16);
        this.isPacked = FloatStrips.packedLength(m, n, k) > 0;
    }

    /** Elements of scratch memory that each part needs. */
    static int scratchLength(Call.ProductChain call) {
        int strip = Strips.rows(call.m(), call.n(), Float.BYTES) * call.n();
        return Storages.aligned(FloatProgram.scratchLength(call.chain()), 16)
                + Storages.aligned(strip, 16)
                + FloatStrips.packedLength(call.m(), call.n(), call.k());
    }

    @Override
    public void run(int part, int parts) {
        int first = Strips.firstRow(m, part, parts);
        int end = Strips.firstRow(m, part + 1, parts);
        int registers = part * scratchStride;
        int strip = registers + stripAt;
        float[] panels = right;
        int panelsAt = rightOffset;
        if (isPacked && first < end) {
            panels = scratch;
            panelsAt = registers + packedAt;
            FloatStrips.pack(n, k, right, rightOffset, scratch, panelsAt);
        }
        for (int row = first; row < end; row += stripRows) {
            int rows = Math.min(stripRows, end - row);
            int at = leftOffset + row * rowStride;
            FloatStrips.multiply(
                    rows, n, k, left, at, rowStride, termStride, isPacked, panels, panelsAt, scratch, strip);
            program.run(row * n, (row + rows) * n, registers, strip - row * n, row == first);
        }
    }
}
