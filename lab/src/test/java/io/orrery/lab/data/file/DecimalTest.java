package io.orrery.lab.data.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTest {
    @Test
    void theNearestDoubleIsFound() {
        // Java's own parser rounds correctly; the seed makes the texts the same each time.
        Random random = new Random(5);
        for (int i = 0; i < 200_000; i++) {
            double value = switch (i % 4) {
                case 0 -> Double.longBitsToDouble(random.nextLong());
                case 1 -> random.nextInt(100_000) / 1000.0;
                case 2 -> random.nextGaussian();
                default -> random.nextLong();
            };
            if (Double.isFinite(value)) {
                String text = i % 3 == 0 ? String.format(Locale.ROOT, "%.12e", value) : Double.toString(value);
                same(text, Double.parseDouble(text));
            }
        }
        for (String text : new String[] {
            "0",
            "-0",
            "+7",
            "1.",
            ".5",
            "007",
            "1e22",
            "1e23",
            "9007199254740993",
            "123456789012345678901234567890",
            "1e-400",
            "1e400",
            "-1E+400",
            "4.9e-324",
            "0e999999999999",
            "1e99999999999",
            "0.000000000000000000000000001"
        }) {
            same(text, Double.parseDouble(text));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "+",
                "-",
                ".",
                "e5",
                "1e",
                "1e+",
                "1d",
                "1f",
                "1D",
                "0x1p3",
                "1_000",
                "1,5",
                "1 ",
                " 1",
                "--1",
                "1..2",
                "NaN",
                "nan",
                "Infinity",
                "inf",
                "\u0661",
                "1\u00a0000",
                "\uff11"
            })
    void allElseIsNone(String text) {
        assertThat(Decimal.parse(text)).isEmpty();
    }

    @Test
    void aCommaMayStandForThePoint() {
        assertThat(Decimal.parse("-1,25e1".toCharArray(), 0, 7, ',')).isEqualTo(-12.5);
        assertThat(Decimal.parse("1.25".toCharArray(), 0, 4, ',')).isNaN();
        assertThat(Decimal.parse("0,1234567890123456789".toCharArray(), 0, 21, ','))
                .isEqualTo(0.1234567890123456789);
    }

    private static void same(String text, double expected) {
        assertThat(Double.doubleToRawLongBits(Decimal.parse(text).orElseThrow()))
                .as(text)
                .isEqualTo(Double.doubleToRawLongBits(expected));
    }
}
