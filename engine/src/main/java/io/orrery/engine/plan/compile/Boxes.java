package io.orrery.engine.plan.compile;

import io.orrery.engine.plan.Buffer;
import io.orrery.engine.plan.Call;
import java.util.ArrayList;
import java.util.List;

/** Copies of boxes in as few axes as they need. */
final class Boxes {
    private Boxes() {}

    /** Drops axes of size 1 and merges neighbours that both sides step through evenly. */
    static Call.Copy copy(int[] sizes, int[] fromStrides, int[] toStrides, Buffer from, Buffer to) {
        List<Integer> size = new ArrayList<>();
        List<Integer> fromStride = new ArrayList<>();
        List<Integer> toStride = new ArrayList<>();
        for (int axis = 0; axis < sizes.length; axis++) {
            if (sizes[axis] == 1) {
                continue;
            }
            int last = size.size() - 1;
            if (last >= 0
                    && fromStride.get(last) == fromStrides[axis] * sizes[axis]
                    && toStride.get(last) == toStrides[axis] * sizes[axis]) {
                size.set(last, size.get(last) * sizes[axis]);
                fromStride.set(last, fromStrides[axis]);
                toStride.set(last, toStrides[axis]);
            } else {
                size.add(sizes[axis]);
                fromStride.add(fromStrides[axis]);
                toStride.add(toStrides[axis]);
            }
        }
        if (size.isEmpty()) {
            size.add(1);
            fromStride.add(1);
            toStride.add(1);
        }
        return new Call.Copy(size, fromStride, toStride, from, to);
    }
}
