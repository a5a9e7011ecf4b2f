package io.orrery.app.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NumbersTest {
    @Test
    void chartsGetSixDigitsAndNoMore() {
        assertThat(ChartJson.of(
                        new double[] {0, 1, -2.5, 1.0 / 3, 1234567.8, 1e-9, Double.NaN, Double.NEGATIVE_INFINITY}))
                .isEqualTo("[0,1,-2.5,0.333333,1234570,1E-9,null,null]");
    }

    @Test
    void peopleGetFourDigits() {
        assertThat(Numbers.text(0.123456)).isEqualTo("0.1235");
        assertThat(Numbers.text(-0.00012344)).isEqualTo("−1.234e−4");
        assertThat(Numbers.text(3)).isEqualTo("3");
        assertThat(Numbers.text(2.5e9)).isEqualTo("2.5e9");
        assertThat(Numbers.text(Double.NaN)).isEqualTo("not a number");
        assertThat(Numbers.text(Double.NEGATIVE_INFINITY)).isEqualTo("−∞");
        assertThat(Numbers.percent(0.98765)).isEqualTo("98.77%");
        assertThat(Numbers.whole(60000)).isEqualTo("60\u202f000");
    }

    @Test
    void jsonCannotEndItsScript() {
        assertThat(ChartJson.of(Map.of("a", List.of("</script>\"\\\n", 1, true))))
                .isEqualTo("{\"a\":[\"\\u003c/script>\\\"\\\\\\n\",1,true]}");
        assertThat(Html.script("a='</script>'")).isEqualTo("a='<\\/script>'");
        assertThat(Html.escape("<a href=\"x\">'&'</a>"))
                .isEqualTo("&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;");
    }
}
