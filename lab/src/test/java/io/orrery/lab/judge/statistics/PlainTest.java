package io.orrery.lab.judge.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlainTest {
    @Test
    void threeSignificantDigits() {
        assertThat(Plain.number(0.04512)).isEqualTo("0.0451");
        assertThat(Plain.number(-12)).isEqualTo("-12");
        assertThat(Plain.number(1234.5)).isEqualTo("1230");
        assertThat(Plain.number(0.5)).isEqualTo("0.5");
        assertThat(Plain.number(1.26e-6)).isEqualTo("1.26e-6");
        assertThat(Plain.number(-2e9)).isEqualTo("-2e9");
        assertThat(Plain.number(0)).isEqualTo("0");
        assertThat(Plain.number(Double.NaN)).isEqualTo("unknown");
        assertThat(Plain.number(Double.NEGATIVE_INFINITY)).isEqualTo("-infinity");
    }

    @Test
    void asManyDigitsAsTellNumbersApart() {
        assertThat(Plain.range(0.99991, 1.00012)).isEqualTo("0.99991 to 1.0001");
        assertThat(Plain.range(0.03, 0.07)).isEqualTo("0.03 to 0.07");
        assertThat(Plain.range(1 / 3.0, Math.nextUp(1 / 3.0))).isEqualTo("0.333 to 0.333");
    }

    @Test
    void words() {
        assertThat(Plain.percent(0.95)).isEqualTo("95%");
        assertThat(Plain.percent(1 - 0.05 / 3)).isEqualTo("98.3%");
        assertThat(List.of(Plain.ordinal(1), Plain.ordinal(12), Plain.ordinal(22), Plain.ordinal(103)))
                .containsExactly("1st", "12th", "22nd", "103rd");
        assertThat(Plain.list(List.of("a", "b", "c"))).isEqualTo("a, b and c");
        assertThat(Plain.list(List.of("a"))).isEqualTo("a");
        assertThat(Plain.list(List.of("a, with x", "b", "c"))).isEqualTo("a, with x; b; and c");
        assertThat(Plain.list(List.of("a, with x"))).isEqualTo("a, with x");
        assertThat(Plain.list(List.of())).isEmpty();
    }
}
