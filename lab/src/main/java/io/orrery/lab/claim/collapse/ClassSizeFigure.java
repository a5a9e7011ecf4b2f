package io.orrery.lab.claim.collapse;

import io.orrery.lab.claim.Arm;
import io.orrery.lab.claim.ArmRuns;
import io.orrery.lab.claim.Figure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** A quantity of each class against the number of its examples, as measured and as theory has it. */
final class ClassSizeFigure {
    private ClassSizeFigure() {}

    /**
     * The figure of one vector per arm.
     *
     * @param expected one number per class for an arm; empty if theory has none
     */
    static Figure of(
            String title,
            String quantity,
            List<ArmRuns> arms,
            String series,
            Function<ArmRuns, double[]> expected,
            String caption) {
        List<Figure.Curve> curves = new ArrayList<>();
        for (ArmRuns arm : arms) {
            int[] sizes = FreeFeatureProtocols.classSizes(arm);
            int[] order = IntStream.range(0, sizes.length)
                    .boxed()
                    .sorted(Comparator.comparingInt(c -> sizes[c]))
                    .mapToInt(c -> c)
                    .toArray();
            double[] x = Arrays.stream(order).mapToDouble(c -> sizes[c]).toArray();
            double[][] seen = Arrays.stream(arm.lastVectors(series))
                    .map(vector -> ordered(vector, order))
                    .toArray(double[][]::new);
            curves.add(new Figure.Curve(arm.name(), Arm.Part.TREATMENT, false, x, seen));
            curves.add(new Figure.Curve(arm.name() + ", theory", Arm.Part.TREATMENT, true, x, new double[][] {
                ordered(expected.apply(arm), order)
            }));
        }
        return new Figure(
                title,
                Figure.Axis.logarithmic("examples of the class"),
                Figure.Axis.linear(quantity),
                curves,
                List.of(),
                caption);
    }

    private static double[] ordered(double[] vector, int[] order) {
        return Arrays.stream(order)
                .mapToDouble(c -> c < vector.length ? vector[c] : Double.NaN)
                .toArray();
    }
}
