package io.orrery.lab.theory.memorization;

import io.orrery.lab.theory.memorization.NamedLayers.Sum;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/**
 * Writes down a ReLU network that answers each of N points with its label, and every other whole point whose projection is another
 * with 0. After Vardi, Yehudai and Shamir (2021, arXiv 2110.03187), whose abstract was read and whose construction was not: the
 * steps here are our own.
 *
 * <p>Points are projected to whole numbers of {@code pointBits} bits, put in order and divided into groups of s. One number holds
 * all projections of a group, another all its labels. A layer of steps finds the two numbers of the group that a point belongs to;
 * then s times the topmost projection and the topmost label are peeled off bit by bit, and the label counts if the projection is
 * the point's. A step layer has a few weights for each of N / s groups, a peeled bit a few weights, so that s near the root of N
 * makes both of the order of sqrt(N) (pointBits + labelBits).
 *
 * @param direction whole weights of the projection, 0 or more
 * @param points [points][inputs], whole, 0 or more, with different projections
 * @param labels of each point, from 1 to 2^labelBits - 1
 * @param groupSize s
 * @param pointBits the bits of a projection
 * @param labelBits the bits of a label
 */
public record Memorizer(long[] direction, long[][] points, int[] labels, int groupSize, int pointBits, int labelBits) {
    private static final String POINT = "point";
    private static final String ANSWER = "answer";
    private static final String POINTS = "points of the group";
    private static final String LABELS = "labels of the group";
    private static final String PEELED_POINT = "peeled point";
    private static final String PEELED_LABEL = "peeled label";
    private static final String ABOVE = "above";
    private static final String AT_LEAST = "at least";
    private static final String MORE = "more";
    private static final String LESS = "less";
    private static final String FOUND = "found";

    /** Refuses points that cannot be told apart and numbers that do not fit their bits. */
    public Memorizer {
        BigInteger[] sorted = IntStream.range(0, points.length)
                .mapToObj(point -> projected(direction, points[point]))
                .sorted()
                .toArray(BigInteger[]::new);
        for (int i = 0; i < sorted.length; i++) {
            if (sorted[i].signum() < 0 || sorted[i].bitLength() > pointBits) {
                throw new IllegalArgumentException(
                        "a projection must be a number of " + pointBits + " bits, found " + sorted[i]);
            }
            if (i > 0 && sorted[i].equals(sorted[i - 1])) {
                throw new IllegalArgumentException("two points have the projection " + sorted[i]);
            }
        }
        for (int label : labels) {
            if (label < 1 || label >= 1 << labelBits) {
                throw new IllegalArgumentException(
                        "a label must be from 1 to " + ((1 << labelBits) - 1) + ", found " + label);
            }
        }
        if (points.length == 0 || labels.length != points.length || groupSize < 1) {
            throw new IllegalArgumentException(
                    "found " + points.length + " points, " + labels.length + " labels and groups of " + groupSize);
        }
    }

    /** The smallest whole number whose square is at least a number: how many points a group has by default. */
    public static int root(int points) {
        int root = 1;
        while ((long) root * root < points) {
            root++;
        }
        return root;
    }

    /** The projection of a point. */
    public static BigInteger projected(long[] direction, long[] point) {
        BigInteger sum = BigInteger.ZERO;
        for (int i = 0; i < direction.length; i++) {
            sum = sum.add(BigInteger.valueOf(direction[i]).multiply(BigInteger.valueOf(point[i])));
        }
        return sum;
    }

    /**
     * A group as two numbers. A last group that is not full is filled up with zeros at the lower end: the label 0 adds nothing.
     *
     * @param least its smallest projection
     * @param points its projections one after the other, the smallest in the topmost bits
     * @param labels its labels likewise
     */
    record Group(BigInteger least, BigInteger points, BigInteger labels) {}

    /** The groups in the order of their projections. */
    List<Group> groups() {
        int[] order = IntStream.range(0, points.length)
                .boxed()
                .sorted((one, other) ->
                        projected(direction, points[one]).compareTo(projected(direction, points[other])))
                .mapToInt(Integer::intValue)
                .toArray();
        return IntStream.iterate(0, from -> from < order.length, from -> from + groupSize)
                .mapToObj(from -> group(Arrays.copyOfRange(order, from, from + groupSize), order.length - from))
                .toList();
    }

    private Group group(int[] members, int count) {
        BigInteger held = BigInteger.ZERO;
        BigInteger named = BigInteger.ZERO;
        for (int i = 0; i < members.length; i++) {
            BigInteger point = i < count ? projected(direction, points[members[i]]) : BigInteger.ZERO;
            BigInteger label = i < count ? BigInteger.valueOf(labels[members[i]]) : BigInteger.ZERO;
            held = held.shiftLeft(pointBits).add(point);
            named = named.shiftLeft(labelBits).add(label);
        }
        return new Group(projected(direction, points[members[0]]), held, named);
    }

