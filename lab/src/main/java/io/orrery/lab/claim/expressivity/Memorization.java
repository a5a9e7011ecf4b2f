package io.orrery.lab.claim.expressivity;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.compute.Computation;
import io.orrery.lab.compute.Parameter;
import io.orrery.lab.compute.Results;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.theory.memorization.Memorizer;
import io.orrery.lab.theory.memorization.WholeNetwork;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Writes networks down that memorize random points, asks them for every point, and counts their weights and bits. */
final class Memorization implements Computation {
    static final String NAME = "memorization";

    private static final int POINT_RANGE = 256;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public String about() {
        return "a ReLU network of whole weights that is written down to memorize random points with random labels, evaluated without"
                + " rounding: the share of points recalled, the number of weights, their bits";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.whole("points", "the number of points", 2, 10_000),
                Parameter.whole("inputs", "the number of inputs, each a whole number from 0 to 255", 4, 100),
                Parameter.whole("label-bits", "the bits of a label", 1, 16),
                Parameter.whole("group", "how many points one weight holds, 0 for the root of their number", 0, 100),
                Parameter.whole("bits", "the significant bits that weights are rounded to, 0 for all", 0, 100_000));
    }

    /** How many points one weight holds. */
    static int group(Setting setting) {
        int group = setting.whole("group");
        return group == 0 ? Memorizer.root(setting.whole("points")) : group;
    }

    /** The bits that the projection of any point fits in. */
    static int pointBits(Setting setting) {
        return BigInteger.valueOf(setting.whole("inputs"))
                .multiply(BigInteger.valueOf(POINT_RANGE - 1L))
                .multiply(BigInteger.valueOf(directionRange(setting) - 1))
                .bitLength();
    }

    /** Weights of the projection are below the square of the number of points: two points then seldom meet. */
    private static long directionRange(Setting setting) {
        return (long) setting.whole("points") * setting.whole("points");
    }

    @Override
    public Results compute(long seed, Setting setting) {
        Memorizer memorizer = memorizer(seed, setting);
        WholeNetwork network = memorizer.network();
        WholeNetwork asked = setting.whole("bits") == 0 ? network : network.rounded(setting.whole("bits"));
        return Results.none()
                .with("recalled", recalled(memorizer, asked))
                .with("parameters", asked.parameters())
                .with("full-parameters", asked.fullParameters())
                .with("layers", asked.layers().size())
                .with("widest-bits", asked.widestBits())
                .with("all-bits", asked.significantBits());
    }

    /** The points of a seed, and a direction in which no two of them meet: the first that is found. */
    static Memorizer memorizer(long seed, Setting setting) {
        long[][] points = points(RandomStream.of(seed, "points"), setting.whole("points"), setting.whole("inputs"));
        RandomStream named = RandomStream.of(seed, "labels");
        int[] labels = new int[points.length];
        for (int point = 0; point < labels.length; point++) {
            labels[point] = 1 + named.integer(0, point, (1 << setting.whole("label-bits")) - 1);
        }
        RandomStream drawn = RandomStream.of(seed, "direction");
        for (int attempt = 0; ; attempt++) {
            long[] direction = new long[setting.whole("inputs")];
            for (int input = 0; input < direction.length; input++) {
                direction[input] = (long) (drawn.uniform(attempt, input) * directionRange(setting));
            }
            Set<BigInteger> projections = new HashSet<>();
            if (Arrays.stream(points).allMatch(point -> projections.add(Memorizer.projected(direction, point)))) {
                return new Memorizer(
                        direction, points, labels, group(setting), pointBits(setting), setting.whole("label-bits"));
            }
        }
    }

    /** Different points: one that was drawn before is drawn again. */
    private static long[][] points(RandomStream stream, int count, int inputs) {
        Set<List<Long>> seen = new HashSet<>();
        long[][] points = new long[count][inputs];
        int kept = 0;
        for (long draw = 0; kept < count; draw++) {
            for (int input = 0; input < inputs; input++) {
                points[kept][input] = stream.integer(draw, input, POINT_RANGE);
            }
            kept += seen.add(Arrays.stream(points[kept]).boxed().toList()) ? 1 : 0;
        }
        return points;
    }

    private static double recalled(Memorizer memorizer, WholeNetwork network) {
        int right = 0;
        for (int point = 0; point < memorizer.points().length; point++) {
            BigInteger[] inputs = Arrays.stream(memorizer.points()[point])
                    .mapToObj(BigInteger::valueOf)
                    .toArray(BigInteger[]::new);
            BigInteger answer = network.outputs(inputs)[0];
            right += answer.equals(BigInteger.valueOf(memorizer.labels()[point])) ? 1 : 0;
        }
        return right / (double) memorizer.points().length;
    }
}
