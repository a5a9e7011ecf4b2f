package io.orrery.lab.claim;

import io.orrery.lab.book.RecordedRun;
import io.orrery.lab.compute.Computation;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.examine.Examination;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.run.RunEnd;
import io.orrery.lab.setup.Spec;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;

/**
 * The runs of one arm, in the order of seeds. Every array has one number per seed, NaN where a run diverged or never
 * measured the series; a series is named as {@link Measurement#series}: {@code neural-collapse.nc1@train},
 * {@code norms.frobenius/layers.0}. What was computed has all its numbers at step 0: {@code COMPUTATION.QUANTITY}.
 */
public final class ArmRuns {
    private final Arm arm;
    private final Ran ran;
    private final List<RecordedRun> runs;

    /** The runs of an arm, in the order of seeds, with the spec that they ran. */
    public ArmRuns(Arm arm, Spec spec, List<RecordedRun> runs) {
        this(arm, new Ran.Trained(spec), runs);
    }

    /** The same of runs of any kind. */
    public ArmRuns(Arm arm, Ran ran, List<RecordedRun> runs) {
        this.arm = arm;
        this.ran = ran;
        this.runs = List.copyOf(runs);
    }

    /** The arm's name. */
    public String name() {
        return arm.name();
    }

    /** Treatment or control. */
    public Arm.Part part() {
        return arm.part();
    }

    /** For people: where the networks of its runs started, if from other arms' runs; empty if from their initialization. */
    public String startsText() {
        return arm.startsText();
    }

    /** What was run, a user's alterations included. */
    public Ran ran() {
        return ran;
    }

    /**
     * What was trained, a user's alterations included.
     *
     * @throws IllegalStateException if the arm was computed
     */
    public Spec spec() {
        return switch (ran) {
            case Ran.Trained(Spec spec) -> spec;
            case Ran.Computed _, Ran.Examined _ ->
                throw new IllegalStateException("the arm " + name() + " was computed and has no spec");
        };
    }

    /**
     * What was computed with, a user's alterations included.
     *
     * @throws IllegalStateException if the arm was trained
     */
    public Setting setting() {
        return switch (ran) {
            case Ran.Computed(Computation _, Setting setting) -> setting;
            case Ran.Examined(Examination _, Setting setting, List<At> _) -> setting;
            case Ran.Trained _ -> throw new IllegalStateException("the arm " + name() + " was trained and has a spec");
        };
    }

    /** Number of runs. */
    public int count() {
        return runs.size();
    }

    /** The runs as the lab book holds them. */
    public List<RecordedRun> runs() {
        return runs;
    }

    /** The last value of a series. */
    public double[] last(String series) {
        return each(run -> lastOf(run, at -> true, series));
    }

    /** The first value of a series. */
    public double[] first(String series) {
        return each(run ->
                points(run, series).stream().findFirst().map(Measurement::value).orElse(Double.NaN));
    }

    /** The last value of a series at or before a step. */
    public double[] at(String series, long step) {
        return each(run -> lastOf(run, at -> at.step() <= step, series));
    }

    /** The mean of a series over the looks from a step on. */
    public double[] meanFrom(String series, long step) {
        return each(run -> points(run, series).stream()
                .filter(point -> point.step() >= step)
                .mapToDouble(Measurement::value)
                .average()
                .orElse(Double.NaN));
    }

    /** The largest value of a series over the looks from a step on. */
    public double[] maximumFrom(String series, long step) {
        return each(run -> points(run, series).stream()
                .filter(point -> point.step() >= step)
                .mapToDouble(Measurement::value)
                .max()
                .orElse(Double.NaN));
    }

    /** The last vector of a series, one row per seed; an empty row where there is none. */
    public double[][] lastVectors(String series) {
        return runs.stream().map(run -> vectorOf(run, Long.MAX_VALUE, series)).toArray(double[][]::new);
    }

    /** A number of each seed's last vector of a series; NaN where there is none. */
    public double[] lastOfVectors(String series, ToDoubleFunction<double[]> number) {
        return Arrays.stream(lastVectors(series))
                .mapToDouble(vector -> vector.length == 0 ? Double.NaN : number.applyAsDouble(vector))
                .toArray();
    }

