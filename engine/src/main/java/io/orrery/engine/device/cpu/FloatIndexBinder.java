package io.orrery.engine.device.cpu;

import io.orrery.engine.kernel.FloatIndexing;
import io.orrery.engine.kernel.Positions;
import io.orrery.engine.plan.Call;

/** Binds the calls that read integers. */
final class FloatIndexBinder {
    private final FloatMemory memory;

    FloatIndexBinder(FloatMemory memory) {
        this.memory = memory;
    }

    FloatStep bind(Call call) {
        return switch (call) {
            case Call.CopyIndices copy -> {
                int[] from = memory.indices(copy.from());
                int fromOffset = memory.offset(copy.from());
                int[] to = memory.indices(copy.to());
                int toOffset = memory.offset(copy.to());
                int length = copy.to().length();
                yield whole(() -> System.arraycopy(from, fromOffset, to, toOffset, length));
            }
            case Call.TakeRows take -> {
                float[] table = memory.reals(take.table());
                int tableOffset = memory.offset(take.table());
                int[] positions = memory.indices(take.positions());
                int positionsOffset = memory.offset(take.positions());
                int count = take.positions().length();
                float[] to = memory.reals(take.to());
                int toOffset = memory.offset(take.to());
                yield (part, parts) -> FloatIndexing.takeRows(
                        take.rows(),
                        take.width(),
                        table,
                        tableOffset,
                        positions,
                        positionsOffset,
                        count,
                        to,
                        toOffset,
                        part,
                        parts);
            }
            case Call.AddRows add -> {
                float[] values = memory.reals(add.values());
                int valuesOffset = memory.offset(add.values());
                int[] positions = memory.indices(add.positions());
                int positionsOffset = memory.offset(add.positions());
                int count = add.positions().length();
                float[] to = memory.reals(add.to());
                int toOffset = memory.offset(add.to());
                yield (part, parts) -> FloatIndexing.addRows(
                        add.rows(),
                        add.width(),
                        values,
                        valuesOffset,
                        positions,
                        positionsOffset,
                        count,
                        to,
                        toOffset,
                        part,
                        parts);
            }
            case Call.TakeAlong take -> takeAlong(take);
            case Call.AddAlong add -> addAlong(add);
            case Call.OneHot oneHot -> {
                int[] positions = memory.indices(oneHot.positions());
                int positionsOffset = memory.offset(oneHot.positions());
                int count = oneHot.positions().length();
                float[] to = memory.reals(oneHot.to());
                int toOffset = memory.offset(oneHot.to());
                yield (part, parts) -> FloatIndexing.oneHot(
                        oneHot.classes(), positions, positionsOffset, count, to, toOffset, part, parts);
            }
            case Call.SameIndex same -> {
                int[] left = memory.indices(same.left());
                int leftOffset = memory.offset(same.left());
                int[] right = memory.indices(same.right());
                int rightOffset = memory.offset(same.right());
                float[] to = memory.reals(same.to());
                int toOffset = memory.offset(same.to());
                int length = same.to().length();
                yield whole(() -> FloatIndexing.same(left, leftOffset, right, rightOffset, to, toOffset, length));
            }
            case Call.TakeIndices take -> {
                int[] table = memory.indices(take.table());
                int tableOffset = memory.offset(take.table());
                int tableLength = take.table().length();
                int[] positions = memory.indices(take.positions());
                int positionsOffset = memory.offset(take.positions());
                int[] to = memory.indices(take.to());
                int toOffset = memory.offset(take.to());
                int length = take.to().length();
                yield whole(() -> Positions.take(
                        table, tableOffset, tableLength, positions, positionsOffset, to, toOffset, length));
            }
            default -> throw new IllegalArgumentException("not a call that reads integers: " + call);
        };
    }

    private FloatStep takeAlong(Call.TakeAlong take) {
        float[] values = memory.reals(take.values());
        int valuesOffset = memory.offset(take.values());
        int[] positions = memory.indices(take.positions());
        int positionsOffset = memory.offset(take.positions());
        float[] to = memory.reals(take.to());
        int toOffset = memory.offset(take.to());
        return (part, parts) -> FloatIndexing.takeAlong(
                take.outer(),
                take.size(),
                take.count(),
                take.inner(),
                values,
                valuesOffset,
                positions,
                positionsOffset,
                to,
                toOffset,
                part,
                parts);
    }

    private FloatStep addAlong(Call.AddAlong add) {
        float[] values = memory.reals(add.values());
        int valuesOffset = memory.offset(add.values());
        int[] positions = memory.indices(add.positions());
        int positionsOffset = memory.offset(add.positions());
        float[] to = memory.reals(add.to());
        int toOffset = memory.offset(add.to());
        return (part, parts) -> FloatIndexing.addAlong(
                add.outer(),
                add.size(),
                add.count(),
                add.inner(),
                values,
                valuesOffset,
                positions,
                positionsOffset,
                to,
                toOffset,
                part,
                parts);
    }

    /** Work too small to divide: the first part does it. */
    private static FloatStep whole(Runnable work) {
        return (part, parts) -> {
            if (part == 0) {
                work.run();
            }
        };
    }
}
