package io.orrery.lab.judge.statistics;

/**
 * Mallows' model of noisy orders (Mallows 1957): an order of k things has a chance in proportion to theta to the number of its
 * pairs that stand the wrong way. It gives a mean rank trend over seeds the tails that a few coarse values between -1 and 1
 * have, which Student's t does not know: of two driver values it is the binomial distribution, and it is exact there.
 */
public final class Mallows {
    private static final int HALVINGS = 40;

    private final int pairs;
    private final int things;
    private final int seeds;

    /** Of orders of so many driver values, averaged over so many seeds. */
    public Mallows(int things, int seeds) {
        this.things = things;
        this.pairs = things * (things - 1) / 2;
        this.seeds = seeds;
    }

    /** Chance of a mean trend this high or higher where the true one is given; 1 is perfect order. */
    double atLeast(double mean, double truth) {
        if (truth >= 1) {
            return 1;
        }
        return truth <= -1 ? mean > -1 ? 0 : 1 : fewer(wrongPairs(mean), parameter(truth));
    }

    /** Chance of a mean trend this low or lower where the true one is given. */
    double atMost(double mean, double truth) {
        return atLeast(-mean, -truth);
    }

    /** The lowest true trend under which a mean this high or higher still has a chance. */
    double lowest(double mean, double chance) {
        double low = -1;
        double high = 1;
        int wrong = wrongPairs(mean);
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (fewer(wrong, theta(middle)) > chance) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return trend(theta(low));
    }

    /** The highest true trend under which a mean this low or lower still has a chance. */
    double highest(double mean, double chance) {
        return -lowest(-mean, chance);
    }

    /** Pairs that stand the wrong way in all seeds together; between two numbers the one that is less extreme. */
    private int wrongPairs(double mean) {
        return (int) StrictMath.ceil((1 - mean) / 2 * pairs * seeds - 1e-6);
    }

    /** Chance of so many wrong pairs or fewer in all seeds. */
    private double fewer(int wrong, double theta) {
        double[] one = wrongOfOne(theta);
        double[] sum = {1};
        for (int seed = 0; seed < seeds; seed++) {
            sum = convolved(sum, one);
        }
        double chance = 0;
        for (int i = 0; i <= wrong && i < sum.length; i++) {
            chance += sum[i];
        }
        return Math.min(1, chance);
    }

    /** The parameter at which the mean trend is the given one. */
    private double parameter(double truth) {
        double low = -1;
        double high = 1;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (trend(theta(middle)) > truth) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return theta(low);
    }

    /** Every value above 0 for a place between -1 and 1; the trend falls as it grows. */
    private static double theta(double place) {
        return (1 + place) / (1 - place);
    }

    private double trend(double theta) {
        double[] chances = wrongOfOne(theta);
        double mean = 0;
        for (int i = 0; i < chances.length; i++) {
            mean += chances[i] * i;
        }
        return 1 - 2 * mean / pairs;
    }

    /** Chances of the number of wrong pairs: the product of (1 + theta + ... + theta^i) over i = 1 ... k - 1, made to sum to 1. */
    private double[] wrongOfOne(double theta) {
        double[] chances = {1};
        for (int i = 1; i < things; i++) {
            double[] factor = new double[i + 1];
            double sum = 0;
            for (int power = 0; power <= i; power++) {
                // In reverse where theta is large, so that nothing overflows.
                factor[power] = theta <= 1 ? StrictMath.pow(theta, power) : StrictMath.pow(1 / theta, i - power);
                sum += factor[power];
            }
            for (int power = 0; power <= i; power++) {
                factor[power] /= sum;
            }
            chances = convolved(chances, factor);
        }
        return chances;
    }

    private static double[] convolved(double[] one, double[] other) {
        double[] sum = new double[one.length + other.length - 1];
        for (int i = 0; i < one.length; i++) {
            for (int j = 0; j < other.length; j++) {
                sum[i + j] += one[i] * other[j];
            }
        }
        return sum;
    }
}
