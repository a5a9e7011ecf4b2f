package io.orrery.lab.study;

import io.orrery.lab.book.RecordedRun;
import io.orrery.lab.study.SeriesOf.Reading;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/**
 * One quantity of the runs of a setting, from the first reading to the last. It says what was read and where: one reading
 * gives one number, two give two, and a trend is never concluded from them.
 */
final class Course {
    private final List<SeriesOf> all;
    private final int runs;

    private Course(List<SeriesOf> all, int runs) {
        this.all = all;
        this.runs = runs;
    }

    /** The course of a series over runs. */
    static Course of(List<RecordedRun> runs, Function<RecordedRun, SeriesOf> series) {
        return new Course(
                runs.stream().map(series).filter(one -> !one.isEmpty()).toList(), runs.size());
    }

    /** Whether no run has a finite last reading. */
    boolean isEmpty() {
        return last().isEmpty();
    }

    /** Whether every run has several readings and all of them are one number. */
    boolean isConstant() {
        return all.stream().allMatch(one -> one.readings().size() > 1 && one.isConstant());
    }

    OverSeeds last() {
        return at(SeriesOf::last);
    }

    /** For instance {@code 3.2 (2.9 to 3.5) at step 0, 0.05 at step 4,010, 0.014 at step 8,000; median ... of 5 seeds}. */
    String text() {
        String last = reading(SeriesOf::last);
        boolean single = all.stream().anyMatch(one -> one.readings().size() < 2);
        boolean middle = all.stream().allMatch(one -> one.middle().step() >= 0);
        boolean start = !single && !at(SeriesOf::first).isEmpty();
        return (start ? reading(SeriesOf::first) + ", " : "")
                + (middle && !at(SeriesOf::middle).isEmpty() ? reading(SeriesOf::middle) + ", " : "") + last + "; "
                + last().basis();
    }

    /** Where the last readings were: {@code step 8,000} or {@code steps 100 to 8,000}. */
    String lastSteps() {
        return steps(all.stream().mapToLong(one -> one.last().step()));
    }

    static String steps(LongStream steps) {
        long[] sorted = steps.sorted().distinct().toArray();
        LongFunction<String> whole = step -> String.format(Locale.ROOT, "%,d", step);
        return sorted.length == 1
                ? "step " + whole.apply(sorted[0])
                : "steps " + whole.apply(sorted[0]) + " to " + whole.apply(sorted[sorted.length - 1]);
    }

    private OverSeeds at(Function<SeriesOf, Reading> which) {
        OverSeeds known = OverSeeds.of(all, one -> which.apply(one).value());
        return new OverSeeds(known.values(), runs);
    }

    private String reading(Function<SeriesOf, Reading> which) {
        return at(which).text() + " at "
                + steps(all.stream().mapToLong(one -> which.apply(one).step()));
    }
}
