package io.orrery.lab.theory.signal;

import io.orrery.lab.math.Normal;

/** An activation as theory sees it: a function of one number with two derivatives, the same bits on every machine. */
public enum PointwiseFunction {
    /** max(x, 0); slope 0 at 0. Its curvature is 0 wherever there is one. */
    RELU {
        @Override
        public double value(double x) {
            return Math.max(x, 0);
        }

        @Override
        public double slope(double x) {
            return x > 0 ? 1 : 0;
        }

        @Override
        public double curvature(double x) {
            return 0;
        }
    },
    /** The hyperbolic tangent. */
    TANH {
        @Override
        public double value(double x) {
            return StrictMath.tanh(x);
        }

        @Override
        public double slope(double x) {
            double value = StrictMath.tanh(x);
            return 1 - value * value;
        }

        @Override
        public double curvature(double x) {
            double value = StrictMath.tanh(x);
            return -2 * value * (1 - value * value);
        }
    },
    /** The sine. */
    SINE {
        @Override
        public double value(double x) {
            return StrictMath.sin(x);
        }

        @Override
        public double slope(double x) {
            return StrictMath.cos(x);
        }

        @Override
        public double curvature(double x) {
            return -StrictMath.sin(x);
        }
    },
    /** x times the normal distribution function of x (Hendrycks and Gimpel 2016). */
    GELU {
        @Override
        public double value(double x) {
            return x * Normal.cumulative(x);
        }

        @Override
        public double slope(double x) {
            return Normal.cumulative(x) + x * density(x);
        }

        @Override
        public double curvature(double x) {
            return (2 - x * x) * density(x);
        }
    };

    /** The function at a place. */
    public abstract double value(double x);

    /** Its derivative. */
    public abstract double slope(double x);

    /** Its second derivative. */
    public abstract double curvature(double x);

    private static double density(double x) {
        return StrictMath.exp(-x * x / 2) / Math.sqrt(2 * StrictMath.PI);
    }
}
