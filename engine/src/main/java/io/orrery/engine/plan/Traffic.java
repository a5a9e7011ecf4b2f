package io.orrery.engine.plan;

import io.orrery.engine.graph.ElementType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Bytes that one run of a plan passes between its calls and memory, caches taken as memory.
 *
 * <p>The minimum is what the same products, convolutions, poolings and sums must move if nothing were passed twice: every
 * array of the state, every input and every constant that is used is read once, every array of the state that changes and
 * every output is written once, and each intermediate result of such an operation is written once and read once. Elementwise
 * work and copies are free in it, as if all were done on the way. What a plan moves beyond it are second readings, such as
 * those of weights by the forward pass, the backward pass and the update, and elementwise results of their own. A product that
 * is handed on in strips saves even the writing and reading that the minimum grants it.
 *
 * @param moved bytes read and written by all calls; what one call uses twice counts once
 * @param minimum bytes as defined above
 */
public record Traffic(long moved, long minimum) {
    /** Elements of a buffer that a call reads or writes. */
    private record Access(Buffer buffer, long count) {
        static Access all(Buffer buffer) {
            return new Access(buffer, buffer.length());
        }
    }

    /** How much more is moved than the minimum: 1 is ideal. */
    public double ratio() {
        return (double) moved / minimum;
    }

    static Traffic of(Plan plan) {
        long moved = 0;
        long results = 0;
        Map<Integer, Map<Buffer, Long>> read = new HashMap<>();
        Set<Buffer> written = new HashSet<>();
        Set<Buffer> produced = new HashSet<>();
        for (Call call : plan.calls()) {
            if (call instanceof Call.ProductChain product) {
                results += 2L * product.m() * product.n() * plan.precision().bytes();
            }
            for (Access access : reads(call)) {
                moved += bytes(plan, access);
                read.computeIfAbsent(access.buffer().storage(), _ -> new HashMap<>())
                        .merge(access.buffer(), bytes(plan, access), Math::max);
            }
            for (Access access : writes(call)) {
                moved += bytes(plan, access);
                if (!isArena(plan, access.buffer())) {
                    written.add(access.buffer());
                } else if (!isFree(call)) {
                    results += 2 * bytes(plan, access);
                    produced.add(access.buffer());
                }
            }
        }
        long minimum = results;
        for (Map.Entry<Integer, Map<Buffer, Long>> storage : read.entrySet()) {
            Storage array = plan.storages().get(storage.getKey());
            if (!(array instanceof Storage.Arena)) {
                long used = storage.getValue().values().stream()
                        .mapToLong(Long::longValue)
                        .sum();
                minimum += Math.min(used, (long) array.length() * size(plan, array));
            }
        }
        for (Buffer buffer : written) {
            minimum += bytes(plan, Access.all(buffer));
        }
        for (Plan.Output output : plan.outputs().values()) {
            if (isArena(plan, output.buffer()) && !produced.contains(output.buffer())) {
                minimum += bytes(plan, Access.all(output.buffer()));
            }
        }
        return new Traffic(moved, minimum);
    }

    private static boolean isArena(Plan plan, Buffer buffer) {
        return plan.storages().get(buffer.storage()) instanceof Storage.Arena;
    }

    private static long bytes(Plan plan, Access access) {
        return access.count() * size(plan, plan.storages().get(access.buffer().storage()));
    }

    private static int size(Plan plan, Storage storage) {
        return storage.type() == ElementType.REAL ? plan.precision().bytes() : Integer.BYTES;
    }

    /** Work that could be done where its operands are made or its results are used. */
    private static boolean isFree(Call call) {
        return call instanceof Call.Fused
                || call instanceof Call.ProductChain
                || call instanceof Call.Copy
                || call instanceof Call.CopyIndices
                || call instanceof Call.Clear;
    }

    private static List<Access> reads(Call call) {
        return switch (call) {
            case Call.Fused fused -> fusedReads(fused);
            case Call.Multiply multiply -> all(multiply.left(), multiply.right());
            case Call.ProductChain product -> {
                List<Access> accesses = new ArrayList<>(all(product.left(), product.right()));
                accesses.addAll(fusedReads(product.chain()));
                yield accesses;
            }
            case Call.Convolve convolve -> all(convolve.first(), convolve.second());
            case Call.Pool pool -> all(pool.from());
            case Call.MaximumPool pool -> all(pool.from());
            case Call.MaximumSpread spread -> all(spread.values(), spread.mask(), spread.positions());
            case Call.Sum sum -> all(sum.from());
            case Call.ArgMax argMax -> all(argMax.from());
            case Call.Copy copy -> List.of(new Access(copy.from(), count(copy)));
            case Call.Clear _ -> List.of();
            case Call.CopyIndices copy -> all(copy.from());
            case Call.TakeRows take -> taken(take.table(), take.positions(), take.to());
            case Call.AddRows add -> all(add.values(), add.positions());
            case Call.TakeAlong take -> taken(take.values(), take.positions(), take.to());
            case Call.AddAlong add -> all(add.values(), add.positions());
            case Call.OneHot oneHot -> all(oneHot.positions());
            case Call.SameIndex same -> all(same.left(), same.right());
            case Call.TakeIndices take -> taken(take.table(), take.positions(), take.to());
            case Call.Random random -> all(random.step());
        };
    }

