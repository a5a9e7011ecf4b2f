package io.orrery.engine.kernel;

/** The transcendental functions in double precision. */
final class DoubleFunctions {
    private DoubleFunctions() {}

    static double exponential(double x) {
        return StrictMath.exp(x);
    }

    static double logarithm(double x) {
        return StrictMath.log(x);
    }

    static double tanh(double x) {
        return StrictMath.tanh(x);
    }

    static double sigmoid(double x) {
        double e = StrictMath.exp(-Math.abs(x));
        return x >= 0 ? 1 / (1 + e) : e / (1 + e);
    }

    /** Taylor series below 3, then 1. */
    static double errorFunction(double x) {
        if (Math.abs(x) > 5.9) {
            return Math.signum(x);
        }
        double term = x;
        double sum = x;
        for (int n = 1; n < 200 && Math.abs(term) > 1e-18; n++) {
            term *= -x * x / n;
            sum += term / (2 * n + 1);
        }
        return sum * 1.1283791670955126;
    }
}
