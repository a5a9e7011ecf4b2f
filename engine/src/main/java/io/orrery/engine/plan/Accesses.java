package io.orrery.engine.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What calls read from memory and write to it. What passes from one part of a call to the next is not memory. */
final class Accesses {
    private Accesses() {}

    /** Elements of a buffer that a call reads or writes. */
    record Access(Buffer buffer, long count) {
        static Access all(Buffer buffer) {
            return new Access(buffer, buffer.length());
        }
    }

    /** Elements read and written, reals and integers alike; what is read twice counts once. */
    static long elements(Call call) {
        long read = reads(call).stream().mapToLong(Access::count).sum();
        return read + writes(call).stream().mapToLong(Access::count).sum();
    }

    static List<Access> reads(Call call) {
        return outside(
                switch (call) {
                    case Call.Fused fused -> fusedReads(fused);
                    case Call.Multiply multiply -> all(multiply.left(), multiply.right());
                    case Call.ProductChain product -> {
                        List<Access> accesses = new ArrayList<>(all(product.left(), product.right()));
                        accesses.addAll(fusedReads(product.chain()));
                        yield accesses;
                    }
                    case Call.ImageChain chain -> chainReads(chain);
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
                });
    }

    static List<Access> writes(Call call) {
        return outside(results(call));
    }

    /** As {@link #writes}, and what the parts of an image chain pass on. */
    static List<Access> results(Call call) {
        return switch (call) {
            case Call.Fused fused -> fusedWrites(fused);
            case Call.ProductChain product -> fusedWrites(product.chain());
            case Call.ImageChain chain ->
                chain.calls().stream().flatMap(part -> results(part).stream()).toList();
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

    private static List<Access> outside(List<Access> accesses) {
        return accesses.stream().filter(access -> !access.buffer().isLocal()).toList();
    }

    /** Results of the chain are read while they are in the cache. */
    private static List<Access> chainReads(Call.ImageChain chain) {
        Set<Access> reads = new LinkedHashSet<>();
        Set<Buffer> made = new HashSet<>();
        for (Call call : chain.calls()) {
            reads(call).stream()
                    .filter(access -> !made.contains(access.buffer()))
                    .forEach(reads::add);
            results(call).forEach(access -> made.add(access.buffer()));
        }
        return List.copyOf(reads);
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
                    case Instruction.Operand.Register _ -> {}
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
