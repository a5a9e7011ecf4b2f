package io.orrery.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The scalar functions are within 2 ulp of the exact value; {@link ElementwiseTest} holds the vectors to their bits. */
class FunctionsAccuracyTest {
    private static final double LIMIT = 2;

    @Test
    void singlesAgainstFdlibm() {
        assertThat(singleError(x -> FloatFunctions.exponential((float) x), StrictMath::exp))
                .isLessThan(LIMIT);
        assertThat(singleError(x -> FloatFunctions.logarithm((float) x), StrictMath::log))
                .isLessThan(LIMIT);
        assertThat(singleError(x -> FloatFunctions.tanh((float) x), StrictMath::tanh))
                .isLessThan(LIMIT);
        assertThat(singleError(x -> FloatFunctions.sigmoid((float) x), x -> {
                    double e = StrictMath.exp(-Math.abs(x));
                    return (x >= 0 ? 1 : e) / (1 + e);
                }))
                .isLessThan(LIMIT);
        assertThat(singleError(x -> FloatFunctions.errorFunction((float) x), DoubleFunctions::errorFunction))
                .isLessThan(LIMIT);
    }

    @Test
    void doublesAgainstFdlibm() {
        assertThat(doubleError(DoubleFunctions::exponential, StrictMath::exp)).isLessThanOrEqualTo(LIMIT);
        assertThat(doubleError(DoubleFunctions::logarithm, StrictMath::log)).isLessThanOrEqualTo(LIMIT);
        assertThat(doubleError(DoubleFunctions::tanh, StrictMath::tanh)).isLessThanOrEqualTo(LIMIT);
    }

    @Test
    void doublesAgainstSeries() {
        assertThat(seriesError(DoubleFunctions::exponential, HighPrecision::exponential, -745, 709.7))
                .isLessThan(LIMIT);
        assertThat(seriesError(DoubleFunctions::exponential, HighPrecision::exponential, -1, 1))
                .isLessThan(LIMIT);
        assertThat(seriesError(DoubleFunctions::logarithm, HighPrecision::logarithm, 0.3, 3))
                .isLessThan(LIMIT);
        assertThat(seriesError(DoubleFunctions::tanh, HighPrecision::tanh, -2, 2))
                .isLessThan(LIMIT);
        assertThat(seriesError(DoubleFunctions::sigmoid, HighPrecision::sigmoid, -40, 40))
                .isLessThan(LIMIT);
        assertThat(seriesError(DoubleFunctions::sigmoid, HighPrecision::sigmoid, -740, -700))
                .isLessThan(LIMIT);
        assertThat(seriesError(DoubleFunctions::errorFunction, HighPrecision::errorFunction, -6, 6))
                .isLessThan(LIMIT);
        assertThat(seriesError(DoubleFunctions::errorFunction, HighPrecision::errorFunction, 0.9, 1.3))
                .isLessThan(LIMIT);
    }