    /** The network. Its one output is the label. */
    public WholeNetwork network() {
        List<String> inputs = IntStream.range(0, direction.length)
                .mapToObj(input -> "input " + input)
                .toList();
        NamedLayers layers = new NamedLayers(inputs);
        Sum projection = new Sum();
        for (int input = 0; input < direction.length; input++) {
            projection.plus(BigInteger.valueOf(direction[input]), inputs.get(input));
        }
        SequencedMap<String, Sum> first = new LinkedHashMap<>();
        first.put(POINT, projection);
        layers.add(first);
        findGroup(layers);
        for (int member = 0; member < groupSize; member++) {
            int left = groupSize - 1 - member;
            for (int bit = pointBits - 1; bit >= 0; bit--) {
                peel(layers, POINTS, PEELED_POINT, left * pointBits + bit, bit, POINT, ANSWER, LABELS);
            }
            for (int bit = labelBits - 1; bit >= 0; bit--) {
                peel(layers, LABELS, PEELED_LABEL, left * labelBits + bit, bit, POINT, ANSWER, POINTS, PEELED_POINT);
            }
            compare(layers);
        }
        layers.add(NamedLayers.carrying(ANSWER));
        return layers.network();
    }

    /** The numbers of the point's group: relu(x - l + 1) - relu(x - l) is 1 from the projection l on and 0 below. */
    private void findGroup(NamedLayers layers) {
        List<Group> groups = groups();
        SequencedMap<String, Sum> steps = NamedLayers.carrying(POINT);
        Sum held = new Sum().plus(groups.getFirst().points());
        Sum named = new Sum().plus(groups.getFirst().labels());
        for (int i = 1; i < groups.size(); i++) {
            Group group = groups.get(i);
            Group before = groups.get(i - 1);
            steps.put(AT_LEAST + i, new Sum().plus(POINT).plus(BigInteger.ONE.subtract(group.least())));
            steps.put(ABOVE + i, new Sum().plus(POINT).plus(group.least().negate()));
            rise(held, group.points().subtract(before.points()), i);
            rise(named, group.labels().subtract(before.labels()), i);
        }
        layers.add(steps);
        SequencedMap<String, Sum> found = NamedLayers.carrying(POINT);
        found.put(ANSWER, new Sum());
        found.put(POINTS, held);
        found.put(LABELS, named);
        found.put(PEELED_POINT, new Sum());
        found.put(PEELED_LABEL, new Sum());
        layers.add(found);
    }

    private static void rise(Sum sum, BigInteger by, int step) {
        sum.plus(by, AT_LEAST + step).plus(by.negate(), ABOVE + step);
    }

    /** Moves one bit from a group's number to a member's: it is 1 if the number is at least 2^bit, since higher bits are gone. */
    private static void peel(NamedLayers layers, String from, String to, int bit, int bitThere, String... others) {
        BigInteger power = BigInteger.ONE.shiftLeft(bit);
        BigInteger there = BigInteger.ONE.shiftLeft(bitThere);
        SequencedMap<String, Sum> steps = NamedLayers.carrying(others);
        steps.putAll(NamedLayers.carrying(from, to));
        steps.put(AT_LEAST, new Sum().plus(from).plus(BigInteger.ONE.subtract(power)));
        steps.put(ABOVE, new Sum().plus(from).plus(power.negate()));
        layers.add(steps);
        SequencedMap<String, Sum> peeled = NamedLayers.carrying(others);
        peeled.put(from, new Sum().plus(from).plus(power.negate(), AT_LEAST).plus(power, ABOVE));
        peeled.put(to, new Sum().plus(to).plus(there, AT_LEAST).plus(there.negate(), ABOVE));
        if (to.equals(PEELED_POINT)) {
            peeled.put(PEELED_LABEL, new Sum());
        }
        layers.add(peeled);
    }

    /** Adds relu(label - 2^labelBits |difference|): the label where the peeled projection is the point's, else 0. */
    private void compare(NamedLayers layers) {
        SequencedMap<String, Sum> apart = NamedLayers.carrying(POINT, ANSWER, POINTS, LABELS, PEELED_LABEL);
        apart.put(MORE, new Sum().plus(PEELED_POINT).minus(POINT));
        apart.put(LESS, new Sum().plus(POINT).minus(PEELED_POINT));
        layers.add(apart);
        BigInteger many = BigInteger.ONE.shiftLeft(labelBits).negate();
        SequencedMap<String, Sum> counted = NamedLayers.carrying(POINT, ANSWER, POINTS, LABELS);
        counted.put(FOUND, new Sum().plus(PEELED_LABEL).plus(many, MORE).plus(many, LESS));
        layers.add(counted);
        SequencedMap<String, Sum> answered = NamedLayers.carrying(POINT, POINTS, LABELS);
        answered.put(ANSWER, new Sum().plus(ANSWER).plus(FOUND));
        answered.put(PEELED_POINT, new Sum());
        answered.put(PEELED_LABEL, new Sum());
        layers.add(answered);
    }
}
