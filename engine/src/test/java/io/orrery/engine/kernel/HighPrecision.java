package io.orrery.engine.kernel;

import java.math.BigDecimal;
import java.math.MathContext;

/** Elementary functions to about 50 digits by their series, the judge of the polynomials. */
final class HighPrecision {
    private static final MathContext DIGITS = new MathContext(60);
    private static final BigDecimal SMALL = new BigDecimal("1e-60");
    /** 2 / sqrt(pi). */
    private static final BigDecimal TWO_OVER_SQRT_PI = BigDecimal.TWO.divide(
            new BigDecimal("3.14159265358979323846264338327950288419716939937510582097494459").sqrt(DIGITS), DIGITS);

    private HighPrecision() {}

    static BigDecimal exponential(BigDecimal x) {
        BigDecimal reduced = x.divide(new BigDecimal(1024), DIGITS);
        BigDecimal term = BigDecimal.ONE;
        BigDecimal sum = BigDecimal.ONE;
        for (int n = 1; term.abs().compareTo(SMALL) > 0; n++) {
            term = term.multiply(reduced, DIGITS).divide(new BigDecimal(n), DIGITS);
            sum = sum.add(term, DIGITS);
        }
        return sum.pow(1024, DIGITS);
    }

    /** Two steps of Halley's method from the double value. */
    static BigDecimal logarithm(BigDecimal x) {
        BigDecimal y = new BigDecimal(StrictMath.log(x.doubleValue()));
        for (int i = 0; i < 2; i++) {
            BigDecimal e = exponential(y);
            y = y.add(BigDecimal.TWO.multiply(x.subtract(e)).divide(x.add(e), DIGITS), DIGITS);
        }
        return y;
    }

    static BigDecimal sigmoid(BigDecimal x) {
        return BigDecimal.ONE.divide(BigDecimal.ONE.add(exponential(x.negate())), DIGITS);
    }

    static BigDecimal tanh(BigDecimal x) {
        if (x.abs().compareTo(new BigDecimal("1e-20")) < 0) {
            return x;
        }
        BigDecimal e = exponential(x.add(x));
        return e.subtract(BigDecimal.ONE).divide(e.add(BigDecimal.ONE), DIGITS);
    }

    static BigDecimal errorFunction(BigDecimal x) {
        BigDecimal square = x.multiply(x, DIGITS);
        BigDecimal power = x;
        BigDecimal sum = x;
        BigDecimal enough = x.abs().multiply(SMALL);
        for (int n = 1; power.abs().compareTo(enough) > 0; n++) {
            power = power.multiply(square, DIGITS).divide(new BigDecimal(-n), DIGITS);
            sum = sum.add(power.divide(new BigDecimal(2 * n + 1), DIGITS), DIGITS);
        }
        return sum.multiply(TWO_OVER_SQRT_PI, DIGITS);
    }
}
