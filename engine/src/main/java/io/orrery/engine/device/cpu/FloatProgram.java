package io.orrery.engine.device.cpu;

import io.orrery.engine.graph.Elementwise;
import io.orrery.engine.graph.Elementwise.BinaryFunction;
import io.orrery.engine.graph.Elementwise.UnaryFunction;
import io.orrery.engine.kernel.FloatDescents;
import io.orrery.engine.kernel.FloatElementwise;
import io.orrery.engine.kernel.FloatMovement;
import io.orrery.engine.kernel.FloatScaledSums;
import io.orrery.engine.plan.Call;
import io.orrery.engine.plan.Instruction;
import io.orrery.engine.plan.Instruction.Operand;
import io.orrery.engine.plan.Storages;
import java.util.List;

/**
 * A fused program bound to arrays: for each block of elements, each instruction is one call of a static kernel. Operand
 * k of instruction i is array[6 i + k] from offset[6 i + k] (k = 5: the result). Masks, all ones or zero, say whether an
 * operand advances with the block, as elements do, whether each part has its own, as registers do, and whether it is local:
 * only the rows or images at work have memory, which lies elsewhere from run to run.
 */
final class FloatProgram implements FloatStep {
    private static final int UNARY = 0;
    private static final int BINARY = 1;
    private static final int SCALAR_RIGHT = 2;
    private static final int SCALAR_LEFT = 3;
    private static final int SELECT = 4;
    private static final int MULTIPLY_ADD = 5;
    private static final int SCALED_ADD = 6;
    private static final int SCALED_SUBTRACT = 7;
    private static final int SCALED_FUSED = 8;
    private static final int DESCEND = 9;
    private static final int DESCEND_DECAYED = 10;
    private static final int EXPAND_ONCE = 11;
    private static final int EXPAND = 12;

    private static final int OPERANDS = 6;
    private static final int RESULT = 5;
    private static final int ALL_BITS = -1;

    private final int length;
    private final int block;
    private final int scratchLength;
    private final int[] opcodes;
    private final UnaryFunction[] unaries;
    private final BinaryFunction[] binaries;
    private final float[][] arrays;
    private final int[] offsets;
    private final int[] advances;
    private final int[] perPart;
    private final int[] local;
    private final int[] inner;
    private final int[] count;

    /**
     * Binds a program.
     *
     * @param scratch memory for the registers, {@link #scratchLength} for each part
     */
    FloatProgram(Call.Fused call, FloatMemory memory, float[] scratch) {
        List<Instruction> instructions = call.instructions();
        int size = instructions.size();
        this.length = call.length();
        this.block = call.block();
        this.scratchLength = scratchLength(call);
        this.opcodes = new int[size];
        this.unaries = new UnaryFunction[size];
        this.binaries = new BinaryFunction[size];
        this.arrays = new float[OPERANDS * size][];
        this.offsets = new int[OPERANDS * size];
        this.advances = new int[OPERANDS * size];
        this.perPart = new int[OPERANDS * size];
        this.local = new int[OPERANDS * size];
        this.inner = new int[size];
        this.count = new int[size];
        for (int i = 0; i < size; i++) {
            unaries[i] = UnaryFunction.NEGATE;
            binaries[i] = BinaryFunction.ADD;
            for (int k = 0; k < OPERANDS; k++) {
                arrays[OPERANDS * i + k] = scratch;
            }
            switch (instructions.get(i)) {
                case Instruction.Expand expand -> {
                    opcodes[i] = expand.once() ? EXPAND_ONCE : EXPAND;
                    inner[i] = expand.inner();
                    count[i] = expand.count();
                    place(OPERANDS * i, new Operand.Scalar(expand.from()), memory);
                    place(OPERANDS * i + RESULT, expand.to(), memory);
                }
                case Instruction.ScaledSum sum -> {
                    opcodes[i] = switch (sum.kind()) {
                        case ADD -> SCALED_ADD;
                        case SUBTRACT -> SCALED_SUBTRACT;
                        case FUSED -> SCALED_FUSED;
                    };
                    place(OPERANDS * i, sum.factor(), memory);
                    place(OPERANDS * i + 1, sum.addend(), memory);
                    place(OPERANDS * i + 2, sum.scale(), memory);
                    place(OPERANDS * i + RESULT, sum.to(), memory);
                }
                case Instruction.Descent descent -> {
                    opcodes[i] = descent.decay().isPresent() ? DESCEND_DECAYED : DESCEND;
                    place(OPERANDS * i, descent.weight(), memory);
                    place(OPERANDS * i + 1, descent.gradient(), memory);
                    place(OPERANDS * i + 2, descent.velocity(), memory);
                    place(OPERANDS * i + 3, descent.momentum(), memory);
                    place(OPERANDS * i + 4, descent.minusRate(), memory);
                    place(OPERANDS * i + RESULT, descent.decay().orElse(descent.momentum()), memory);
                }
                case Instruction.Apply apply -> {
                    opcodes[i] = opcode(i, apply);
                    for (int k = 0; k < apply.operands().size(); k++) {
                        place(OPERANDS * i + k, apply.operands().get(k), memory);
                    }
                    place(OPERANDS * i + RESULT, apply.to(), memory);
                }
            }
        }
    }

    /** Elements of scratch memory that each part needs. */
    static int scratchLength(Call.Fused call) {
        return call.registers() * stride(call);
    }

    private static int stride(Call.Fused call) {
        return Storages.aligned(call.block(), 16);
    }

