package io.orrery.lab.judge.criterion;

import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.Phrase;
import io.orrery.lab.judge.statistics.Average;
import io.orrery.lab.judge.statistics.Means;
import io.orrery.lab.judge.statistics.Sample;
import io.orrery.lab.judge.statistics.Sampling;
import io.orrery.lab.judge.statistics.Seeds;
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.judge.statistics.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Two arms against each other, by Student's t: paired where both arms share their seeds (the usual case), else Welch's. */
public final class Comparison {
    private Comparison() {}

    /** Paired ratio of the first arm to the second: geometric mean over seeds. Values must be positive. */
    public static Finding ratio(String name, String prediction, Values first, Values second, Threshold threshold) {
        return paired(name, prediction, first, second, Average.GEOMETRIC, threshold);
    }

    /** Paired difference, the first arm less the second: mean over seeds. */
    public static Finding difference(String name, String prediction, Values first, Values second, Threshold threshold) {
        return paired(name, prediction, first, second, Average.ARITHMETIC, threshold);
    }

    /** Equality of paired arms within a share of the second: their ratio lies within 1 - share and 1 + share. */
    public static Finding equal(String name, String prediction, Values first, Values second, double share) {
        return ratio(name, prediction, first, second, Threshold.about(1, share));
    }

    /** Ratio of geometric means of arms that share no seeds. Values must be positive. */
    public static Finding unpairedRatio(
            String name, String prediction, Values first, Values second, Threshold threshold) {
        return unpaired(name, prediction, first, second, Average.GEOMETRIC, threshold);
    }

    /** Difference of means, the first less the second, of arms that share no seeds. */
    public static Finding unpairedDifference(
            String name, String prediction, Values first, Values second, Threshold threshold) {
        return unpaired(name, prediction, first, second, Average.ARITHMETIC, threshold);
    }

    private static Finding paired(
            String name, String prediction, Values first, Values second, Average average, Threshold threshold) {
        Seeds seeds = Seeds.of(first.values(), second.values());
        double[] one = seeds.keep(first.values());
        double[] other = seeds.keep(second.values());
        String flaw = Seeds.flaw(average, one, other);
        Sampling sampling = new Sampling.None();
        if (flaw.isEmpty()) {
            double[] differences = IntStream.range(0, one.length)
                    .mapToDouble(seed -> average.to(one[seed]) - average.to(other[seed]))
                    .toArray();
            sampling = Means.of(differences, average);
        }
        Sample sample = seeds.sample("seeds", flaw);
        return Finding.of(
                name, Kind.EFFECT, prediction, phrase(first, second, average), sampling, threshold, sample, "");
    }

    private static Finding unpaired(
            String name, String prediction, Values first, Values second, Average average, Threshold threshold) {
        Seeds firstSeeds = Seeds.of(first.values());
        Seeds secondSeeds = Seeds.of(second.values());
        double[] one = firstSeeds.keep(first.values());
        double[] other = secondSeeds.keep(second.values());
        List<String> flaws = new ArrayList<>();
        flaws.add(Seeds.flaw(average, one, other));
        if (Math.min(one.length, other.length) < Sample.MINIMUM) {
            flaws.add("at least " + Sample.MINIMUM + " seeds are needed in each arm, found " + one.length + " and "
                    + other.length);
        }
        flaws.removeIf(String::isEmpty);
        boolean positive = Seeds.flaw(average, one, other).isEmpty();
        Sampling sampling =
                positive ? Means.difference(average.to(one), average.to(other), average) : new Sampling.None();
        List<Integer> missing = new ArrayList<>(firstSeeds.sample("", "").missing());
        secondSeeds.sample("", "").missing().forEach(place -> missing.add(first.values().length + place));
        Sample sample = new Sample(
                "runs of both arms", first.values().length + second.values().length, missing, String.join("; ", flaws));
        return Finding.of(
                name, Kind.EFFECT, prediction, phrase(first, second, average), sampling, threshold, sample, "");
    }

    private static Phrase phrase(Values first, Values second, Average average) {
        return average == Average.GEOMETRIC
                ? new Phrase(first.words() + " is", "times " + second.words())
                : new Phrase(first.words() + " less " + second.words() + " is", "");
    }
}