    @Test
    void limitsOfSingles() {
        assertThat(FloatFunctions.exponential(Float.NEGATIVE_INFINITY)).isEqualTo(0f);
        assertThat(FloatFunctions.exponential(Float.POSITIVE_INFINITY)).isInfinite();
        assertThat(FloatFunctions.exponential(88.72283f)).isFinite();
        assertThat(FloatFunctions.exponential(88.72284f)).isInfinite();
        assertThat(FloatFunctions.exponential(-103.9f)).isEqualTo(Float.MIN_VALUE);
        assertThat(FloatFunctions.exponential(-104f)).isEqualTo(0f);
        assertThat(FloatFunctions.exponential(-0f)).isEqualTo(1f);
        assertThat(FloatFunctions.logarithm(0f)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(FloatFunctions.logarithm(-0f)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(FloatFunctions.logarithm(1f)).isEqualTo(0f);
        assertThat(FloatFunctions.logarithm(-1f)).isNaN();
        assertThat(FloatFunctions.logarithm(Float.POSITIVE_INFINITY)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(FloatFunctions.tanh(-0f)).isEqualTo(-0f);
        assertThat(FloatFunctions.tanh(Float.NEGATIVE_INFINITY)).isEqualTo(-1f);
        assertThat(FloatFunctions.tanh(Float.MIN_VALUE)).isEqualTo(Float.MIN_VALUE);
        assertThat(FloatFunctions.sigmoid(Float.NEGATIVE_INFINITY)).isEqualTo(0f);
        assertThat(FloatFunctions.sigmoid(Float.POSITIVE_INFINITY)).isEqualTo(1f);
        assertThat(FloatFunctions.sigmoid(0f)).isEqualTo(0.5f);
        assertThat(FloatFunctions.errorFunction(-0f)).isEqualTo(-0f);
        assertThat(FloatFunctions.errorFunction(Float.POSITIVE_INFINITY)).isEqualTo(1f);
        assertThat(FloatFunctions.errorFunction(Float.MIN_VALUE)).isEqualTo(Float.MIN_VALUE);
        assertThat(FloatFunctions.exponential(Float.NaN)).isNaN();
        assertThat(FloatFunctions.logarithm(Float.NaN)).isNaN();
        assertThat(FloatFunctions.tanh(Float.NaN)).isNaN();
        assertThat(FloatFunctions.sigmoid(Float.NaN)).isNaN();
        assertThat(FloatFunctions.errorFunction(Float.NaN)).isNaN();
    }

    @Test
    void limitsOfDoubles() {
        assertThat(DoubleFunctions.exponential(Double.NEGATIVE_INFINITY)).isEqualTo(0.0);
        assertThat(DoubleFunctions.exponential(Double.POSITIVE_INFINITY)).isInfinite();
        assertThat(DoubleFunctions.exponential(709.782712893384)).isFinite();
        assertThat(DoubleFunctions.exponential(709.7827128933841)).isInfinite();
        assertThat(DoubleFunctions.exponential(-745.1332191019411)).isEqualTo(Double.MIN_VALUE);
        assertThat(DoubleFunctions.exponential(-745.1332191019412)).isEqualTo(0.0);
        assertThat(DoubleFunctions.logarithm(0.0)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(DoubleFunctions.logarithm(-0.0)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(DoubleFunctions.logarithm(1.0)).isEqualTo(0.0);
        assertThat(DoubleFunctions.logarithm(-1.0)).isNaN();
        assertThat(DoubleFunctions.logarithm(Double.POSITIVE_INFINITY)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(DoubleFunctions.tanh(-0.0)).isEqualTo(-0.0);
        assertThat(DoubleFunctions.tanh(Double.NEGATIVE_INFINITY)).isEqualTo(-1.0);
        assertThat(DoubleFunctions.sigmoid(Double.NEGATIVE_INFINITY)).isEqualTo(0.0);
        assertThat(DoubleFunctions.sigmoid(Double.POSITIVE_INFINITY)).isEqualTo(1.0);
        assertThat(DoubleFunctions.errorFunction(-0.0)).isEqualTo(-0.0);
        assertThat(DoubleFunctions.errorFunction(Double.NEGATIVE_INFINITY)).isEqualTo(-1.0);
        assertThat(DoubleFunctions.exponential(Double.NaN)).isNaN();
        assertThat(DoubleFunctions.logarithm(Double.NaN)).isNaN();
        assertThat(DoubleFunctions.tanh(Double.NaN)).isNaN();
        assertThat(DoubleFunctions.sigmoid(Double.NaN)).isNaN();
        assertThat(DoubleFunctions.errorFunction(Double.NaN)).isNaN();
    }

    /** Largest error in ulp over a sweep of all bit patterns and over moderate numbers. */
    private static double singleError(DoubleUnaryOperator function, DoubleUnaryOperator exact) {
        double worst = 0;
        Random random = new Random(5);
        for (int i = 0; i < 400_000; i++) {
            float x = i % 2 == 0 ? Float.intBitsToFloat(random.nextInt()) : (float) random.nextGaussian() * 3;
            double expected = exact.applyAsDouble(x);
            float rounded = (float) expected;
            float found = (float) function.applyAsDouble(x);
            if (Float.isNaN(rounded) || Float.isInfinite(rounded)) {
                assertThat(Float.floatToIntBits(found)).as("at %s", x).isEqualTo(Float.floatToIntBits(rounded));
            } else {
                worst = Math.max(worst, Math.abs(found - expected) / Math.ulp(rounded));
            }
        }
        return worst;
    }

    private static double doubleError(DoubleUnaryOperator function, DoubleUnaryOperator exact) {
        double worst = 0;
        Random random = new Random(6);
        for (int i = 0; i < 400_000; i++) {
            double x = i % 2 == 0 ? Double.longBitsToDouble(random.nextLong()) : random.nextGaussian() * 3;
            double expected = exact.applyAsDouble(x);
            double found = function.applyAsDouble(x);
            if (Double.isNaN(expected) || Double.isInfinite(expected)) {
                assertThat(Double.doubleToLongBits(found)).as("at %s", x).isEqualTo(Double.doubleToLongBits(expected));
            } else {
                worst = Math.max(worst, Math.abs(found - expected) / Math.ulp(expected));
            }
        }
        return worst;
    }

    private static double seriesError(
            DoubleUnaryOperator function, UnaryOperator<BigDecimal> exact, double low, double high) {
        double worst = 0;
        Random random = new Random(7);
        for (int i = 0; i < 400; i++) {
            double x = low + (high - low) * random.nextDouble();
            BigDecimal expected = exact.apply(new BigDecimal(x));
            BigDecimal difference = new BigDecimal(function.applyAsDouble(x)).subtract(expected);
            double ulp = Math.ulp(expected.doubleValue());
            worst = Math.max(
                    worst,
                    difference
                            .divide(new BigDecimal(ulp), MathContext.DECIMAL64)
                            .abs()
                            .doubleValue());
        }
        return worst;
    }
}
