package io.orrery.lab.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.orrery.lab.UserError;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.Split;
import org.junit.jupiter.api.Test;

class XorTest {
    @Test
    void inputsAreSignsOfUnitNormAndTheLabelIsTheirProduct() {
        Dataset data = Xor.defaults().load(4);
        assertThat(data.train().count()).isEqualTo(80);
        Split test = data.test().orElseThrow();
        assertThat(test.count()).isEqualTo(1000);
        int positive = 0;
        for (int i = 0; i < 1000; i++) {
            for (int j = 0; j < 16; j++) {
                assertThat(Math.abs(test.inputs().get(i * 16 + j))).isEqualTo(0.25);
            }
            double product = test.inputs().get(i * 16) * test.inputs().get(i * 16 + 1);
            assertThat(test.labels()[i]).isEqualTo(product > 0 ? 1 : 0);
            positive += test.labels()[i];
        }
        // Fair: 500 with a standard deviation of 16.
        assertThat(positive / 1000.0).isCloseTo(0.5, within(0.07));
    }

    @Test
    void needsTwoSigns() {
        assertThatThrownBy(() -> new Xor(10, 10, 1).load(1))
                .isInstanceOf(UserError.class)
                .hasMessage("data.dimensions of source xor must be at least 2, found 1");
    }
}
