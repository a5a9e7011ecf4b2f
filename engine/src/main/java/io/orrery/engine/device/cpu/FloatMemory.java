package io.orrery.engine.device.cpu;

import io.orrery.engine.graph.ElementType;
import io.orrery.engine.plan.Buffer;
import io.orrery.engine.plan.Plan;
import io.orrery.engine.plan.Storage;
import io.orrery.engine.state.State;
import io.orrery.engine.state.StateLayout;
import java.util.List;

/** The arrays behind a plan's storages in one execution. Inputs have none until they are set or shared. */
final class FloatMemory {
    private static final float[] NO_REALS = new float[0];
    private static final int[] NO_INDICES = new int[0];

    private final List<Storage> storages;
    private final float[][] reals;
    private final int[][] indices;
    private final int[] bases;

    FloatMemory(Plan plan, State state) {
        StateLayout layout = state.layout();
        if (layout.precision() != plan.precision()) {
            throw new IllegalArgumentException(
                    "the plan computes in " + plan.precision() + " but the state holds " + layout.precision());
        }
        this.storages = plan.storages();
        this.reals = new float[storages.size()][];
        this.indices = new int[storages.size()][];
        this.bases = new int[storages.size()];
        for (int i = 0; i < storages.size(); i++) {
            Storage storage = storages.get(i);
            reals[i] = NO_REALS;
            indices[i] = NO_INDICES;
            switch (storage) {
                case Storage.Arena arena when arena.type() == ElementType.REAL -> reals[i] = new float[arena.length()];
                case Storage.Arena arena -> indices[i] = new int[arena.length()];
                case Storage.RealConstants constants -> reals[i] = rounded(constants.values());
                case Storage.IndexConstants constants -> indices[i] = constants.values();
                case Storage.InputArray _, Storage.Local _ -> {}
                case Storage.StateArray array -> {
                    if (!layout.shape(array.label()).equals(array.shape())) {
                        throw new IllegalArgumentException("state array '" + array.label() + "' has shape "
                                + layout.shape(array.label()) + ", the plan needs " + array.shape());
                    }
                    reals[i] = Blocks.floats(state);
                    bases[i] = layout.offset(array.label());
                }
            }
        }
    }

    float[] reals(Buffer buffer) {
        return reals[buffer.storage()];
    }

    int[] indices(Buffer buffer) {
        return indices[buffer.storage()];
    }

    /** Where a buffer starts in its array. */
    int offset(Buffer buffer) {
        return bases[buffer.storage()] + buffer.offset();
    }

    /** The array of an input. */
    float[] realInput(int storage) {
        return reals[storage];
    }

    /** The array of an index input. */
    int[] indexInput(int storage) {
        return indices[storage];
    }

    void replace(int storage, float[] array) {
        reals[storage] = array;
    }

    void replaceIndices(int storage, int[] array) {
        indices[storage] = array;
    }

    private static float[] rounded(double[] values) {
        float[] result = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = (float) values[i];
        }
        return result;
    }
}
