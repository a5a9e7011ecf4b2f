package io.orrery.lab.claim.landscape;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.UserError;
import io.orrery.lab.compute.Parameter;
import io.orrery.lab.compute.Results;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.examine.Examination;
import io.orrery.lab.examine.Examined;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The loss on a path of seven straight pieces between two networks of one hidden layer, each of which passes through a network
 * with half of its units (Kuditipudi et al. 2019; Shevchenko and Mondelli 2020). While a unit is silent what comes in to it may
 * change freely, and a piece on which only what goes out changes has a convex loss, largest at one of its ends. So the largest
 * loss on the path is that of an end or of a network with half of its units, whatever the networks.
 */
final class PathOfHalves implements Examination {
    static final String NAME = "path-of-halves";

    /** Straight pieces of the path. */
    static final int PIECES = 7;

    private static final String DRAWS = "draws";
    private static final String POINTS = "points";
    private static final String RESCALED = "rescaled";

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
        return "the loss along a path of seven straight pieces between two networks, through networks with half of their units, and"
                + " along the straight line; the increase: the largest loss less that of the worse end, mean over several draws of"
                + " the half";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.whole(DRAWS, "how often the half is drawn", 1, 10_000),
                Parameter.whole(POINTS, "steps on each straight piece", 1, 1000),
                Parameter.whole(RESCALED, "whether what goes out of the half is doubled (1) or not (0)", 0, 1));
    }

    static Setting setting(int draws, int points, boolean rescaled) {
        return Setting.empty().with(DRAWS, draws).with(POINTS, points).with(RESCALED, rescaled ? 1 : 0);
    }

    @Override
    public Results examine(List<Examined> networks, long seed, Setting setting) {
        Examined examined = networks.getFirst();
        HiddenUnits one = HiddenUnits.of(examined);
        HiddenUnits other = HiddenUnits.of(networks.getLast());
        if (one.count() != other.count() || one.count() % 2 != 0) {
            throw new UserError(NAME + ": expected two networks with the same even number of hidden units, found "
                    + one.count() + " and " + other.count());
        }
        int draws = setting.whole(DRAWS);
        int points = setting.whole(POINTS);
        double factor = setting.whole(RESCALED) == 1 ? 2 : 1;
        RandomStream random = RandomStream.of(seed, NAME + "/half");
        Results results = Results.none();
        for (SplitName split : List.of(SplitName.TRAIN, SplitName.TEST)) {
            double[] path = new double[PIECES * points + 1];
            double increase = 0;
            for (int draw = 0; draw < draws; draw++) {
                double[] losses = losses(
                        examined, split, corners(one, other, random.permutation(draw, one.count()), factor), points);
                increase += increase(losses);
                Arrays.setAll(path, i -> path[i] + losses[i] / draws);
            }
            double[] straight = losses(examined, split, List.of(one, other), PIECES * points);
            results = results.with(split.text() + "-increase", increase / draws)
                    .with(split.text() + "-path", path)
                    .with(split.text() + "-straight-increase", increase(straight))
                    .with(split.text() + "-straight", straight);
        }
        return results;
    }

    /**
     * The corners of the path, both ends among them.
     *
     * @param order of the units: the first half of it is left of both networks
     */
    static List<HiddenUnits> corners(HiddenUnits one, HiddenUnits other, int[] order, double factor) {
        int half = order.length / 2;
        int[] kept = Arrays.copyOf(order, half);
        int[] rest = Arrays.copyOfRange(order, half, order.length);
        HiddenUnits ownHalf = one.left(kept, factor);
        HiddenUnits ready = ownHalf.withIn(other, rest, kept);
        HiddenUnits moved = ready.withOut(other, rest, kept, factor);
        HiddenUnits twice = moved.withIn(other, kept, kept);
        HiddenUnits otherHalf = twice.withOut(other, kept, kept, factor);
        HiddenUnits complete = otherHalf.withIn(other, rest, rest);
        return List.of(one, ownHalf, ready, moved, twice, otherHalf, complete, other);
    }

    /** The largest of all values less the larger of the first and the last. */
    static double increase(double[] losses) {
        return Arrays.stream(losses).max().orElse(Double.NaN) - Math.max(losses[0], losses[losses.length - 1]);
    }

    private static double[] losses(Examined examined, SplitName split, List<HiddenUnits> corners, int points) {
        List<HiddenUnits> places = new ArrayList<>(List.of(corners.getFirst()));
        for (int piece = 1; piece < corners.size(); piece++) {
            for (int i = 1; i <= points; i++) {
                places.add(corners.get(piece - 1).towards(corners.get(piece), (double) i / points));
            }
        }
        return places.stream()
                .mapToDouble(place -> examined.evaluate(split, place.arrays()).loss())
                .toArray();
    }
}