    private int opcode(int i, Instruction.Apply apply) {
        return switch (apply.operation()) {
            case Elementwise.Unary unary -> {
                unaries[i] = unary.function();
                yield UNARY;
            }
            case Elementwise.Binary binary -> {
                binaries[i] = binary.function();
                if (apply.operands().get(0) instanceof Operand.Scalar) {
                    yield SCALAR_LEFT;
                }
                yield apply.operands().get(1) instanceof Operand.Scalar ? SCALAR_RIGHT : BINARY;
            }
            case Elementwise.Select _ -> SELECT;
            case Elementwise.MultiplyAdd _ -> MULTIPLY_ADD;
        };
    }

    private void place(int slot, Operand operand, FloatMemory memory) {
        switch (operand) {
            case Operand.Register register -> {
                offsets[slot] = register.number() * Storages.aligned(block, 16);
                perPart[slot] = ALL_BITS;
            }
            case Operand.Elements elements
            when elements.buffer().isLocal() -> {
                offsets[slot] = elements.buffer().offset();
                advances[slot] = ALL_BITS;
                local[slot] = ALL_BITS;
            }
            case Operand.Elements elements -> {
                arrays[slot] = memory.reals(elements.buffer());
                offsets[slot] = memory.offset(elements.buffer());
                advances[slot] = ALL_BITS;
            }
            case Operand.Scalar scalar -> {
                arrays[slot] = memory.reals(scalar.buffer());
                offsets[slot] = memory.offset(scalar.buffer());
            }
        }
    }

    @Override
    public void run(int part, int parts) {
        int blocks = (length + block - 1) / block;
        int first = (int) ((long) blocks * part / parts);
        int last = (int) ((long) blocks * (part + 1) / parts);
        run(first * block, Math.min(length, last * block), part * scratchLength, 0, true);
    }

    /**
     * Runs the program on elements from..end.
     *
     * @param registers where this part's registers begin
     * @param shift what added to an element's number and its buffer's offset gives the place of a local one in the scratch memory
     * @param isFirst whether these are the part's first elements, so that what serves all blocks must be filled
     */
    void run(int from, int end, int registers, int shift, boolean isFirst) {
        for (int start = from; start < end; start += block) {
            runBlock(start, Math.min(block, end - start), registers, shift, isFirst && start == from);
        }
    }

    private int at(int slot, int start, int scratch, int shift) {
        return offsets[slot] + (start & advances[slot]) + (scratch & perPart[slot]) + (shift & local[slot]);
    }

    private void runBlock(int start, int size, int scratch, int shift, boolean isFirst) {
        for (int i = 0; i < opcodes.length; i++) {
            int slot = OPERANDS * i;
            float[] a = arrays[slot];
            int aOffset = at(slot, start, scratch, shift);
            float[] b = arrays[slot + 1];
            int bOffset = at(slot + 1, start, scratch, shift);
            float[] to = arrays[slot + RESULT];
            int toOffset = at(slot + RESULT, start, scratch, shift);
            switch (opcodes[i]) {
                case UNARY -> FloatElementwise.unary(unaries[i], a, aOffset, to, toOffset, size);
                case BINARY -> FloatElementwise.binary(binaries[i], a, aOffset, b, bOffset, to, toOffset, size);
                case SCALAR_RIGHT ->
                    FloatElementwise.binaryScalarRight(binaries[i], a, aOffset, b[bOffset], to, toOffset, size);
                case SCALAR_LEFT ->
                    FloatElementwise.binaryScalarLeft(binaries[i], a[aOffset], b, bOffset, to, toOffset, size);
                case SELECT ->
                    FloatElementwise.select(
                            a,
                            aOffset,
                            b,
                            bOffset,
                            arrays[slot + 2],
                            at(slot + 2, start, scratch, shift),
                            to,
                            toOffset,
                            size);
                case MULTIPLY_ADD ->
                    FloatElementwise.multiplyAdd(
                            a,
                            aOffset,
                            b,
                            bOffset,
                            arrays[slot + 2],
                            at(slot + 2, start, scratch, shift),
                            to,
                            toOffset,
                            size);
                case SCALED_ADD ->
                    FloatScaledSums.add(
                            a, aOffset, arrays[slot + 2][offsets[slot + 2]], b, bOffset, to, toOffset, size);
                case SCALED_SUBTRACT ->
                    FloatScaledSums.subtract(
                            a, aOffset, arrays[slot + 2][offsets[slot + 2]], b, bOffset, to, toOffset, size);
                case SCALED_FUSED ->
                    FloatScaledSums.fused(
                            a, aOffset, arrays[slot + 2][offsets[slot + 2]], b, bOffset, to, toOffset, size);
                case DESCEND ->
                    FloatDescents.descend(
                            a,
                            aOffset,
                            b,
                            bOffset,
                            arrays[slot + 2],
                            at(slot + 2, start, scratch, shift),
                            arrays[slot + 3][offsets[slot + 3]],
                            arrays[slot + 4][offsets[slot + 4]],
                            size);
                case DESCEND_DECAYED ->
                    FloatDescents.decayed(
                            a,
                            aOffset,
                            b,
                            bOffset,
                            arrays[slot + 2],
                            at(slot + 2, start, scratch, shift),
                            to[toOffset],
                            arrays[slot + 3][offsets[slot + 3]],
                            arrays[slot + 4][offsets[slot + 4]],
                            size);
                case EXPAND_ONCE -> {
                    if (isFirst) {
                        FloatMovement.expand(inner[i], count[i], start, a, aOffset, to, toOffset, size);
                    }
                }
                default -> FloatMovement.expand(inner[i], count[i], start, a, aOffset, to, toOffset, size);
            }
        }
    }
}
