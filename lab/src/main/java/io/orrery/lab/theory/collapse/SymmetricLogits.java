package io.orrery.lab.theory.collapse;

import java.util.Arrays;

/**
 * A matrix of K x K logits that treats all majority classes alike and all minority classes alike, rows features and columns
 * classifiers: {@code majority} (I - mean) on the first group, {@code minority} (I - mean) on the second, and a 2 x 2 matrix on the
 * normalized means of the groups, rows by rows. These parts are orthogonal, so that singular values are those of the parts.
 *
 * @param majority a, with multiplicity {@code majorities} - 1
 * @param minority b, with multiplicity {@code minorities} - 1
 */
record SymmetricLogits(
        int majorities, int minorities, double majority, double minority, double aa, double ab, double ba, double bb) {
    /** A loss and its gradient, which has the symmetry of the logits. */
    record Slope(double loss, SymmetricLogits gradient) {}

    static SymmetricLogits zero(int majorities, int minorities) {
        return new SymmetricLogits(majorities, minorities, 0, 0, 0, 0, 0, 0);
    }

    /** Mean cross-entropy with {@code ratio} times as many examples in each majority as in each minority class. */
    Slope crossEntropy(double ratio) {
        double share = 1 / (majorities * ratio + minorities);
        double mixed = Math.sqrt((double) majorities * minorities);
        Row first = Row.of((aa - majority) / majorities, majority, ab / mixed, majorities, minorities);
        Row second = Row.of((bb - minority) / minorities, minority, ba / mixed, minorities, majorities);
        SymmetricLogits gradient = new SymmetricLogits(
                majorities,
                minorities,
                -ratio * share * first.difference(),
                -share * second.difference(),
                -ratio * share * first.away() * minorities,
                ratio * share * first.away() * mixed,
                share * second.away() * mixed,
                -share * second.away() * majorities);
        double loss = share * (ratio * majorities * first.loss() + minorities * second.loss());
        return new Slope(loss, gradient);
    }

    SymmetricLogits plus(double factor, SymmetricLogits other) {
        return new SymmetricLogits(
                majorities,
                minorities,
                majority + factor * other.majority,
                minority + factor * other.minority,
                aa + factor * other.aa,
                ab + factor * other.ab,
                ba + factor * other.ba,
                bb + factor * other.bb);
    }

    SymmetricLogits withMinority(double value) {
        return new SymmetricLogits(majorities, minorities, majority, value, aa, ab, ba, bb);
    }

    /** Sum over all elements of the products. */
    double inner(SymmetricLogits other) {
        return (majorities - 1) * majority * other.majority
                + (minorities - 1) * minority * other.minority
                + aa * other.aa
                + ab * other.ab
                + ba * other.ba
                + bb * other.bb;
    }

    /** All K of them, falling. */
    double[] singularValues() {
        double[] values = new double[majorities + minorities];
        Arrays.fill(values, 0, majorities - 1, Math.abs(majority));
        Arrays.fill(values, majorities - 1, majorities + minorities - 2, Math.abs(minority));
        values[values.length - 2] = larger();
        values[values.length - 1] = smaller();
        return Arrays.stream(values)
                .map(value -> -value)
                .sorted()
                .map(value -> -value)
                .toArray();
    }

    double nuclearNorm() {
        return excess(0);
    }

    double spectralNorm() {
        double ofMajority = majorities > 1 ? Math.abs(majority) : 0;
        double ofMinority = minorities > 1 ? Math.abs(minority) : 0;
        return Math.max(larger(), Math.max(ofMajority, ofMinority));
    }

    /** The nearest logits whose nuclear norm is at most {@code radius}: all singular values lowered by one threshold. */
    SymmetricLogits projected(double radius) {
        if (nuclearNorm() <= radius) {
            return this;
        }
        double low = 0;
        double high = spectralNorm();
        // The excess is convex and falling in the threshold: secants from the left stay left, and end at the root.
        for (int i = 0; i < 100 && high > low; i++) {
            double above = excess(low) - radius;
            double next = low + above / counted(low);
            if (!(next > low)) {
                break;
            }
            low = next;
        }
        return lowered(low);
    }

    /** Rows classifiers and columns features instead. */
    SymmetricLogits transposed() {
        return new SymmetricLogits(majorities, minorities, majority, minority, aa, ba, ab, bb);
    }

    /** Elements aa, ab and bb of the square root of Q^T Q, Q the 2 x 2 part. */
    double[] gramRoot() {
        double product = Math.abs(aa * bb - ab * ba);
        double sum = larger() + smaller();
        if (sum == 0) {
            return new double[3];
        }
        return new double[] {
            (aa * aa + ba * ba + product) / sum, (aa * ab + ba * bb) / sum, (ab * ab + bb * bb + product) / sum
        };
    }

    private double excess(double threshold) {
        return (majorities - 1) * Math.max(0, Math.abs(majority) - threshold)
                + (minorities - 1) * Math.max(0, Math.abs(minority) - threshold)
                + Math.max(0, larger() - threshold)
                + Math.max(0, smaller() - threshold);
    }

    /** How many singular values are above a threshold. */
    private int counted(double threshold) {
        return (Math.abs(majority) > threshold ? majorities - 1 : 0)
                + (Math.abs(minority) > threshold ? minorities - 1 : 0)
                + (larger() > threshold ? 1 : 0)
                + (smaller() > threshold ? 1 : 0);
    }

    private SymmetricLogits lowered(double threshold) {
        // A 2 x 2 matrix is a scaled rotation plus a scaled reflection; singular values are the sum and difference of
        // the scales.
        double turn = turn();
        double flip = flip();
        double first = soft(turn + flip, threshold);
        double second = soft(turn - flip, threshold);
        double turnFactor = turn == 0 ? 0 : (first + second) / (2 * turn);
        double flipFactor = flip == 0 ? 0 : (first - second) / (2 * flip);
        double turnCosine = turnFactor * (aa + bb) / 2;
        double turnSine = turnFactor * (ba - ab) / 2;
        double flipCosine = flipFactor * (aa - bb) / 2;
        double flipSine = flipFactor * (ba + ab) / 2;
        return new SymmetricLogits(
                majorities,
                minorities,
                soft(majority, threshold),
                soft(minority, threshold),
                turnCosine + flipCosine,
                flipSine - turnSine,
                flipSine + turnSine,
                turnCosine - flipCosine);
    }

    private static double soft(double value, double threshold) {
        return Math.copySign(Math.max(0, Math.abs(value) - threshold), value);
    }

    private double larger() {
        return turn() + flip();
    }

    private double smaller() {
        return Math.abs(turn() - flip());
    }

    private double turn() {
        return Math.sqrt((aa + bb) * (aa + bb) + (ba - ab) * (ba - ab)) / 2;
    }

    private double flip() {
        return Math.sqrt((aa - bb) * (aa - bb) + (ba + ab) * (ba + ab)) / 2;
    }

    /**
     * The softmax of a class's row of logits.
     *
     * @param difference 1 - (probability of the class) + (probability of another class of its group)
     * @param away probability of one class of the other group
     */
    private record Row(double loss, double difference, double away) {
        static Row of(double sibling, double own, double other, int siblings, int others) {
            double top = sibling + own;
            double highest = Math.max(Math.max(top, sibling), other);
            double forOwn = StrictMath.exp(top - highest);
            double forSibling = StrictMath.exp(sibling - highest);
            double forOther = StrictMath.exp(other - highest);
            double sum = forOwn + (siblings - 1) * forSibling + others * forOther;
            // 1 - p_own without cancellation.
            double missed = ((siblings - 1) * forSibling + others * forOther) / sum;
            return new Row(StrictMath.log(sum) + highest - top, missed + forSibling / sum, forOther / sum);
        }
    }
}