    private static List<Access> writes(Call call) {
        return switch (call) {
            case Call.Fused fused -> fusedWrites(fused);
            case Call.ProductChain product -> fusedWrites(product.chain());
            case Call.Multiply multiply -> all(multiply.to());
            case Call.Convolve convolve -> all(convolve.to());
            case Call.Pool pool -> all(pool.to());
            case Call.MaximumPool pool -> all(pool.positions(), pool.to());
            case Call.MaximumSpread spread -> all(spread.to());
            case Call.Sum sum -> all(sum.to());
            case Call.ArgMax argMax -> all(argMax.to());
            case Call.Copy copy -> List.of(new Access(copy.to(), count(copy)));
            case Call.Clear clear -> all(clear.to());
            case Call.CopyIndices copy -> all(copy.to());
            case Call.TakeRows take -> all(take.to());
            case Call.AddRows add -> all(add.to());
            case Call.TakeAlong take -> all(take.to());
            case Call.AddAlong add -> all(add.to());
            case Call.OneHot oneHot -> all(oneHot.to());
            case Call.SameIndex same -> all(same.to());
            case Call.TakeIndices take -> all(take.to());
            case Call.Random random -> all(random.to());
        };
    }

    private static List<Access> fusedWrites(Call.Fused fused) {
        return all(fused.instructions().stream()
                .flatMap(instruction -> targets(instruction).stream())
                .filter(Instruction.Operand.Elements.class::isInstance)
                .map(to -> ((Instruction.Operand.Elements) to).buffer())
                .distinct()
                .toArray(Buffer[]::new));
    }

    private static List<Access> fusedReads(Call.Fused fused) {
        Map<Buffer, Long> counts = new HashMap<>();
        Set<Buffer> made = new HashSet<>();
        for (Instruction instruction : fused.instructions()) {
            for (Instruction.Operand operand : operands(instruction)) {
                switch (operand) {
                    case Instruction.Operand.Elements elements -> {
                        if (!made.contains(elements.buffer())) {
                            counts.put(elements.buffer(), (long) fused.length());
                        }
                    }
                    case Instruction.Operand.Scalar scalar -> counts.put(scalar.buffer(), 1L);
                    case Instruction.Operand.Register _, Instruction.Operand.Handed _ -> {}
                }
            }
            if (instruction instanceof Instruction.Expand expand) {
                counts.put(expand.from(), (long) expand.count());
            }
            for (Instruction.Operand target : targets(instruction)) {
                if (target instanceof Instruction.Operand.Elements elements) {
                    made.add(elements.buffer());
                }
            }
        }
        List<Access> reads = new ArrayList<>();
        counts.forEach((buffer, count) -> reads.add(new Access(buffer, count)));
        return reads;
    }

    private static List<Instruction.Operand> operands(Instruction instruction) {
        return switch (instruction) {
            case Instruction.Expand _ -> List.of();
            case Instruction.Apply apply -> apply.operands();
            case Instruction.ScaledSum sum -> List.of(sum.factor(), sum.scale(), sum.addend());
            case Instruction.Descent descent ->
                List.of(
                        descent.weight(),
                        descent.gradient(),
                        descent.velocity(),
                        descent.decay().orElse(descent.momentum()),
                        descent.momentum(),
                        descent.minusRate());
        };
    }

    private static List<Instruction.Operand> targets(Instruction instruction) {
        return switch (instruction) {
            case Instruction.Expand expand -> List.of(expand.to());
            case Instruction.Apply apply -> List.of(apply.to());
            case Instruction.ScaledSum sum -> List.of(sum.to());
            case Instruction.Descent descent -> List.of(descent.velocity(), descent.weight());
        };
    }

    private static long count(Call.Copy copy) {
        return copy.sizes().stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
    }

    /** As many elements of a table as are taken. */
    private static List<Access> taken(Buffer table, Buffer positions, Buffer to) {
        return List.of(new Access(table, to.length()), Access.all(positions));
    }

    private static List<Access> all(Buffer... buffers) {
        return List.of(buffers).stream().distinct().map(Access::all).toList();
    }
}
