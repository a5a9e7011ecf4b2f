package io.orrery.lab.claim;

import io.orrery.lab.math.Descriptive;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A figure as data, for any page that draws it.
 *
 * @param title what it shows
 * @param curves in the order of the legend
 * @param marks horizontal lines, such as a threshold
 * @param caption how to read it, in plain words
 */
public record Figure(String title, Axis x, Axis y, List<Curve> curves, List<Mark> marks, String caption) {
    /** Copies the lists. */
    public Figure {
        curves = List.copyOf(curves);
        marks = List.copyOf(marks);
    }

    /**
     * An axis.
     *
     * @param categories names of the places 0, 1, 2, ...; empty for a numeric axis
     */
    public record Axis(String label, boolean logarithmic, List<String> categories) {
        /** Copies the categories. */
        public Axis {
            categories = List.copyOf(categories);
        }

        /** A numeric axis. */
        public static Axis linear(String label) {
            return new Axis(label, false, List.of());
        }

        /** A numeric axis in powers of ten; values that are not positive are left out. */
        public static Axis logarithmic(String label) {
            return new Axis(label, true, List.of());
        }

        /** An axis of names. */
        public static Axis of(String label, List<String> categories) {
            return new Axis(label, false, categories);
        }
    }

    /**
     * A curve with its seeds.
     *
     * @param line whether the middles are joined; points otherwise
     * @param x ascending places, or the indices of categories
     * @param values [seed][place]; NaN where a seed has none
     */
    public record Curve(String name, Arm.Part part, boolean line, double[] x, double[][] values) {
        /** The same with its middles joined. */
        public Curve joined() {
            return new Curve(name, part, true, x, values);
        }

        /** The same as points. */
        public Curve apart() {
            return new Curve(name, part, false, x, values);
        }

        /** The median over seeds at each place. */
        public double[] middle() {
            return over(Descriptive::median);
        }

        /** The smallest over seeds at each place. */
        public double[] low() {
            return over(Descriptive::minimum);
        }

        /** The largest over seeds at each place. */
        public double[] high() {
            return over(Descriptive::maximum);
        }

        private double[] over(java.util.function.ToDoubleFunction<double[]> statistic) {
            return IntStream.range(0, x.length)
                    .mapToDouble(place -> {
                        double[] seeds = Arrays.stream(values)
                                .mapToDouble(seed -> seed[place])
                                .filter(Double::isFinite)
                                .toArray();
                        return seeds.length == 0 ? Double.NaN : statistic.applyAsDouble(seeds);
                    })
                    .toArray();
        }
    }

    /** A horizontal line at a value, such as a threshold or what theory predicts. */
    public record Mark(String name, double value) {}

    /** A series of each arm over steps, on a logarithmic step axis from step 1. */
    public static Figure course(
            String title, Axis y, List<ArmRuns> arms, String series, List<Mark> marks, String caption) {
        List<Curve> curves = arms.stream()
                .map(arm -> {
                    ArmRuns.Course course = arm.course(series);
                    double[] steps = LongStream.of(course.steps())
                            .mapToDouble(step -> step)
                            .toArray();
                    return new Curve(arm.name(), arm.part(), true, steps, course.values());
                })
                .toList();
        return new Figure(title, Axis.logarithmic("step"), y, curves, marks, caption);
    }

    /** One number per seed of each arm, side by side. */
    public static Figure arms(
            String title,
            Axis y,
            List<ArmRuns> arms,
            java.util.function.Function<ArmRuns, double[]> numbers,
            List<Mark> marks,
            String caption) {
        List<Curve> curves = IntStream.range(0, arms.size())
                .mapToObj(i -> new Curve(
                        arms.get(i).name(),
                        arms.get(i).part(),
                        false,
                        new double[] {i},
                        DoubleStream.of(numbers.apply(arms.get(i)))
                                .mapToObj(value -> new double[] {value})
                                .toArray(double[][]::new)))
                .toList();
        return new Figure(title, Axis.of("", arms.stream().map(ArmRuns::name).toList()), y, curves, marks, caption);
    }

    /** The last values of a quantity, such as {@code norms.frobenius}, over the layers of each arm, input side first. */
    public static Figure layers(
            String title, Axis y, List<ArmRuns> arms, String quantity, List<Mark> marks, String caption) {
        List<Curve> curves = arms.stream()
                .map(arm -> {
                    List<double[]> layers = arm.layers(quantity).stream()
                            .map(layer -> arm.last(quantity + "/" + layer))
                            .toList();
                    double[][] values = IntStream.range(0, arm.count())
                            .mapToObj(seed -> layers.stream()
                                    .mapToDouble(layer -> layer[seed])
                                    .toArray())
                            .toArray(double[][]::new);
                    double[] places =
                            IntStream.range(0, layers.size()).asDoubleStream().toArray();
                    return new Curve(arm.name(), arm.part(), true, places, values);
                })
                .toList();
        return new Figure(title, Axis.of("layer", arms.getFirst().layers(quantity)), y, curves, marks, caption);
    }
}
