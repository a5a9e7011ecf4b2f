package io.orrery.lab.claim.expressivity;

import io.orrery.lab.theory.CurveCrossings;

/**
 * A curve in the plane.
 *
 * @param shape of size 1
 * @param size what all distances are multiplied with
 */
record PlaneCurve(Shape shape, double size) implements CurveCrossings.Curve {
    /** The curves of size 1. */
    enum Shape {
        /** (cos t, sin t), a whole turn. */
        CIRCLE(0, 2 * StrictMath.PI, true),
        /** (t - tanh t, sech t), t from -3 to 3: curved, with a cusp at (0, 1). */
        TRACTRIX(-3, 3, false),
        /** (t, 1), t from -3 to 3. */
        SEGMENT(-3, 3, false),
        /** (t, 0), t from 1 to 3: straight away from 0. */
        RAY(1, 3, false);

        private final double from;
        private final double to;
        private final boolean closed;

        Shape(double from, double to, boolean closed) {
            this.from = from;
            this.to = to;
            this.closed = closed;
        }
    }

    /** Whether the end is the start. */
    boolean isClosed() {
        return shape.closed;
    }

    @Override
    public double from() {
        return shape.from;
    }

    @Override
    public double to() {
        return shape.to;
    }

    @Override
    public double[] point(double t) {
        return switch (shape) {
            case CIRCLE -> scaled(StrictMath.cos(t), StrictMath.sin(t));
            case TRACTRIX -> scaled(t - StrictMath.tanh(t), 1 / StrictMath.cosh(t));
            case SEGMENT -> scaled(t, 1);
            case RAY -> scaled(t, 0);
        };
    }

    @Override
    public double[] velocity(double t) {
        return switch (shape) {
            case CIRCLE -> scaled(-StrictMath.sin(t), StrictMath.cos(t));
            case TRACTRIX -> {
                double tanh = StrictMath.tanh(t);
                yield scaled(tanh * tanh, -tanh / StrictMath.cosh(t));
            }
            case SEGMENT, RAY -> scaled(1, 0);
        };
    }

    private double[] scaled(double x, double y) {
        return new double[] {size * x, size * y};
    }
}
