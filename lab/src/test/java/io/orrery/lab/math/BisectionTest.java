package io.orrery.lab.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BisectionTest {
    @Test
    void rootsOfRisingAndFallingFunctions() {
        assertThat(Bisection.root(x -> x * x - 2, 0, 2)).isCloseTo(Math.sqrt(2), within(3e-16));
        assertThat(Bisection.root(x -> 2 - x * x, 0, 2)).isCloseTo(Math.sqrt(2), within(3e-16));
        assertThat(Bisection.root(x -> x - 1e-200, 0, 1)).isCloseTo(1e-200, within(1e-215));
        assertThat(Bisection.root(x -> x, 0, 1)).isZero();
        assertThat(Bisection.root(x -> x - 1, 0, 1)).isEqualTo(1);
    }

    @Test
    void aFunctionThatDoesNotChangeItsSignIsRefused() {
        assertThatThrownBy(() -> Bisection.root(x -> x * x + 1, -1, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bisection needs values of different signs, found 2.0 at -1.0 and 5.0 at 2.0");
        assertThatThrownBy(() -> Bisection.root(_ -> Double.NaN, 0, 1)).hasMessageContaining("found NaN at 0.0");
        assertThatThrownBy(() -> Bisection.root(x -> x == 0.5 ? Double.NaN : x - 0.4, 0, 1))
                .hasMessage("bisection met NaN at 0.5");
    }
}
