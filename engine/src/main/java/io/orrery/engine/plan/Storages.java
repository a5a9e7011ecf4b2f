package io.orrery.engine.plan;

import io.orrery.engine.graph.ElementType;
import io.orrery.engine.graph.Leaf;
import io.orrery.engine.graph.ShapeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The storages of a plan while it is compiled, with the buffers of leaves. */
public final class Storages {
    /** Position of the arena of reals. */
    public static final int ARENA = 0;
    /** Position of the arena of integers. */
    public static final int INDEX_ARENA = 1;

    /** Position of what lives within a call. */
    public static final int LOCAL = 2;

    /** Numbers in Java's largest array. */
    public static final int MOST = Integer.MAX_VALUE - 64;

    private static final int REAL_CONSTANTS = 3;
    private static final int INDEX_CONSTANTS = 4;

    private final List<Storage> named = new ArrayList<>();
    private final Map<String, Integer> inputs = new LinkedHashMap<>();
    private final Map<String, Integer> states = new LinkedHashMap<>();
    private final int alignment;
    private double[] constants = new double[0];
    private int[] indexConstants = new int[0];

    /** Buffers start at multiples of so many elements. */
    public Storages(int alignment) {
        this.alignment = alignment;
    }

    /** Where a leaf lies. */
    public Buffer leaf(Leaf leaf) {
        return switch (leaf) {
            case Leaf.Input input -> input(input);
            case Leaf.StateValue state -> state(new Storage.StateArray(state.label(), state.shape()));
            case Leaf.Constant constant -> {
                int start = aligned(constants.length, alignment);
                int length = constant.shape().count();
                constants = Arrays.copyOf(constants, start + length);
                for (int i = 0; i < length; i++) {
                    constants[start + i] = constant.values().get(i);
                }
                yield new Buffer(REAL_CONSTANTS, start, length);
            }
            case Leaf.IndexConstant constant -> {
                int start = indexConstants.length;
                int[] values = constant.values().toArray();
                indexConstants = Arrays.copyOf(indexConstants, start + values.length);
                System.arraycopy(values, 0, indexConstants, start, values.length);
                yield new Buffer(INDEX_CONSTANTS, start, values.length);
            }
        };
    }

    /** The whole of a named array of the state. */
    public Buffer state(Storage.StateArray array) {
        int position = states.computeIfAbsent(array.label(), label -> append(array));
        requireSame(named.get(position - INDEX_CONSTANTS - 1), array);
        return new Buffer(position, 0, array.length());
    }

    private Buffer input(Leaf.Input input) {
        Storage.InputArray array = new Storage.InputArray(input.label(), input.shape(), input.type());
        int position = inputs.computeIfAbsent(input.label(), label -> append(array));
        requireSame(named.get(position - INDEX_CONSTANTS - 1), array);
        return new Buffer(position, 0, array.length());
    }

    /** All storages, once the arenas' lengths are known. */
    public List<Storage> list(int arena, int indexArena) {
        List<Storage> all = new ArrayList<>();
        all.add(new Storage.Arena(ElementType.REAL, arena));
        all.add(new Storage.Arena(ElementType.INDEX, indexArena));
        all.add(new Storage.Local());
        all.add(new Storage.RealConstants(constants));
        all.add(new Storage.IndexConstants(indexConstants));
        all.addAll(named);
        return List.copyOf(all);
    }

    public static int aligned(int length, int alignment) {
        long whole = ((long) length + alignment - 1) / alignment * alignment;
        if (whole > MOST) {
            throw new ShapeException("the arrays of a plan need more than the " + MOST + " numbers of one array");
        }
        return (int) whole;
    }

    private int append(Storage storage) {
        named.add(storage);
        return INDEX_CONSTANTS + named.size();
    }

    private static void requireSame(Storage known, Storage other) {
        if (!known.equals(other)) {
            throw new IllegalArgumentException(
                    "the graph names two different arrays alike: " + known + " and " + other);
        }
    }
}
