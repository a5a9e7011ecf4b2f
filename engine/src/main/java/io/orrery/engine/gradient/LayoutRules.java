package io.orrery.engine.gradient;

import io.orrery.engine.graph.Layout;
import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Shape;
import java.util.List;
import java.util.stream.IntStream;

/** Moving numbers moves their derivatives back; repeating them sums their derivatives. */
final class LayoutRules {
    private LayoutRules() {}

    static void layout(Layout layout, Node y, Node upstream, Adjoints adjoints) {
        Node x = y.input(0);
        switch (layout) {
            case Layout.Broadcast _ -> adjoints.add(x, sumRepeats(x.shape(), upstream));
            case Layout.Reshape _ -> adjoints.add(x, upstream.reshape(x.shape()));
            case Layout.HeldConstant _ -> {}
            case Layout.Permute permute ->
                adjoints.add(x, upstream.permute(inverse(permute.order().toArray())));
            case Layout.Slice slice ->
                adjoints.add(x, upstream.pad(slice.starts().toArray(), x.shape()));
            case Layout.Pad pad -> adjoints.add(x, upstream.slice(pad.before().toArray(), x.shape()));
            case Layout.Concat concat -> split(concat.axis(), y.inputs(), upstream, adjoints);
        }
    }

    private static Node sumRepeats(Shape from, Node upstream) {
        if (from.isScalar()) {
            return upstream.sum();
        }
        int[] repeated = IntStream.range(0, from.rank())
                .filter(axis -> from.size(axis) != upstream.shape().size(axis))
                .toArray();
        return upstream.sum(repeated).reshape(from);
    }

    private static int[] inverse(int[] order) {
        int[] inverse = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            inverse[order[i]] = i;
        }
        return inverse;
    }

    private static void split(int axis, List<Node> parts, Node upstream, Adjoints adjoints) {
        int[] start = new int[upstream.shape().rank()];
        for (Node part : parts) {
            if (adjoints.wants(part)) {
                adjoints.add(part, upstream.slice(start, part.shape()));
            }
            start[axis] += part.shape().size(axis);
        }
    }
}
