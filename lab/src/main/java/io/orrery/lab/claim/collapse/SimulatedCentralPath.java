package io.orrery.lab.claim.collapse;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import io.orrery.lab.theory.collapse.CentralPathFlow;
import java.util.List;

/**
 * The flow on the central path from random class means (P25: four classes in ten dimensions, N = 120, up to time 200,000, longer than there because starts are wider),
 * one start after the other.
 *
 * @param lawErrors largest relative error of the law C^2 ln w + C w^2 + w^4 / 4 - (C / N) t = const over times and ratios w
 * @param droppedErrors the same without its term w^4 / 4
 * @param startSpreads largest over smallest ratio at the start
 * @param endSpreads the same at the end
 */
record SimulatedCentralPath(double[] lawErrors, double[] droppedErrors, double[] startSpreads, double[] endSpreads) {
    private static final int CLASSES = 4;
    private static final int DIMENSIONS = 10;
    private static final int EXAMPLES = 120;

    /** The flow from so many starts, always the same ones. */
    static SimulatedCentralPath from(int starts) {
        SimulatedCentralPath all = new SimulatedCentralPath(
                new double[starts], new double[starts], new double[starts], new double[starts]);
        for (int start = 0; start < starts; start++) {
            double[] values = RandomStream.of(start + 1, "central-path").normals(0, CLASSES * DIMENSIONS);
            Matrix means = Products.centred(new Matrix(CLASSES, DIMENSIONS, values));
            List<CentralPathFlow.Point> points = CentralPathFlow.simulated(means, EXAMPLES, 50, 4000, 100);
            all.lawErrors[start] = error(points, 0);
            all.droppedErrors[start] = error(points, 1);
            all.startSpreads[start] = points.getFirst().spread();
            all.endSpreads[start] = points.getLast().spread();
        }
        return all;
    }

    private static double error(List<CentralPathFlow.Point> points, double dropped) {
        double largest = 0;
        for (CentralPathFlow.Point point : points) {
            for (int j = 0; j < CLASSES - 1; j++) {
                double before = kept(points.getFirst(), j, dropped);
                double scale = Math.max(Math.abs(before), point.time() * CLASSES / EXAMPLES);
                largest = Math.max(largest, Math.abs(kept(point, j, dropped) - before) / scale);
            }
        }
        return largest;
    }

    private static double kept(CentralPathFlow.Point point, int j, double dropped) {
        double ratio = point.signalToNoise()[j];
        return CentralPathFlow.invariant(ratio, point.time(), CLASSES, EXAMPLES)
                - dropped * ratio * ratio * ratio * ratio / 4;
    }
}
