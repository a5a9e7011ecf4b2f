package io.orrery.lab.claim.landscape;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.compute.Parameter;
import io.orrery.lab.compute.Results;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.examine.Examination;
import io.orrery.lab.examine.Examined;
import java.util.Arrays;
import java.util.List;

/**
 * How far the loss of a network of one hidden layer moves when all but a few of its units are removed and what goes out of the
 * rest is multiplied, so that their sum stands for that of all (Shevchenko and Mondelli 2020).
 */
final class UnitsLeft implements Examination {
    static final String NAME = "units-left";

    private static final String LEFT = "left";
    private static final String DRAWS = "draws";
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
        return "the loss of a network of which some hidden units are left, less that of the whole: its size, mean over the"
                + " networks and several draws of the units that are left";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.whole(LEFT, "the number of hidden units that are left", 1, 1 << 20),
                Parameter.whole(DRAWS, "how often units are drawn", 1, 10_000),
                Parameter.whole(
                        RESCALED,
                        "whether what goes out of the rest is multiplied by all over left (1) or not (0)",
                        0,
                        1));
    }

    static Setting setting(int left, int draws, boolean rescaled) {
        return Setting.empty().with(LEFT, left).with(DRAWS, draws).with(RESCALED, rescaled ? 1 : 0);
    }

    @Override
    public Results examine(List<Examined> networks, long seed, Setting setting) {
        RandomStream random = RandomStream.of(seed, NAME + "/units");
        int draws = setting.whole(DRAWS);
        Results results = Results.none();
        for (SplitName split : List.of(SplitName.TRAIN, SplitName.TEST)) {
            double change = 0;
            for (Examined examined : networks) {
                HiddenUnits whole = HiddenUnits.of(examined);
                int left = Math.min(setting.whole(LEFT), whole.count());
                double factor = setting.whole(RESCALED) == 1 ? (double) whole.count() / left : 1;
                double loss = examined.evaluate(split).loss();
                for (int draw = 0; draw < draws; draw++) {
                    int[] units = Arrays.copyOf(random.permutation(draw, whole.count()), left);
                    double changed = examined.evaluate(
                                    split, whole.left(units, factor).arrays())
                            .loss();
                    change += Math.abs(changed - loss) / (draws * networks.size());
                }
            }
            results = results.with(split.text() + "-change", change);
        }
        return results;
    }
}
