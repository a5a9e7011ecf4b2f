package io.orrery.engine.graph;

import java.util.List;

/** Pooling over windows of [batch, channels, height, width]. */
public sealed interface Pooling extends Operation {

    /**
     * For each window the position of its largest pixel (y * width + x in its plane), the lowest where several are
     * equal; padding never wins. Result [batch, channels, output height * output width]; used with
     * {@link Indexing.TakeAlong} on images reshaped to [batch, channels, height * width].
     */
    record MaximumPositions(Window window) implements Pooling {
        @Override
        public String name() {
            return "max-pool-positions";
        }

        @Override
        public ElementType type() {
            return ElementType.INDEX;
        }

        @Override
        public Shape shape(List<Node> inputs) {
            Shape pooled = pooled(name(), inputs.getFirst().shape(), window);
            return Shape.of(pooled.size(0), pooled.size(1), pooled.size(2) * pooled.size(3));
        }
    }

    /** The sum over each window; padding counts as 0. */
    record WindowSum(Window window) implements Pooling {
        @Override
        public String name() {
            return "window-sum";
        }

        @Override
        public Shape shape(List<Node> inputs) {
            return pooled(name(), inputs.getFirst().shape(), window);
        }
    }

    /** The transpose of {@link WindowSum}: each pixel receives the sum of the windows that cover it. */
    record WindowSpread(Window window, int height, int width) implements Pooling {
        @Override
        public String name() {
            return "window-spread";
        }

        @Override
        public Shape shape(List<Node> inputs) {
            Shape from = inputs.getFirst().shape();
            Shape to = from.with(2, height).with(3, width);
            if (!pooled(name(), to, window).equals(from)) {
                throw new ShapeException(name() + ": " + from + " is not the pooled shape of " + to);
            }
            return to;
        }
    }

    private static Shape pooled(String name, Shape images, Window window) {
        if (images.rank() != 4) {
            throw new ShapeException(name + ": images must be [batch, channels, height, width], found " + images);
        }
        return images.with(2, window.outputHeight(images.size(2))).with(3, window.outputWidth(images.size(3)));
    }
}