    /** One entry of each seed's last vector of a series; NaN where there is none. */
    public double[] lastEntries(String series, int entry) {
        return lastOfVectors(series, vector -> entry < vector.length ? vector[entry] : Double.NaN);
    }

    /** The last vector of a series at or before a step, one row per seed; an empty row where there is none. */
    public double[][] vectorsAt(String series, long step) {
        return runs.stream().map(run -> vectorOf(run, step, series)).toArray(double[][]::new);
    }

    /** Names of the layers for which a quantity, such as {@code rank.stable}, was measured, input side first. */
    public List<String> layers(String quantity) {
        LinkedHashSet<String> layers = new LinkedHashSet<>();
        runs.stream()
                .flatMap(run -> run.measurements().stream())
                .filter(point ->
                        !point.layer().isEmpty() && (point.instrument() + "." + point.quantity()).equals(quantity))
                .forEach(point -> layers.add(point.layer()));
        return List.copyOf(layers);
    }

    /** The last values of a quantity, averaged over the layers that have it. */
    public double[] lastMeanOverLayers(String quantity) {
        List<double[]> values = layers(quantity).stream()
                .map(layer -> last(quantity + "/" + layer))
                .toList();
        double[] mean = new double[count()];
        Arrays.fill(mean, values.isEmpty() ? Double.NaN : 0);
        for (double[] layer : values) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += layer[i] / values.size();
            }
        }
        return mean;
    }

    /** A series over time. */
    public Course course(String series) {
        long[] steps = runs.stream()
                .flatMapToLong(run -> run.measurements().stream()
                        .filter(point ->
                                point.values().size() == 1 && point.series().equals(series))
                        .mapToLong(Measurement::step))
                .distinct()
                .sorted()
                .toArray();
        double[][] values = runs.stream()
                .map(run -> LongStream.of(steps)
                        .mapToDouble(step -> points(run, series).stream()
                                .filter(point -> point.step() == step)
                                .mapToDouble(Measurement::value)
                                .findFirst()
                                .orElse(Double.NaN))
                        .toArray())
                .toArray(double[][]::new);
        return new Course(steps, values);
    }

    /**
     * A series over time.
     *
     * @param steps of all looks, ascending
     * @param values [seed][look], NaN where a run has no value
     */
    public record Course(long[] steps, double[][] values) {}

    /** Updates that each run did; NaN for one that has no end. */
    public double[] steps() {
        return runs.stream()
                .mapToDouble(run -> run.end().map(end -> (double) end.steps()).orElse(Double.NaN))
                .toArray();
    }

    private double[] each(ToDoubleFunction<RecordedRun> number) {
        return runs.stream()
                .mapToDouble(run -> diverged(run) ? Double.NaN : number.applyAsDouble(run))
                .toArray();
    }

    private static boolean diverged(RecordedRun run) {
        return run.end().filter(end -> end.status() == RunEnd.Status.DIVERGED).isPresent();
    }

    private static double lastOf(RecordedRun run, Predicate<Measurement> when, String series) {
        return points(run, series).stream()
                .filter(when)
                .reduce((before, after) -> after)
                .map(Measurement::value)
                .orElse(Double.NaN);
    }

    private static double[] vectorOf(RecordedRun run, long step, String series) {
        Optional<Measurement> last = run.measurements().stream()
                .filter(point -> point.step() <= step && point.series().equals(series))
                .max(Comparator.comparingLong(Measurement::step));
        return last.filter(unused -> !diverged(run))
                .map(point ->
                        point.values().stream().mapToDouble(Double::doubleValue).toArray())
                .orElse(new double[0]);
    }

    private static List<Measurement> points(RecordedRun run, String series) {
        return run.measurements().stream()
                .filter(point -> point.values().size() == 1 && point.series().equals(series))
                .sorted(Comparator.comparingLong(Measurement::step))
                .toList();
    }
}
