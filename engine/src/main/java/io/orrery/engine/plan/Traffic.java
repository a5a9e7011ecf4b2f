package io.orrery.engine.plan;

import io.orrery.engine.graph.ElementType;
import io.orrery.engine.plan.Accesses.Access;
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
 * is handed on in strips saves even the writing and reading that the minimum grants it, and so do images that one chain alone
 * uses.
 *
 * @param moved bytes read and written by all calls; what one call uses twice counts once
 * @param minimum bytes as defined above
 */
public record Traffic(long moved, long minimum) {
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
            for (Access access : Accesses.reads(call)) {
                moved += bytes(plan, access);
                read.computeIfAbsent(access.buffer().storage(), _ -> new HashMap<>())
                        .merge(access.buffer(), bytes(plan, access), Math::max);
            }
            for (Access access : Accesses.writes(call)) {
                moved += bytes(plan, access);
                if (!isArena(plan, access.buffer())) {
                    written.add(access.buffer());
                }
            }
            for (Call part : call instanceof Call.ImageChain chain ? chain.calls() : List.of(call)) {
                if (part instanceof Call.ProductChain product) {
                    results += 2L * product.m() * product.n() * plan.precision().bytes();
                } else if (!isFree(part)) {
                    for (Access access : Accesses.results(part)) {
                        if (isArena(plan, access.buffer()) || access.buffer().isLocal()) {
                            results += 2 * bytes(plan, access);
                            produced.add(access.buffer());
                        }
                    }
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
}
