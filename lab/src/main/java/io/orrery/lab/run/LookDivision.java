package io.orrery.lab.run;

import io.orrery.engine.graph.Precision;
import io.orrery.lab.observe.Extent;
import io.orrery.lab.observe.Instrument;
import io.orrery.lab.run.LookBudget.Part;
import io.orrery.lab.run.LookBudget.Part.Shared;
import io.orrery.lab.run.LookSchedule.Demand;
import io.orrery.lab.run.LookSchedule.Look;
import io.orrery.lab.setup.MeasureSpec;
import io.orrery.lab.setup.Spec;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/**
 * Divides what measuring may cost among the looks of a run. It depends on predicted FLOPs alone, never on a clock: the same
 * spec gives the same measurements on every machine.
 *
 * <p>The first look, the last one and those that a spec asks for read everything, whatever it costs. Of the others, which are
 * there by default, so many read what is cheap (weights, the probe sets, loss and accuracy on these) that it has
 * {@link LookSchedule#LEAST} readings. What is left of the share of training that measuring may cost goes, in this order, to
 * as many readings of what is dear, the cheapest first; to loss and accuracy on the sample instead of the probe; to the
 * remaining looks; to loss and accuracy on whole splits. Used once.
 */
final class LookDivision {
    /** FLOPs a second of one core, for what counts as a short run: seen are 0.6e11 to 1.1e11. In double half of it. */
    private static final double RATE = 1e11;

    private static final double SHORT_SECONDS = 30;
    /** Of the FLOPs of all updates, what the looks that nobody asked for may cost in a short run and in a longer one. */
    private static final double SHORT_SHARE = 0.3;

    private static final double LONG_SHARE = 0.05;

    /** What each kind of reading may cost in a short run, however short: a fifth of a second. */
    private static final double FREE = 2e10;

    private static final int TENTH = 10;
    private static final int ENDS = 2;

    private final List<Look> looks;
    private final MeasureSpec measure;
    private final List<Instrument> instruments;
    private final LookPrices prices;
    private final double trainingFlops;
    private final double seconds;
    private final double allowed;
    private final double free;
    /** The looks that are there by default, without the first and the last. */
    private final List<Integer> between;

    private final Map<Part, Integer> counts = new LinkedHashMap<>();
    private double left;

    /** A division for a run of so many FLOPs. */
    LookDivision(LookPrices prices, List<Instrument> instruments, List<Look> looks, Spec spec, double trainingFlops) {
        this.prices = prices;
        this.instruments = instruments;
        this.looks = looks;
        this.measure = spec.measure();
        this.trainingFlops = trainingFlops;
        this.seconds = trainingFlops / (spec.precision() == Precision.DOUBLE ? RATE / 2 : RATE);
        boolean isShort = seconds < SHORT_SECONDS;
        this.allowed = isShort ? SHORT_SHARE : LONG_SHARE;
        this.free = isShort ? FREE : 0;
        this.between = IntStream.range(1, looks.size() - 1)
                .filter(index -> looks.get(index).demand() == Demand.FITTING)
                .boxed()
                .toList();
        this.left = allowed * trainingFlops - ENDS * prices.everything() - prices.whole();
    }

    LookBudget divide() {
        int least = Math.min(between.size(), LookSchedule.LEAST - ENDS);
        counts.put(Shared.CHEAP, least);
        left -= least * prices.of(Shared.CHEAP);
        List<Part> dear = prices.parts().keySet().stream()
                .filter(part -> part != Shared.CHEAP)
                .sorted(Comparator.comparingDouble(prices::of))
                .toList();
        dear.forEach(part -> raise(part, least, prices.of(part)));
        boolean sampled = measure.sample().isPresent() || pay(prices.sample() * (least + 1));
        raise(Shared.CHEAP, between.size(), prices.of(Shared.CHEAP) + (sampled ? prices.sample() : 0));
        dear.forEach(part -> raise(part, count(Shared.CHEAP), prices.of(part)));
        boolean wholeThorough = !tenths() && pay(prices.whole() * count(Shared.THOROUGH));
        boolean wholeFirst = pay(prices.whole() - (sampled ? prices.sample() : 0));
        Map<Part, BitSet> shown = chosen();
        List<Extent> extents = new ArrayList<>();
        for (int index = 0; index < looks.size(); index++) {
            boolean whole = index == looks.size() - 1
                    || (index == 0 ? wholeFirst : wholeThorough && shows(shown, Shared.THOROUGH, index));
            extents.add(
                    switch (looks.get(index).demand()) {
                        case WHOLE -> Extent.WHOLE;
                        case READ -> whole && isEnd(index) ? Extent.WHOLE : Extent.SAMPLE;
                        case FITTING -> whole ? Extent.WHOLE : sampled ? Extent.SAMPLE : Extent.PROBE;
                    });
        }
        return new LookBudget(shown, extents, costs(shown, extents, sampled));
    }

