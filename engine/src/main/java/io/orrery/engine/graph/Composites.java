package io.orrery.engine.graph;

/** Functions of the field composed of the graph's operations, in forms that neither overflow nor cancel. */
public final class Composites {
    private static final double HALF_ROOT = 0.7071067811865476;

    private Composites() {}

    /** log(1 + exp(x)) as (x + |x|) / 2 + log(1 + exp(-|x|)), whose exponential never overflows; derivative 1/2 at 0. */
    public static Node softplus(Node x) {
        Node magnitude = x.absolute();
        return x.add(magnitude)
                .multiply(0.5)
                .add(magnitude.negate().exponential().add(1).logarithm());
    }

    /** x times the normal distribution function of x (Hendrycks, Gimpel 2016), the exact form by erf. */
    public static Node gelu(Node x) {
        return x.multiply(0.5).multiply(x.multiply(HALF_ROOT).errorFunction().add(1));
    }

    /** x where it is above 0, else slope * x, as is the derivative at 0. */
    public static Node leakyRelu(Node x, double slope) {
        return x.step().select(x, x.multiply(slope));
    }

    /** log of the sum of exponentials along the last axis, which disappears; the largest element is taken out first. */
    public static Node logSumExp(Node x) {
        Node largest = largest(x);
        return x.subtract(largest).exponential().sum(-1).logarithm().add(largest.reshape(withoutLast(x)));
    }

    /** exp(x) over its sum along the last axis; the largest element is taken out first. */
    public static Node softmax(Node x) {
        Node exponentials = x.subtract(largest(x)).exponential();
        return exponentials.divide(exponentials.sum(-1).reshape(largestShape(x)));
    }

    /**
     * Cross-entropy of softmax(logits) against a distribution: logSumExp(logits) - sum(target * logits) along the last
     * axis, which disappears. Both logits and their sum are taken relative to the largest, so that nothing cancels.
     *
     * @param logits [.., classes]
     * @param target [.., classes], each row adding up to 1, such as a one-hot row
     * @return one loss per row; the mean over the batch is left to the caller
     */
    public static Node softmaxCrossEntropy(Node logits, Node target) {
        Node relative = logits.subtract(largest(logits));
        return relative.exponential()
                .sum(-1)
                .logarithm()
                .subtract(target.multiply(relative).sum(-1));
    }

    /**
     * What batch normalization makes of a batch.
     *
     * @param normalized (x - mean) / sqrt(variance + epsilon), of the shape of x
     * @param mean of each channel [channels]
     * @param variance of each channel [channels], biased: the mean of squared deviations
     */
    public record Normalized(Node normalized, Node mean, Node variance) {}

    /**
     * Batch normalization in training (Ioffe, Szegedy 2015, algorithm 1) without its scale and shift.
     *
     * @param x [batch, channels] or [batch, channels, height, width]
     * @param epsilon added to the variance, 1e-5 by convention
     */
    public static Normalized batchNormalization(Node x, double epsilon) {
        Shape shape = x.shape();
        if (shape.rank() != 2 && shape.rank() != 4) {
            throw new ShapeException("batch normalization: expected [batch, channels] or [batch, channels, height, "
                    + "width], found " + shape);
        }
        int channels = shape.size(1);
        int[] others = shape.rank() == 2 ? new int[] {0} : new int[] {0, 2, 3};
        Shape perChannel = shape.rank() == 2 ? Shape.of(1, channels) : Shape.of(1, channels, 1, 1);
        double count = shape.count() / (double) channels;
        Node mean = x.sum(others).divide(count);
        Node centred = x.subtract(mean.reshape(perChannel));
        Node variance = centred.square().sum(others).divide(count);
        Node deviation = variance.add(epsilon).squareRoot();
        return new Normalized(centred.divide(deviation.reshape(perChannel)), mean, variance);
    }

    /**
     * Layer normalization (Ba, Kiros, Hinton 2016, equation 4) without its scale and shift: along the last axis
     * (x - mean) / sqrt(variance + epsilon), the variance being the mean of squared deviations.
     *
     * @param epsilon added to the variance, 1e-5 by convention
     */
    public static Node layerNormalization(Node x, double epsilon) {
        int features = x.shape().size(-1);
        Shape perRow = largestShape(x);
        Node centred = x.subtract(x.sum(-1).divide(features).reshape(perRow));
        Node variance = centred.square().sum(-1).divide(features);
        return centred.divide(variance.add(epsilon).squareRoot().reshape(perRow));
    }

    /** The largest element along the last axis, which gets size 1, held constant: its derivative cancels anyway. */
    private static Node largest(Node x) {
        return x.max(-1).heldConstant();
    }

    private static Shape largestShape(Node x) {
        return x.shape().with(-1, 1);
    }

    private static Shape withoutLast(Node x) {
        return x.shape().without(x.shape().axis(-1));
    }
}
