package io.orrery.lab.claim;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** One quantity against a driver, seed by seed. */
public final class DriverFigure {
    private DriverFigure() {}

    /** The figure of values [driver value][seed]. */
    public static Figure of(
            String title,
            Figure.Axis x,
            Figure.Axis y,
            String quantity,
            double[] driver,
            double[][] values,
            String caption) {
        double[][] seeds = IntStream.range(0, values[0].length)
                .mapToObj(seed ->
                        Arrays.stream(values).mapToDouble(at -> at[seed]).toArray())
                .toArray(double[][]::new);
        return new Figure(
                title,
                x,
                y,
                List.of(new Figure.Curve(quantity, Arm.Part.TREATMENT, true, driver, seeds)),
                List.of(),
                caption);
    }
}