    private int count(Part part) {
        return counts.getOrDefault(part, 0);
    }

    private boolean tenths() {
        return measure.thorough() == MeasureSpec.Thorough.TENTH;
    }

    private boolean isEnd(int index) {
        return index == 0 || index == looks.size() - 1;
    }

    /** Pays if there is enough left, or if it is next to nothing. */
    private boolean pay(double cost) {
        boolean payable = cost <= Math.max(left, free);
        left -= payable ? cost : 0;
        return payable;
    }

    /** Raises the readings of a part to as many as can be paid for, at most so many. */
    private void raise(Part part, int most, double each) {
        int before = count(part);
        int wanted = Math.max(0, most - before);
        double payable = Math.max(0, Math.max(left, free - before * each));
        int more = each * wanted <= payable ? wanted : (int) (payable / each);
        counts.put(part, before + more);
        left -= more * each;
    }

    /** Which looks read which part: evenly chosen, the rarer among the more frequent, so that looks fall together. */
    private Map<Part, BitSet> chosen() {
        Map<Part, BitSet> shown = new LinkedHashMap<>();
        List<Integer> from = between;
        List<Part> byCount = counts.keySet().stream()
                .sorted(Comparator.comparingInt(this::count).reversed())
                .toList();
        for (Part part : byCount) {
            from = evenly(from, count(part));
            BitSet chosen = new BitSet();
            from.forEach(chosen::set);
            shown.put(part, chosen);
        }
        for (int index = 0; index < looks.size(); index++) {
            boolean tenth = tenths() && index % TENTH == 0;
            for (var part : shown.entrySet()) {
                if (isEnd(index) || looks.get(index).demand() != Demand.FITTING || tenth) {
                    part.getValue().set(index);
                }
                if (tenths() && part.getKey() == Shared.THOROUGH) {
                    part.getValue()
                            .set(
                                    index,
                                    isEnd(index) || tenth || looks.get(index).demand() == Demand.WHOLE);
                }
            }
        }
        return shown;
    }

    private static List<Integer> evenly(List<Integer> from, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> from.get((int) ((2L * i + 1) * from.size() / (2L * count))))
                .toList();
    }

    private static boolean shows(Map<Part, BitSet> shown, Part part, int index) {
        return shown.getOrDefault(part, new BitSet()).get(index);
    }

    private LookCosts costs(Map<Part, BitSet> shown, List<Extent> extents, boolean sampled) {
        double flops = 0;
        double asked = 0;
        for (int index = 0; index < looks.size(); index++) {
            double look = 0;
            for (Part part : prices.parts().keySet()) {
                look += shows(shown, part, index) ? prices.of(part) : 0;
            }
            if (shows(shown, Shared.CHEAP, index)) {
                look += switch (extents.get(index)) {
                    case PROBE -> 0;
                    case SAMPLE -> prices.sample();
                    case WHOLE -> prices.whole();
                };
            }
            flops += look;
            asked += !isEnd(index) && looks.get(index).demand() != Demand.FITTING ? look : 0;
        }
        SequencedMap<Part, Integer> readings = new LinkedHashMap<>();
        for (Part part : prices.parts().keySet()) {
            boolean needed = prices.of(part) > 0;
            readings.put(part, needed ? shown.getOrDefault(part, new BitSet()).cardinality() : looks.size());
        }
        boolean shrunk = prices.sample() > 0 && !sampled && !between.isEmpty();
        return LookCosts.of(
                new LookCosts.Predicted(seconds, allowed, share(flops), share(asked), looks.size(), readings, shrunk),
                instruments,
                measure.sampleSize());
    }

    private double share(double flops) {
        return trainingFlops > 0 ? flops / trainingFlops : 0;
    }
}
