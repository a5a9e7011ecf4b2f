package io.orrery.app.report.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class IntervalPictureTest {
    private static final double NONE = Double.NEGATIVE_INFINITY;
    private static final double OPEN = Double.POSITIVE_INFINITY;

    @Test
    void anIntervalInsideThePredictionIsDrawnInsideIt() {
        String picture = IntervalPicture.of(0.1, 0.05, 0.2, NONE, 0.5, "supported");

        assertThat(number(picture, "class=\"predicted\" x=\"([0-9.]+)\"")).isZero();
        assertThat(number(picture, "class=\"spread\" x1=\"[0-9.]+\" x2=\"([0-9.]+)\""))
                .isLessThan(number(picture, "class=\"limit\" x1=\"([0-9.]+)\""));
        assertThat(picture).contains("effect 0.1, interval 0.05 to 0.2, predicted at most 0.5");
    }

    @Test
    void ratiosThatAreFarApartStandOnALogarithmicAxis() {
        String picture = IntervalPicture.of(1e-4, 1e-4, 1e-4, NONE, 1, "supported");

        assertThat(number(picture, "cx=\"([0-9.]+)\"")).isBetween(10.0, 60.0);
        assertThat(picture).doesNotContain("class=\"spread\"");
    }

    @Test
    void aPredictionOfOneValueHasOneMark() {
        assertThat(IntervalPicture.of(0, -1, 1, 0, 0, "inconclusive")).containsOnlyOnce("class=\"limit\"");
        assertThat(IntervalPicture.of(2, 1.5, 2.5, 1.9, 2.1, "inconclusive").split("class=\"limit\"", -1))
                .hasSize(3);
    }

    @Test
    void anUnknownEffectLeavesThePredictionAlone() {
        assertThat(IntervalPicture.of(Double.NaN, Double.NaN, Double.NaN, 0.5, OPEN, "inconclusive"))
                .contains("class=\"predicted\"")
                .doesNotContain("class=\"effect\"")
                .doesNotContain("NaN");
    }

    private static double number(String picture, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(picture);
        assertThat(matcher.find()).as(pattern).isTrue();
        return Double.parseDouble(matcher.group(1));
    }
}
