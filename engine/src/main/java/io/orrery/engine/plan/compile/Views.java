package io.orrery.engine.plan.compile;

import io.orrery.engine.graph.Layout;
import io.orrery.engine.graph.Shape;
import java.util.Optional;

/**
 * Finds the memory behind values. With aliasing, a reshape or contiguous slice is a view of its operand's memory; for
 * elementwise operations, which can expand as they read, a broadcast is one too.
 */
final class Views {
    private final boolean alias;

    Views(boolean alias) {
        this.alias = alias;
    }

    /** The memory where all elements of a value lie in order. */
    View dense(Value value) {
        View view = View.whole(value);
        while (alias) {
            Optional<View> next = shift(view);
            if (next.isEmpty()) {
                break;
            }
            view = next.get();
        }
        return view;
    }

    /** The memory from which an elementwise operation reads a value. */
    View expanding(Value value) {
        View view = View.whole(value);
        while (alias) {
            Optional<View> next = shift(view);
            if (next.isEmpty() && view.isWhole()) {
                next = repeat(view);
            }
            if (next.isEmpty()) {
                break;
            }
            view = next.get();
        }
        return view;
    }

    /** Looks through a reshape or a contiguous slice. */
    private static Optional<View> shift(View view) {
        Value source = view.source();
        return switch (source.operation()) {
            case Layout.Reshape _, Layout.HeldConstant _ ->
                Optional.of(new View(source.input(0), view.offset(), view.inner(), view.count(), view.length()));
            case Layout.Slice slice
            when isContiguous(source.input(0).shape(), slice) -> {
                int start = start(source.input(0).shape(), slice.starts().toArray());
                yield Optional.of(
                        new View(source.input(0), view.offset() + start, view.inner(), view.count(), view.length()));
            }
            default -> Optional.empty();
        };
    }

    /** Looks through a broadcast whose repeated axes lie outside and inside one run of kept axes. */
    private static Optional<View> repeat(View view) {
        Value source = view.source();
        if (!(source.operation() instanceof Layout.Broadcast broadcast)) {
            return Optional.empty();
        }
        Value from = source.input(0);
        if (from.count() == 1) {
            return Optional.of(new View(from, 0, 1, 1, view.length()));
        }
        Shape target = broadcast.target();
        int rank = target.rank();
        int last = rank - 1;
        int inner = 1;
        while (last >= 0 && from.shape().size(last) == 1) {
            inner *= target.size(last--);
        }
        int first = last;
        int count = 1;
        while (first >= 0 && from.shape().size(first) == target.size(first)) {
            count *= target.size(first--);
        }
        return count == from.count() ? Optional.of(new View(from, 0, inner, count, view.length())) : Optional.empty();
    }

    /** Whether all axes before the first one that is cut and longer than 1 have size 1 in the box, others being whole. */
    private static boolean isContiguous(Shape from, Layout.Slice slice) {
        boolean whole = true;
        for (int axis = from.rank() - 1; axis >= 0; axis--) {
            int size = slice.size().size(axis);
            if (!whole && size != 1) {
                return false;
            }
            whole &= size == from.size(axis);
        }
        return true;
    }

    private static int start(Shape from, int[] corner) {
        int start = 0;
        for (int axis = 0; axis < corner.length; axis++) {
            start += corner[axis] * from.inner(axis);
        }
        return start;
    }
}
